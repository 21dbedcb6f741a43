using Cawb.Tests.Reference;

namespace Cawb.Cli.Tests;

/// <summary>The commands that a page of the documentation shows.</summary>
internal static class PageCommands
{
    /// <summary>The lines of shell blocks that start the program, continued lines joined, comments and the program's name left out.</summary>
    public static IEnumerable<string[]> Of(string page)
    {
        var inBlock = false;
        var pending = "";
        foreach (var line in File.ReadLines(Path.Combine(ReferenceFolder.Repository, page)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inBlock = line == "```sh";
            }
            else if (inBlock && line.EndsWith('\\'))
            {
                pending += line[..^1];
            }
            else if (inBlock)
            {
                var command = (pending + line).Split(" #")[0].Trim();
                pending = "";
                if (command.StartsWith("./cawb ", StringComparison.Ordinal))
                {
                    yield return ShellWords.Split(command);
                }
            }
        }
    }
}
