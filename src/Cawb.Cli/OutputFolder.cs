using System.CommandLine;
using Cawb.Cli.Schedules;
using Cawb.Training;
using Cawb.Training.Runs;

namespace Cawb.Cli;

/// <summary>The folder that a command leaves its files in: by its path (<c>--out</c>), or by a project and a name that gets a number while it is taken, as in YOLOv5.</summary>
/// <param name="command">Whose project is <c>runs/COMMAND</c> unless told.</param>
internal sealed class OutputFolder(string command)
{
    private const string UsualName = "exp";

    private readonly Option<string?> path = new("--out") { Description = $"Folder to make, by its path. [default: the next free one of --project and --name]", HelpName = "FOLDER" };

    private readonly Option<string?> project = new("--project") { Description = $"Folder that the new folder goes into. [default: runs/{command}]", HelpName = "FOLDER" };

    private readonly Option<string?> name = new("--name") { Description = $"Name of the new folder; the next free of NAME, NAME2, NAME3 ... [default: {UsualName}]" };

    private readonly Option<bool> existOk = new("--exist-ok") { Description = "Take --project and --name as they are, without a number; the folder may be there if it is empty. Nothing is ever overwritten." };

    /// <summary>Adds the flags to a command.</summary>
    public void AddTo(Command owner)
    {
        foreach (var option in (Option[])[path, project, name, existOk])
        {
            owner.Options.Add(option);
        }
    }

    /// <summary>Where to make the folder: a path as it is, or a project and a name to number.</summary>
    /// <exception cref="InputException">The flags exclude each other, or a name is empty.</exception>
    public (string? Path, string Project, string Name) Read(ParseResult result)
    {
        UselessFlags.Refuse(result, result.GetValue(path) is not null, "--out says where the folder is, and no name is looked for", project, name, existOk);
        var (parent, child) = (NotEmpty(result, project) ?? System.IO.Path.Combine("runs", command), NotEmpty(result, name) ?? UsualName);
        var exact = NotEmpty(result, path) ?? (result.GetValue(existOk) ? System.IO.Path.Combine(parent, child) : null);
        return exact is null && File.Exists(System.IO.Path.Combine(parent, "run.json"))
            ? throw new InputException($"{parent} is a run itself, and the new folder would lie in it. Name another folder with --project, or the new folder itself with --out.")
            : (exact, parent, child);
    }

    /// <summary>Makes the folder.</summary>
    /// <exception cref="InputException">It has content, or cannot be made.</exception>
    public string Make(ParseResult result)
    {
        var (exact, parent, child) = Read(result);
        var folder = exact ?? NumberedFolder.Free(parent, child).First();
        try
        {
            if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            {
                throw new InputException($"{(result.GetValue(existOk) ? "--exist-ok" : "--out")} {folder}: the folder has content, and nothing is overwritten or mixed. Name another folder, or empty this one.");
            }

            Directory.CreateDirectory(folder);
            return folder;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{folder}: the folder cannot be made: {exception.Message} Name a folder on a disk that you may write to, with --out.", exception);
        }
    }

    private static string? NotEmpty(ParseResult result, Option<string?> option) =>
        result.GetValue(option) is { Length: 0 } ? throw new InputException($"{option.Name} is empty. Give a name, or leave it out.") : result.GetValue(option);
}
