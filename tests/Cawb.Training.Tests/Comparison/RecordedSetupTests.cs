using Cawb.Tests;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Reports;

namespace Cawb.Training.Tests.Comparison;

/// <summary>What the folder of a comparison alone tells, against what its job knows, which opens the data.</summary>
public class RecordedSetupTests
{
    [Fact]
    public async Task The_folder_alone_gives_the_results_that_the_job_gives()
    {
        using var folder = new TemporaryFolder();
        var (job, plan) = (new ImaginaryJob(), ComparisonPlanTests.Read(ComparisonPlanTests.Small));
        var results = await new ComparisonRunner(job, plan, folder.Of("c")).RunAsync(1, new Nobody(), CancellationToken.None);

        var kept = ComparisonOverview.Read(folder.Of("c"));
        FinishedRun[] runs = [.. kept.Runs.Select(run => FinishedRun.Read(run.Run))];
        var setup = RecordedSetup.Of(kept.Plan, folder.Of("c"), runs);
        var prepared = job.Prepare(plan, plan.Arms);
        Assert.Equal(prepared.DatasetSha256, setup.DatasetSha256);
        Assert.Equal(prepared.Versions, setup.Versions);
        Assert.All(kept.Runs.Zip(runs), run => Assert.True(run.Second.IsOf(run.First.Run, setup)));
        Assert.Contains("100 moments", Assert.Single(setup.Warnings), StringComparison.Ordinal);

        var recorded = new ComparisonResults(kept.Plan, setup, runs, []);
        Assert.Equal(ComparisonConclusion.Of(results), ComparisonConclusion.Of(recorded));
        Assert.Equal(ComparisonReport.Table(results).ToText(), ComparisonReport.Table(recorded).ToText());
        var other = kept.Plan.WithEpochs(kept.Plan.Epochs * 2);
        Assert.DoesNotContain(runs, run => run.IsOf(other.RunOf(other.Arm(run.ArmName), run.Seed, folder.Of("c")), setup));
    }

    private sealed class Nobody : IProgress<RunStatus>
    {
        public void Report(RunStatus value)
        {
        }
    }
}
