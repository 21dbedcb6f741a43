using System.Globalization;
using Cawb.Training;

namespace Cawb.Cli.Detection;

/// <summary>The folder that a command leaves its files in.</summary>
internal static class OutputFolder
{
    private const string Parent = "runs";

    public static System.CommandLine.Option<string?> Option(string name) => new("--out")
    {
        Description = $"Folder to make; the next free runs/{name} without it.",
        HelpName = "FOLDER",
    };

    /// <summary>Makes the folder.</summary>
    /// <param name="path">A new or empty one; null for the next free name.</param>
    /// <param name="name">Of the command, for numbered folders.</param>
    /// <exception cref="InputException">It has content, or cannot be made.</exception>
    public static string Make(string? path, string name)
    {
        var folder = path ?? NextFree(name);
        try
        {
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            {
                throw new InputException($"--out {folder}: the folder has content, which would be mixed with the new. Name another folder, or empty this one.");
            }

            Directory.CreateDirectory(folder);
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"--out {folder}: the folder cannot be made: {exception.Message} Name a folder on a disk that you may write to.", exception);
        }
    }

    private static string NextFree(string name)
    {
        for (var number = 1; ; number++)
        {
            var path = Path.Combine(Parent, number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"));
            if (!Path.Exists(path))
            {
                return path;
            }
        }
    }
}
