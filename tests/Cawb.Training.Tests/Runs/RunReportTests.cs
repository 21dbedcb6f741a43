using System.Xml.Linq;
using Cawb.Reports.Charts;
using Cawb.Tests;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Runs;

public class RunReportTests
{
    private static readonly MetricsColumns Columns = new(["epoch", "ap", "ap50", "box_loss"], ["train_seconds", "validation_seconds"]);
    private static readonly TrainingPlan Plan = TrainingPlan.FromEpochs(20, 94);
    private static readonly Schedule Cawb = ScheduleText.Parse("""{"type": "cawb", "epochs": 20, "bootEpochs": [5, 11], "warmupEpochs": 3, "annealing": {"type": "cosine", "scale": 0.65, "offset": 0.35}}""");

    [Fact]
    public void Sums_up_the_first_of_equally_good_epochs()
    {
        var summary = RunSummary.Of(MetricsTable.Parse("m", "epoch,ap,ap50,a_seconds,b_seconds\n1,0.1,0.3,60,5\n2,0.4,0.7,60,5\n3,0.4,0.8,60,5\n"));
        Assert.Equal(new RunSummary(3, 0.4, 0.8, 2, 0.4, 0.7, TimeSpan.FromSeconds(195)), summary);
    }

    [Fact]
    public void Leaves_a_page_and_two_pictures()
    {
        using var folder = new TemporaryFolder();
        using var run = Finished(folder.Of("a"), 0);
        var summary = RunReport.Write(run, new LearningRateCurve("CAWB", Cawb, Plan, 0.01));
        Assert.Equal(20, summary.Epochs);
        Assert.Contains("boot 1", File.ReadAllText(folder.Of("a", "lr.svg")), StringComparison.Ordinal);
        _ = XDocument.Load(folder.Of("a", "map.svg"));
        var page = File.ReadAllText(folder.Of("a", "report.md"));
        Assert.Contains("Best epoch 20: AP 0.400, AP50 0.600.", page, StringComparison.Ordinal);
        Assert.Contains("| batchSize | `16` |", page, StringComparison.Ordinal);
        Assert.Contains("| Libtorch | 1.13.1 |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_the_rate_of_every_batch_and_marks_the_events()
    {
        var chart = RunCharts.LearningRate("t", [new LearningRateCurve("CAWB", Cawb, Plan, 0.01)], AxisScale.Linear);
        var series = Assert.Single(chart.Series);
        Assert.Equal(20 * 94 + 1, series.X.Length);
        for (var batch = 0; batch < 20 * 94; batch++)
        {
            Assert.Equal(Cawb.ValueAt(Plan.EpochsFromBatches(batch), 0.01), series.Y.Span[batch]);
        }
        Assert.Equal([(3, "warm-up end"), (5, "boot 1"), (11, "boot 2")], chart.Markers.Select(m => (m.X, m.Label)));
    }

    [Fact]
    public void Samples_runs_that_have_more_batches_than_anybody_can_see()
    {
        var plan = TrainingPlan.FromEpochs(20, 1_000_000);
        var series = RunCharts.LearningRate("t", [new LearningRateCurve("CAWB", Cawb, plan, 0.01)], AxisScale.Linear).Series[0];
        Assert.InRange(series.X.Length, 1_000_000, 2_000_010);
        Assert.All([5.0, plan.EpochsFromBatches(4_999_999)], moment => Assert.True(series.X.Span.Contains(moment), $"{moment} is missing."));
    }

    private static RunDirectory Finished(string path, double bonus)
    {
        var run = RunDirectory.Create(path, RunSample.Definition(), Columns);
        for (var epoch = 1; epoch <= 20; epoch++)
        {
            run.Metrics.Append([epoch, epoch * 0.02 + bonus, epoch * 0.03 + bonus, 1.0 / epoch], [60, 5]);
        }
        return run;
    }
}
