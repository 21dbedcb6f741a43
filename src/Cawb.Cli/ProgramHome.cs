namespace Cawb.Cli;

/// <summary>Where the files lie that belong to the program, however and from wherever it was started.</summary>
internal static class ProgramHome
{
    private const string Mark = "Cawb.slnx";

    /// <summary>The checkout that the program was built in; the working folder for one that was copied elsewhere.</summary>
    public static string Folder { get; } = Checkout(AppContext.BaseDirectory) ?? Environment.CurrentDirectory;

    /// <summary>The words that start the built program, on this host or another that sees the same disk.</summary>
    public static IReadOnlyList<string> Command { get; } = Environment.ProcessPath is { } process && Path.GetFileNameWithoutExtension(process) != "dotnet"
        ? [process]
        : [Environment.ProcessPath ?? "dotnet", Path.Combine(AppContext.BaseDirectory, typeof(ProgramHome).Assembly.GetName().Name + ".dll")];

    /// <summary>Where the handwriting is kept.</summary>
    public static string DigitsCache => Path.Combine(Folder, ".build", "mnist");

    /// <summary>A file such as <c>hyp/digits.json</c>: the one of the working folder, else the checkout's, else the one that was published with the program; the path as given where there is none.</summary>
    /// <param name="path">As the user gave it.</param>
    public static string Find(string path) =>
        new[] { path, Path.Combine(Folder, path), Path.Combine(AppContext.BaseDirectory, path) }.FirstOrDefault(File.Exists) ?? path;

    /// <summary>The nearest folder upwards that holds the solution; null where there is none.</summary>
    internal static string? Checkout(string start)
    {
        for (var folder = Path.TrimEndingDirectorySeparator(start); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, Mark)))
            {
                return folder;
            }
        }

        return null;
    }
}
