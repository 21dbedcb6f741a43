using System.Text.RegularExpressions;
using Cawb.Tests.Reference;

namespace Cawb.Cli.Tests;

/// <summary>The pages of the site. Their code comes from programs that other tests run; their commands run here.</summary>
public sealed partial class GuideTests
{
    private static readonly string Docs = Path.Combine(ReferenceFolder.Repository, "docs");

    public static TheoryData<string> Pages => [.. Directory.GetFiles(Path.Combine(Docs, "guides"), "*.md").Append(Path.Combine(Docs, "torchsharp.md")).Append(Path.Combine(Docs, "index.md"))
        .Select(path => Path.GetRelativePath(ReferenceFolder.Repository, path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_of_a_page_runs(string page) => Assert.All(PageCommands.Of(page), words =>
    {
        // A file of the repository is named from its root.
        var run = CommandRun.OfProgram([.. words.Select(word => word.EndsWith(".json", StringComparison.Ordinal) ? Path.Combine(ReferenceFolder.Repository, word) : word)]);
        // diff says by 1 that there are differences.
        Assert.True(run.ExitCode == (words[0] == "diff" ? 1 : 0), $"cawb {string.Join(' ', words)} ended with {run.ExitCode}: {run.Error}");
        Assert.NotEmpty(run.Output);
    });

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_code_of_a_page_is_part_of_a_program_that_is_tested_or_made_for_the_site(string page)
    {
        var text = File.ReadAllText(Path.Combine(ReferenceFolder.Repository, page));
        // Blocks of a page's own are commands; everything else is taken in.
        Assert.All(Fence().Matches(text), fence => Assert.Equal("sh", fence.Groups[1].Value));
        Assert.All(Inclusion().Matches(text), inclusion =>
        {
            var file = Path.GetFullPath(Path.Combine(ReferenceFolder.Repository, Path.GetDirectoryName(page) ?? "", inclusion.Groups["file"].Value));
            var name = Path.GetRelativePath(ReferenceFolder.Repository, file).Replace('\\', '/');
            Assert.Matches("^(samples|tests|[.]build/docs)/", name);
            if (!name.StartsWith(".build", StringComparison.Ordinal))
            {
                var tag = inclusion.Groups["tag"].Value;
                var lines = File.ReadLines(file).Select(line => line.Trim()).ToList();
                Assert.True(tag.Length == 0 || (lines.Contains($"// <{tag}>") && lines.Contains($"// </{tag}>")), $"{name} has no part named {tag}.");
            }
        });
    }

    [GeneratedRegex("^```([a-z]+)", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\[!(?:code|INCLUDE)[^\[\]]*\[[^\]]*\]\((?<file>[^)#]+)(?:#(?<tag>[^)]+))?\)", RegexOptions.None)]
    private static partial Regex Inclusion();
}
