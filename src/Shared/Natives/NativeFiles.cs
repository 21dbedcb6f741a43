namespace Cawb.Natives;

/// <summary>Where the program's native libraries lie.</summary>
internal static class NativeFiles
{
    /// <summary>The name of a library's file on this system.</summary>
    public static string NameOf(string library) =>
        OperatingSystem.IsWindows() ? library + ".dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    /// <summary>The full path of a file in the folders that the runtime searches and then beside the program; null if it is in none.</summary>
    public static string? Find(string file) =>
        (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(AppContext.BaseDirectory)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
}
