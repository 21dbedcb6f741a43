using Cawb.Tests.Reference;

namespace Package.Tests;

/// <summary>The page that a package shows: its example, and what it says that the example prints.</summary>
internal static class Readme
{
    /// <summary>The lines of the one block that starts with three backticks and this word.</summary>
    public static string[] Block(string package, string word)
    {
        var lines = File.ReadAllLines(Path.Combine(ReferenceFolder.Repository, "src", package, "README.md"));
        var start = Assert.Single(Enumerable.Range(0, lines.Length), line => lines[line] == "```" + word);
        return [.. lines.Skip(start + 1).TakeWhile(line => line != "```")];
    }
}
