using System.Runtime.InteropServices;

namespace Cawb.Detection.Tests.Images;

/// <summary>What native code writes to the error stream of the process, which .NET's own streams do not show. Linux and macOS.</summary>
internal static class ProcessErrors
{
    private const int ErrorStream = 2;

    public static string During(Action action)
    {
        var path = Path.GetTempFileName();
        try
        {
            var kept = Duplicate(ErrorStream);
            using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.Write))
            {
                Assert.Equal(ErrorStream, DuplicateTo((int)file.DangerousGetHandle(), ErrorStream));
            }

            try
            {
                action();
            }
            finally
            {
                Assert.Equal(ErrorStream, DuplicateTo(kept, ErrorStream));
                Assert.Equal(0, Close(kept));
            }

            return File.ReadAllText(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Writes a line as C libraries do.</summary>
    [DllImport("libc", EntryPoint = "perror")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern void Say([MarshalAs(UnmanagedType.LPUTF8Str)] string words);

    [DllImport("libc", EntryPoint = "dup")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Duplicate(int descriptor);

    [DllImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int DuplicateTo(int descriptor, int other);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
