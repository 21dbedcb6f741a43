using Cawb.Reports.Files;
using Cawb.Tests;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Comparison;

/// <summary>Several processes in the folder of one comparison. Locks hold between two handles of one process as between two processes.</summary>
public sealed class SharedComparisonTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static ComparisonPlan Plan => ComparisonPlanTests.Read(ComparisonPlanTests.Small);

    private string Folder => folder.Of("c");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Several_that_begin_at_once_share_the_runs_and_each_ends_with_all_of_them()
    {
        var jobs = Enumerable.Range(0, 4).Select(_ => new ImaginaryJob()).ToArray();
        var results = await Task.WhenAll(jobs.Select(job => Task.Run(() => new ComparisonRunner(job, Plan, Folder).RunAsync(1, new Listener(), CancellationToken.None))));
        Assert.All(results, r => Assert.True(r.IsComplete));
        Assert.Equal(ComparisonRuns.Of(Plan, Folder).Select(r => r.Title).Order(), jobs.SelectMany(job => job.Trained).Order());
    }

    [Fact]
    public async Task A_run_that_another_has_is_left_to_it_and_taken_up_when_it_lets_go()
    {
        var job = new ImaginaryJob();
        var runner = new ComparisonRunner(job, Plan, Folder);
        var held = new ImaginaryJob().Open(runner.Runs[0]);
        var listener = new Listener { Hears = status => { if (status is { Stage: RunStage.Waiting, Detail: "another process has it" }) { held.Dispose(); } } };
        Assert.True((await runner.RunAsync(1, listener, CancellationToken.None)).IsComplete);
        Assert.Equal([.. runner.Runs.Skip(1).Select(r => r.Title), runner.Runs[0].Title], job.Trained);
    }

    [Fact]
    public async Task One_run_is_carried_out_alone_and_waits_a_minute_for_another_process()
    {
        var job = new ImaginaryJob();
        var run = ComparisonRuns.Find(Plan, Folder, "cawb/1");
        var results = await ComparisonRunner.ForRun(job, Plan, Folder, run).RunAsync(1, new Listener(), CancellationToken.None);
        Assert.Equal("CAWB", Assert.Single(results.Runs).ArmName);
        Assert.Equal(["CAWB, seed 1"], job.Trained);

        var other = ComparisonRuns.Find(Plan, Folder, "cawb/2");
        using var held = new ImaginaryJob().Open(other);
        Assert.Equal(TimeSpan.FromMinutes(1), ComparisonRunner.ForRun(job, Plan, Folder, other).Patience);
        var hasty = new ComparisonRunner(job, Plan, Folder) { Patience = TimeSpan.Zero };
        Assert.StartsWith(other.Directory, (await Assert.ThrowsAsync<RunInUseException>(() => hasty.RunAsync(1, new Listener(), CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_run_is_refused_where_the_plan_of_the_folder_has_something_else_for_its_arm()
    {
        _ = new ComparisonRunner(new ImaginaryJob(), Plan, Folder);
        var before = File.ReadAllText(folder.Of("c", "plan.json"));
        var changed = ComparisonPlanTests.Read(ComparisonPlanTests.Small.Replace("[5, 11]", "[6, 11]", StringComparison.Ordinal));
        var fault = Assert.Throws<FileException>(() => ComparisonRunner.ForRun(new ImaginaryJob(), changed, Folder, ComparisonRuns.Find(changed, Folder, "cawb/0")));
        Assert.Contains("has another schedule, other options or another length for the arm 'CAWB'", fault.Message, StringComparison.Ordinal);
        _ = ComparisonRunner.ForRun(new ImaginaryJob(), changed, Folder, ComparisonRuns.Find(changed, Folder, "cosine/0"));
        Assert.Equal(before, File.ReadAllText(folder.Of("c", "plan.json")));
    }

    [Fact]
    public async Task A_failure_is_known_to_others_until_the_run_is_tried_again()
    {
        await new ComparisonRunner(new ImaginaryJob { Failing = { "CAWB, seed 1" } }, Plan, Folder).RunAsync(1, new Listener(), CancellationToken.None);
        Assert.Contains("the loss is no number", Assert.Single(ComparisonRunner.Read(new ImaginaryJob(), Plan, Folder).Failures).Value, StringComparison.Ordinal);
        var failed = Assert.Single(ComparisonOverview.Read(Folder).Runs, r => r.State.Stage != RunStage.Finished);
        Assert.Equal(("CAWB, seed 1", RunStage.Failed), (failed.Run.Title, failed.State.Stage));
        Assert.Contains("the loss is no number", failed.State.Problem, StringComparison.Ordinal);

        await ComparisonRunner.ForRun(new ImaginaryJob(), Plan, Folder, failed.Run).RunAsync(1, new Listener(), CancellationToken.None);
        Assert.Empty(ComparisonRunner.Read(new ImaginaryJob(), Plan, Folder).Failures);
        Assert.All(ComparisonOverview.Read(Folder).Runs, r => Assert.Equal(RunStage.Finished, r.State.Stage));
    }

    /// <summary>A process that was killed between the last weights and the mark leaves such a run.</summary>
    [Fact]
    public async Task A_trained_run_without_a_mark_counts_as_done_unless_results_beside_it_are_missing()
    {
        await new ComparisonRunner(new ImaginaryJob(), Plan, Folder).RunAsync(1, new Listener(), CancellationToken.None);
        foreach (var mark in Directory.GetFiles(Folder, "result.json", SearchOption.AllDirectories))
        {
            File.Delete(mark);
        }
        Assert.Equal(["cosine", "cosine", "cosine"], ComparisonRunner.Read(new ImaginaryJob(), Plan, Folder).Runs.Select(r => r.ArmName));
        var runner = new ComparisonRunner(new ImaginaryJob(), Plan, Folder);
        Assert.Equal(["CAWB, seed 0", "CAWB, seed 1", "CAWB, seed 2"], runner.Unfinished.Select(r => r.Title));
        Assert.Equal(RunCost.None, await runner.EstimateAsync(1, CancellationToken.None));
    }

    [Fact]
    public void To_read_a_comparison_writes_nothing()
    {
        Assert.Empty(ComparisonRunner.Read(new ImaginaryJob(), Plan, Folder).Runs);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
        Assert.All(ComparisonOverview.Of(Plan, Folder).Runs, r => Assert.Equal(RunStage.Waiting, r.State.Stage));
    }

    [Fact]
    public async Task The_stage_of_a_run_is_seen_in_its_directory()
    {
        var job = new ImaginaryJob();
        await ComparisonRunner.ForRun(job, Plan, Folder, ComparisonRuns.Find(Plan, Folder, "0")).RunAsync(1, new Listener(), CancellationToken.None);
        new ImaginaryJob().Open(ComparisonRuns.Find(Plan, Folder, "cawb/0")).Dispose();
        using var held = new ImaginaryJob().Open(ComparisonRuns.Find(Plan, Folder, "cosine/1"));
        Assert.Equal(
            [RunStage.Finished, RunStage.Running, RunStage.Waiting, RunStage.Interrupted, RunStage.Waiting, RunStage.Waiting],
            ComparisonOverview.Read(Folder).Runs.Select(r => r.State.Stage));
    }

    [Theory]
    [InlineData("0", "cosine, seed 0")]
    [InlineData("3", "CAWB, seed 1")]
    [InlineData("CAWB/2", "CAWB, seed 2")]
    [InlineData("cawb/2", "CAWB, seed 2")]
    public void A_run_is_named_by_arm_and_seed_or_by_its_place(string text, string title) => Assert.Equal(title, ComparisonRuns.Find(Plan, Folder, text).Title);

    [Theory]
    [InlineData("6", "There is no run 6: the plan has 2 arms with 3 seeds each, runs 0 to 5.")]
    [InlineData("cawb", "'cawb' names no run. Write ARM/SEED, such as 'cosine/0', or a number from 0 to 5.")]
    [InlineData("CABW/0", "There is no arm 'CABW'. Did you mean 'CAWB'?")]
    [InlineData("cawb/7", "The plan has no seed 7; its seeds are 0, 1, 2. Add it with --seeds.")]
    public void A_run_that_is_not_there_is_refused(string text, string complaint) =>
        Assert.StartsWith(complaint, Assert.Throws<InputException>(() => ComparisonRuns.Find(Plan, Folder, text)).Message, StringComparison.Ordinal);

    private sealed class Listener : IProgress<RunStatus>
    {
        public Action<RunStatus> Hears { get; init; } = _ => { };

        public void Report(RunStatus value) => Hears(value);
    }
}
