using Cawb.Tests;
using Cawb.Training.Options;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Runs;

/// <summary>The rates of a run as its directory alone tells them.</summary>
public class RunRatesTests
{
    private static readonly MetricsColumns Columns =
        new(["epoch", MetricNames.LearningRate, "ap", "ap50", MetricNames.BiasLearningRate, MetricNames.ScaleLearningRate], ["train_seconds"]);

    /// <summary>Half a cosine over two epochs of four batches: cos falls to (1 + cos(pi/2)) / 2 = 0.5 in the middle. The applied rates are those of the rows, one batch before the epoch's end.</summary>
    [Fact]
    public void Planned_and_applied_rates_lie_over_each_other()
    {
        using var folder = new TemporaryFolder();
        using var run = Begin(folder.Of("a"), batchesPerEpoch: 4);
        run.Metrics.Append([1, 0.02, 0.1, 0.2, 0.05, 0.02], [1]);
        run.Metrics.Append([2, 0.01, 0.1, 0.2, 0.04, 0.01], [1]);
        var chart = RunSchedules.Rates(RunRecord.Read(folder.Of("a")), 1000, out var note);
        Assert.Equal("", note);
        Assert.NotNull(chart);
        Assert.Equal(["all groups", "biases, applied", "kernels and scales, applied"], chart.Series.Select(series => series.Name));
        Assert.Equal([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2], chart.Series[0].X.ToArray());
        Assert.Equal(0.005, chart.Series[0].Y.Span[4], 1e-12);
        Assert.Equal([0.75, 1.75], chart.Series[2].X.ToArray());
        Assert.Equal([0.02, 0.01], chart.Series[2].Y.ToArray());
    }

    [Fact]
    public void Without_a_checkpoint_there_are_the_applied_rates_and_the_reason()
    {
        using var folder = new TemporaryFolder();
        using var run = Begin(folder.Of("a"), batchesPerEpoch: 0);
        Assert.Null(RunSchedules.Rates(RunRecord.Read(folder.Of("a")), 1000, out _));
        run.Metrics.Append([1, 0.02, 0.1, 0.2, 0.02, 0.02], [1]);
        var chart = RunSchedules.Rates(RunRecord.Read(folder.Of("a")), 1000, out var note);
        Assert.Equal(["all groups, applied"], chart?.Series.Select(series => series.Name));
        Assert.Contains("first checkpoint", note, StringComparison.Ordinal);
    }

    private static RunDirectory Begin(string path, int batchesPerEpoch)
    {
        var options = new TrainOptions { Data = "data/digits", Epochs = 2, Warmup = WarmupSource.Schedule };
        var sample = RunSample.Definition();
        var run = RunDirectory.Create(
            path, new RunDefinition("train", 0, options.ToJson(), """{"type":"cosine","durationEpochs":2}""", sample.DatasetName, sample.DatasetSha256, sample.Versions, sample.Created), Columns);
        if (batchesPerEpoch > 0)
        {
            var scheduler = new LearningRateScheduler(TrainingPlan.FromEpochs(2, batchesPerEpoch), ScheduleText.Parse("""{"type":"cosine","durationEpochs":2}"""), 0.01);
            run.SaveCheckpoint([RunDirectory.LastSlot], new CheckpointContent(0, 0, $$"""{"scheduler":{{scheduler.CaptureState().ToJson()}}}""", [new CheckpointPart("weights", stream => stream.WriteByte(1))]));
        }

        return run;
    }
}
