using Cawb.Training;

namespace Cawb.Cli.Tests;

public sealed class DiffCommandTests
{
    [Fact]
    public void Returns_success_when_nothing_differs()
    {
        var run = CommandRun.Of("diff", "cosine", "cosine", "--epochs", "10");
        Assert.Equal((ExitCode.Done, "Nothing differs.\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public void Names_the_parameters_that_differ_and_where_the_values_part()
    {
        using var folder = new TemporaryFolder();
        var before = folder.Write("before.json", """{"type": "linear", "durationEpochs": 10}""");
        var after = folder.Write("after.json", """{"type": "linear", "durationEpochs": 10, "end": 0.5}""");
        var run = CommandRun.Of("diff", before, after, "--epochs", "10", "--batches", "1");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("end: (default) -> 0.5\n", run.Output, StringComparison.Ordinal);
        // 1 - t/10 against 1 - t/20: apart by t/20, first at epoch 1 and most in the last batch, at epoch 9.
        Assert.Contains("The values differ from epoch 1 on, most at epoch 9, by 0.45.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Compares_one_schedule_in_two_runs()
    {
        var json = CommandRun.Of("diff", "linear", "--eta-min", "0", "--epochs", "10", "20", "--batches", "1", "--json").Json();
        Assert.False(json.GetProperty("equal").GetBoolean());
        Assert.Contains(json.GetProperty("changes").EnumerateArray(), change => change.GetProperty("path").GetString() == "plan.totalBatches");
    }

    [Fact]
    public void Refuses_a_single_schedule_in_a_single_run()
    {
        var refusal = Assert.Throws<InputException>(() => CommandRun.Of("diff", "cosine"));
        Assert.StartsWith("Compares two schedules, or one schedule in two runs:", refusal.Message, StringComparison.Ordinal);
    }
}
