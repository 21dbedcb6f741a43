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
    public void Leaves_a_page_that_begins_with_the_result_as_Markdown_and_as_HTML()
    {
        using var folder = new TemporaryFolder();
        using var run = Finished(folder.Of("a"), 0);
        File.WriteAllText(folder.Of("a", "PR_curve.png"), "");
        var summary = RunReport.Write(run, RunCharts.LearningRate("Rates", [new LearningRateCurve("CAWB", Cawb, Plan, 0.01)], AxisScale.Linear));
        Assert.Equal(20, summary.Epochs);
        var html = File.ReadAllText(folder.Of("a", "report.html"));
        var page = File.ReadAllText(folder.Of("a", "report.md"));
        Assert.Equal("# Training run\n\nBest epoch 20: AP 0.400, AP50 0.600. 20 of 20 epochs, in 21 min 40 s.", string.Join('\n', page.Split('\n')[..3]));
        foreach (var part in new[] { "Best epoch 20: AP 0.400", "boot 1", "Average precision (COCO)", "src=\"PR_curve.png\"" })
        {
            Assert.Contains(part, html, StringComparison.Ordinal);
        }

        Assert.Contains("![Precision over recall](PR_curve.png)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("F1", page, StringComparison.Ordinal);
        Assert.Contains("| batchSize | 16 |", page, StringComparison.Ordinal);
        Assert.Contains("| Libtorch | 1.13.1 |", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_the_rate_of_every_batch_and_marks_the_events()
    {
        var chart = RunCharts.LearningRate("t", [new LearningRateCurve("CAWB", Cawb, Plan, 0.01)], AxisScale.Linear);
        var series = Assert.Single(chart.Series);

        // A rate holds until the next batch: stairs are upright.
        Assert.Equal(SeriesShape.Steps, series.Shape);
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

    [Fact]
    public void Says_when_the_validation_loss_was_lowest()
    {
        using var folder = new TemporaryFolder();
        var columns = new MetricsColumns(["epoch", "ap", "ap50", "validation_box_loss", "validation_objectness_loss", "validation_class_loss"], ["train_seconds"]);
        using var run = RunDirectory.Create(folder.Of("a"), RunSample.Definition(), columns);
        run.Metrics.Append([1, 0.1, 0.2, 0.3, 0.2, 0.1], [1]);
        run.Metrics.Append([2, 0.2, 0.3, 0.2, 0.2, 0.1], [1]);
        Assert.Contains("The validation loss is 0.5 after epoch 2, the lowest of all epochs.", Page(), StringComparison.Ordinal);
        run.Metrics.Append([3, 0.3, 0.4, 0.4, 0.2, 0.1], [1]);
        Assert.Contains("3 of 20 epochs, in 3.0 s. The validation loss is 0.7 after epoch 3; it was lowest after epoch 2, with 0.5.", Page(), StringComparison.Ordinal);

        string Page()
        {
            RunReport.Write(run, RunCharts.LearningRate("Rates", [new LearningRateCurve("CAWB", Cawb, Plan, 0.01)], AxisScale.Linear));
            return File.ReadAllText(folder.Of("a", "report.md"));
        }
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
