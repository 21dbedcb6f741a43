using System.Diagnostics;
using Cawb.Cli.Tests.Training;
using Cawb.Reports.Files;

namespace Cawb.Cli.Tests.Comparison;

/// <summary>A published comparison, its numbers alone, extended elsewhere.</summary>
public sealed class TakenOverComparisonTests(FinishedComparison finished) : IDisposable
{
    private readonly SmallTraining elsewhere = new();

    private string Folder => elsewhere.Run("published");

    public void Dispose() => elsewhere.Dispose();

    [Fact]
    public void What_git_takes_of_a_comparison_is_its_numbers_and_they_can_be_extended_by_a_seed()
    {
        CopyNumbers();
        var runs = Path.Combine(Folder, "runs");
        Assert.Equal(["metrics.csv", "result.json", "run.json"], Directory.EnumerateFiles(Path.Combine(runs, "cawb-seed-0")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var record in Directory.EnumerateFiles(Folder, "run.json", SearchOption.AllDirectories).Append(Path.Combine(Folder, "comparison.json")).ToArray())
        {
            AtomicFile.WriteText(record, System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(record), "\"cawb\": \"[^\"]*\"", "\"cawb\": \"0.9.0\""));
        }

        var before = File.ReadAllText(Path.Combine(runs, "cawb-seed-0", "metrics.csv"));
        var run = SmallComparison.Succeed("compare", Path.Combine(Folder, "plan.json"), "--out", Folder, "--seeds", "3", "--jobs", "1");
        Assert.Contains("4 of 4 runs were taken over as numbers without weights, all from cawb 0.9.0 with libtorch ", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 runs to do", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(runs, "cawb-seed-0", "metrics.csv")));
        Assert.Contains("Not all runs are of one version: cosine (seeds 0, 1), CAWB (seeds 0, 1) from cawb 0.9.0 with libtorch ", File.ReadAllText(Path.Combine(Folder, "report.md")), StringComparison.Ordinal);

        // The old seeds' numbers are those of the comparison that was published.
        var published = File.ReadAllLines(Path.Combine(finished.Folder, "epochs.csv"));
        Assert.Empty(published.Except(File.ReadAllLines(Path.Combine(Folder, "epochs.csv"))));
    }

    /// <summary>Numbers that were committed after the first seed, continued elsewhere: the report of the comparison that nothing interrupted, but for times.</summary>
    [Fact]
    public void Numbers_that_were_committed_half_way_go_on_to_the_same_report()
    {
        CopyNumbers();
        foreach (var file in Directory.EnumerateFiles(Folder, "report.*").Concat(Directory.EnumerateFiles(Folder, "*.csv")).Concat(Directory.EnumerateFiles(Folder, "*.svg")).ToArray())
        {
            File.Delete(file);
        }

        foreach (var later in Directory.EnumerateDirectories(Path.Combine(Folder, "runs"), "*-seed-1").ToArray())
        {
            Directory.Delete(later, recursive: true);
        }

        var run = SmallComparison.Succeed("compare", finished.Small.Plan, "--out", Folder);
        Assert.Contains("2 of 2 runs were taken over as numbers without weights", run.Output, StringComparison.Ordinal);
        Assert.Contains("2 runs to do", run.Output, StringComparison.Ordinal);
        ComparisonFiles.RequireSame(finished.Folder, Folder);
    }

    private void CopyNumbers()
    {
        foreach (var file in TakenByGit())
        {
            var target = Path.Combine(Folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target) ?? Folder);
            File.Copy(Path.Combine(finished.Folder, file), target);
        }
    }

    // The comparison's folder is made a repository for the question alone.
    private string[] TakenByGit()
    {
        var repository = elsewhere.Run("repository");
        Assert.Equal(0, Git("init", "--quiet", repository).Code);
        var (code, files) = Git($"--git-dir={Path.Combine(repository, ".git")}", $"--work-tree={finished.Folder}", "ls-files", "--others", "--exclude-standard");
        Assert.Equal(0, code);
        return files.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private (int Code, string Output) Git(params string[] words)
    {
        using var git = Process.Start(new ProcessStartInfo("git", words) { RedirectStandardOutput = true, WorkingDirectory = finished.Folder }) ?? throw new InvalidOperationException("No git.");
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return (git.ExitCode, output);
    }
}
