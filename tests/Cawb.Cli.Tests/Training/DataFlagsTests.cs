using System.Text.Json;

namespace Cawb.Cli.Tests.Training;

public class DataFlagsTests
{
    [Fact]
    public void The_image_cache_is_told_with_its_size_and_changes_no_bit()
    {
        using var training = new SmallTraining();
        CommandRun.OfProgram(training.Words("plain"));
        var memory = CommandRun.OfProgram(training.Words("ram", "--cache", "ram"));
        Assert.Contains("Image cache in memory: needs 221.2 kB, ", memory.Output, StringComparison.Ordinal);
        SmallTraining.AssertEqualRuns(training.Run("plain"), training.Run("ram"));

        var cold = CommandRun.OfProgram(training.Words("cold", "--cache", "disk"));
        Assert.Contains("Image cache on disk: needs ", cold.Output, StringComparison.Ordinal);
        SmallTraining.AssertEqualRuns(training.Run("plain"), training.Run("cold"));

        var warm = CommandRun.OfProgram(training.Words("warm", "--cache", "disk"));
        Assert.Contains("Image cache on disk: there already, in ", warm.Output, StringComparison.Ordinal);
        SmallTraining.AssertEqualRuns(training.Run("plain"), training.Run("warm"));
    }

    [Fact]
    public void Rectangular_batches_are_recorded_train_and_give_other_weights()
    {
        using var training = new SmallTraining();
        CommandRun.OfProgram(training.Words("square"));
        Assert.Equal(0, CommandRun.OfProgram(training.Words("rect", "--rect")).ExitCode);
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(training.Run("rect"), "run.json")));
        Assert.True(record.RootElement.GetProperty("options").GetProperty("rect").GetBoolean());
        Assert.NotEqual(SmallTraining.MetricsWithoutTimes(training.Run("square")), SmallTraining.MetricsWithoutTimes(training.Run("rect")));
    }

    [Fact]
    public void Anchors_that_fit_badly_are_told_and_better_ones_are_used_when_asked_for()
    {
        using var training = new SmallTraining();
        using var strips = Cawb.Detection.Tests.Data.PaintedDataset.Create([.. Enumerable.Range(0, 12).Select(i => (128, 96, 3, 10, 63 + 5 * i, 12 + i % 3))]);
        string[] words = [.. training.Words("told").Select(word => word == training.Data.Folder ? strips.Folder : word == "64" ? "128" : word)];
        Assert.Contains("COCO's anchors match ", CommandRun.OfProgram(words).Output, StringComparison.Ordinal);

        words = [.. words.Select(word => word == training.Run("told") ? training.Run("used") : word), "--auto-anchors"];
        var run = CommandRun.OfProgram(words);
        Assert.Contains("those found for them match 100.0", run.Output, StringComparison.Ordinal);
        var weights = File.ReadAllText(Path.Combine(training.Run("used"), "last.safetensors"), System.Text.Encoding.Latin1);
        Assert.DoesNotContain("10 13 16 30 33 23", weights[..100_000], StringComparison.Ordinal);
        Assert.Contains("10 13 16 30 33 23", File.ReadAllText(Path.Combine(training.Run("told"), "last.safetensors"), System.Text.Encoding.Latin1)[..100_000], StringComparison.Ordinal);
    }
}
