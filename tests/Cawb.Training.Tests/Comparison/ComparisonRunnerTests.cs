using Cawb.Reports.Files;
using Cawb.Tests;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Comparison.Reports;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Comparison;

public class ComparisonRunnerTests
{
    private static readonly IProgress<RunStatus> Nobody = new Listener();
    private static ComparisonPlan Plan => ComparisonPlanTests.Read(ComparisonPlanTests.Small);

    [Fact]
    public async Task Carries_out_every_arm_with_every_seed_and_nothing_twice()
    {
        using var folder = new TemporaryFolder();
        var job = new ImaginaryJob();
        var results = await new ComparisonRunner(job, Plan, folder.Of("c")).RunAsync(1, Nobody, CancellationToken.None);
        Assert.True(results.IsComplete);
        Assert.Equal(["cosine, seed 0", "CAWB, seed 0", "cosine, seed 1", "CAWB, seed 1", "cosine, seed 2", "CAWB, seed 2"], job.Trained);

        var again = new ImaginaryJob();
        Assert.True((await new ComparisonRunner(again, Plan, folder.Of("c")).RunAsync(1, Nobody, CancellationToken.None)).IsComplete);
        Assert.Empty(again.Trained);
        Assert.Equal(RunCost.None, await new ComparisonRunner(again, Plan, folder.Of("c")).EstimateAsync(1, CancellationToken.None));
    }

    [Fact]
    public async Task Goes_on_after_an_interruption_and_reports_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        var interrupted = new ImaginaryJob { InterruptedIn = "cosine, seed 1" };
        var runner = new ComparisonRunner(interrupted, Plan, folder.Of("c"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => runner.RunAsync(1, Nobody, interrupted.Interruption.Token));
        Assert.Equal(2, runner.Collect().Runs.Count);
        Assert.False(runner.Collect().IsComplete);

        var rest = new ImaginaryJob();
        ComparisonReport.Write(folder.Of("c"), await new ComparisonRunner(rest, Plan, folder.Of("c")).RunAsync(1, Nobody, CancellationToken.None), "");
        Assert.Equal(4, rest.Trained.Count);

        ComparisonReport.Write(folder.Of("d"), await new ComparisonRunner(new ImaginaryJob(), Plan, folder.Of("d")).RunAsync(1, Nobody, CancellationToken.None), "");
        foreach (var name in new[] { "report.md", "report.html", "results.csv", "epochs.csv", "pairs.csv", "ap.svg", "differences.svg" })
        {
            Assert.Equal(File.ReadAllText(folder.Of("c", name)), File.ReadAllText(folder.Of("d", name)));
        }
    }

    [Fact]
    public async Task A_failed_run_ends_no_other_and_is_tried_again()
    {
        using var folder = new TemporaryFolder();
        var job = new ImaginaryJob { Failing = { "CAWB, seed 1" } };
        var listener = new Listener();
        var results = await new ComparisonRunner(job, Plan, folder.Of("c")).RunAsync(1, listener, CancellationToken.None);
        Assert.Equal(5, results.Runs.Count);
        Assert.Equal("CAWB, seed 1", Assert.Single(results.Failures).Key);
        Assert.Contains(listener.Heard, s => s is { ArmName: "CAWB", Seed: 1, Stage: RunStage.Failed });
        ComparisonReport.Write(folder.Of("c"), results, "");
        Assert.Contains("the loss is no number any more", File.ReadAllText(folder.Of("c", "report.md")), StringComparison.Ordinal);
        Assert.Contains("The comparison is not complete: 5 of 6 runs are done.", File.ReadAllText(folder.Of("c", "report.md")), StringComparison.Ordinal);

        var retry = new ImaginaryJob();
        Assert.True((await new ComparisonRunner(retry, Plan, folder.Of("c")).RunAsync(1, Nobody, CancellationToken.None)).IsComplete);
        Assert.Equal(["CAWB, seed 1"], retry.Trained);
    }

    [Fact]
    public async Task Runs_no_more_at_once_than_asked()
    {
        using var folder = new TemporaryFolder();
        var job = new ImaginaryJob();
        Assert.True((await new ComparisonRunner(job, Plan, folder.Of("c")).RunAsync(2, Nobody, CancellationToken.None)).IsComplete);
        Assert.InRange(job.MostAtOnce, 1, 2);
    }

    [Fact]
    public async Task Says_how_long_the_rest_will_take()
    {
        using var folder = new TemporaryFolder();
        var runner = new ComparisonRunner(new ImaginaryJob(), Plan, folder.Of("c"));
        Assert.Equal(new RunCost(TimeSpan.FromMinutes(24), 30e12), await runner.EstimateAsync(1, CancellationToken.None));
        Assert.Equal(new RunCost(TimeSpan.FromMinutes(8), 30e12), await runner.EstimateAsync(4, CancellationToken.None));
    }

    [Fact]
    public async Task Refuses_data_that_changed_since_the_first_runs()
    {
        using var folder = new TemporaryFolder();
        await new ComparisonRunner(new ImaginaryJob { Failing = { "CAWB, seed 2" } }, Plan, folder.Of("c")).RunAsync(1, Nobody, CancellationToken.None);
        var changed = new ImaginaryJob { DatasetSha256 = new string('b', 64) };
        var fault = Assert.Throws<FileException>(() => new ComparisonRunner(changed, Plan, folder.Of("c")));
        Assert.StartsWith("data/digits: the data set changed since the first runs of this comparison (SHA-256 aaaaaaaaaaaa… then, bbbbbbbbbbbb… now)", fault.Message, StringComparison.Ordinal);
        Assert.Empty(changed.Trained);
    }

    [Fact]
    public async Task Refuses_another_version_of_what_decides_numbers()
    {
        using var folder = new TemporaryFolder();
        await new ComparisonRunner(new ImaginaryJob(), Plan, folder.Of("c")).RunAsync(1, Nobody, CancellationToken.None);
        var fault = Assert.Throws<FileException>(() => new ComparisonRunner(new ImaginaryJob { LibraryVersion = "2.0" }, Plan, folder.Of("c")));
        Assert.Contains("were made with Libtorch 1.13.1; now it is 2.0", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Goes_on_from_numbers_of_another_version_and_says_so()
    {
        using var folder = new TemporaryFolder();
        var all = await new ComparisonRunner(new ImaginaryJob(), Plan, folder.Of("c")).RunAsync(1, Nobody, CancellationToken.None);
        Assert.Equal("", RunVersions.TakenOver(all));
        foreach (var file in Directory.EnumerateFiles(folder.Of("c", "runs"), "*.safetensors", SearchOption.AllDirectories).ToArray())
        {
            File.Delete(file);
        }

        var job = new ImaginaryJob { LibraryVersion = "2.0" };
        var more = await new ComparisonRunner(job, Plan.WithSeeds([0, 1, 2, 3]), folder.Of("c")).RunAsync(1, Nobody, CancellationToken.None);
        Assert.Equal(["cosine, seed 3", "CAWB, seed 3"], job.Trained);
        Assert.True(more.IsComplete);
        Assert.Equal(
            "6 of 8 runs were taken over as numbers without weights: cosine (seeds 0 to 2), CAWB (seeds 0 to 2) from Libtorch 1.13.1 with cawb 0.1.0. "
            + "This is Libtorch 2.0 with cawb 0.1.0: where a pair's runs are of different versions, part of its difference may be due to them.",
            RunVersions.TakenOver(more));
        ComparisonReport.Write(folder.Of("c"), more, "");
        var report = File.ReadAllText(folder.Of("c", "report.md"));
        Assert.Contains(
            "## Versions\n\nNot all runs are of one version: cosine (seeds 0 to 2), CAWB (seeds 0 to 2) from Libtorch 1.13.1 with cawb 0.1.0; cosine (seed 3), CAWB (seed 3) from Libtorch 2.0 with cawb 0.1.0.",
            report, StringComparison.Ordinal);
        Assert.Contains("| Libtorch | 1.13.1 and 2.0 |", report, StringComparison.Ordinal);

        // What is there with weights now is of the new version, and holds off others.
        Assert.Contains("were made with Libtorch 2.0; now it is 3.0", Assert.Throws<FileException>(() => new ComparisonRunner(new ImaginaryJob { LibraryVersion = "3.0" }, Plan, folder.Of("c"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_by_another_version_leaves_on_record_what_made_the_runs()
    {
        using var folder = new TemporaryFolder();
        await new ComparisonRunner(new ImaginaryJob(), Plan, folder.Of("c")).RunAsync(1, Nobody, CancellationToken.None);
        foreach (var file in Directory.EnumerateFiles(folder.Of("c", "runs"), "*.safetensors", SearchOption.AllDirectories).ToArray())
        {
            File.Delete(file);
        }

        var before = File.ReadAllText(folder.Of("c", "comparison.json"));
        var results = await new ComparisonRunner(new ImaginaryJob { LibraryVersion = "2.0" }, Plan, folder.Of("c")).RunAsync(1, Nobody, CancellationToken.None);
        Assert.Equal("6 of 6 runs were taken over as numbers without weights, all from Libtorch 1.13.1 with cawb 0.1.0.", RunVersions.TakenOver(results));
        Assert.Equal(before, File.ReadAllText(folder.Of("c", "comparison.json")));
    }

    [Fact]
    public void Refuses_a_run_that_another_version_only_began()
    {
        using var folder = new TemporaryFolder();
        new ImaginaryJob().Open(ComparisonRuns.Find(Plan, folder.Of("c"), "0")).Dispose();
        var fault = Assert.Throws<FileException>(() => new ComparisonRunner(new ImaginaryJob { LibraryVersion = "2.0" }, Plan, folder.Of("c")));
        Assert.Contains("this run was begun with Libtorch 1.13.1; now it is 2.0", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_schedule_that_changed_but_takes_more_seeds_and_arms()
    {
        using var folder = new TemporaryFolder();
        await new ComparisonRunner(new ImaginaryJob(), Plan, folder.Of("c")).RunAsync(1, Nobody, CancellationToken.None);
        var changed = ComparisonPlanTests.Read(ComparisonPlanTests.Small.Replace("[5, 11]", "[6, 11]", StringComparison.Ordinal));
        Assert.Contains("another schedule, other options or another length", Assert.Throws<FileException>(() => new ComparisonRunner(new ImaginaryJob(), changed, folder.Of("c"))).Message, StringComparison.Ordinal);

        var job = new ImaginaryJob();
        Assert.True((await new ComparisonRunner(job, Plan.WithSeeds([0, 1, 2, 3]), folder.Of("c")).RunAsync(1, Nobody, CancellationToken.None)).IsComplete);
        Assert.Equal(["cosine, seed 3", "CAWB, seed 3"], job.Trained);
    }

    [Fact]
    public void Refuses_the_folder_of_another_comparison()
    {
        using var folder = new TemporaryFolder();
        _ = new ComparisonRunner(new ImaginaryJob(), Plan, folder.Of("c"));
        var other = ComparisonPlanTests.Read(ComparisonPlanTests.Small.Replace("\"small\"", "\"other\"", StringComparison.Ordinal));
        Assert.Contains("holds the comparison 'small', not 'other'", Assert.Throws<FileException>(() => new ComparisonRunner(new ImaginaryJob(), other, folder.Of("c"))).Message, StringComparison.Ordinal);
    }

    private sealed class Listener : IProgress<RunStatus>
    {
        public List<RunStatus> Heard { get; } = [];

        public void Report(RunStatus value)
        {
            lock (Heard)
            {
                Heard.Add(value);
            }
        }
    }
}
