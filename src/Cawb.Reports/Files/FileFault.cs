using System.Security;

namespace Cawb.Reports.Files;

/// <summary>What the operating system says about files, in words that name the way out.</summary>
public static class FileFault
{
    // errno on Linux and macOS, which .NET passes on as HResult, and the Windows code where there is one.
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaOnLinux = 122;
    private const int TooManyOpenFiles = 24;
    private const int InputOutput = 5;
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);

    /// <summary>Whether it is about files.</summary>
    public static bool IsOne(Exception fault) => fault is IOException or UnauthorizedAccessException or SecurityException or NotSupportedException;

    /// <summary>Whether the disk or the process is to blame, and not another process that has the file.</summary>
    public static bool IsOfDisk(IOException fault) => fault.HResult is NoSpace or ReadOnlyFileSystem or QuotaOnLinux or TooManyOpenFiles or InputOutput or WindowsDiskFull or WindowsHandleDiskFull;

    /// <summary>That a file cannot be written, why, and what to do.</summary>
    public static FileException OfWriting(string path, Exception fault) => new(path, Sentence(path, fault, "written"), fault);

    /// <summary>That a file cannot be read, why, and what to do.</summary>
    public static FileException OfReading(string path, Exception fault) => new(path, Sentence(path, fault, "read"), fault);

    private static string? FileAbove(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(at))
            {
                return at;
            }
        }
        return null;
    }

    private static string Sentence(string path, Exception fault, string verb)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? path;
        return fault switch
        {
            IOException when verb == "written" && FileAbove(folder) is { } file => $"cannot be written: {file} is a file, not a folder. Choose another place.",
            DirectoryNotFoundException => $"cannot be {verb}: the folder {folder} does not exist. {(verb == "written" ? "Create it, or check" : "Check")} the path for a typing error.",
            FileNotFoundException when verb == "written" => $"cannot be written: the system takes no files there. Choose a folder on a writable disk.",
            FileNotFoundException => $"cannot be {verb}: there is no such file. Check the path for a typing error.",
            PathTooLongException => $"cannot be {verb}: the path is longer than the system allows. Choose a shorter one.",
            UnauthorizedAccessException when Directory.Exists(path) => $"cannot be {verb} as a file: it is a folder. Choose another name.",
            UnauthorizedAccessException => $"cannot be {verb}: permission denied. Check owner and permissions of the file and of {folder}, or choose another place.",
            IOException { HResult: NoSpace or WindowsDiskFull or WindowsHandleDiskFull } => $"cannot be {verb}: the disk is full. Free some space; what was there before is unharmed.",
            IOException { HResult: QuotaOnLinux } => $"cannot be {verb}: the disk quota is used up. Free some space; what was there before is unharmed.",
            IOException { HResult: ReadOnlyFileSystem } => $"cannot be {verb}: the file system is mounted read-only. Choose a folder on a writable disk.",
            IOException { HResult: TooManyOpenFiles } => $"cannot be {verb}: too many files are open. Raise the limit (ulimit -n) and repeat the command.",
            IOException { HResult: InputOutput } => $"cannot be {verb}: the disk reports an input/output error. Check the disk (dmesg) and choose another one.",
            _ => $"cannot be {verb}: {fault.Message.TrimEnd('.')}. Check the path and the disk.",
        };
    }
}
