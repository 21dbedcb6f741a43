namespace Cawb.Cli.Tests;

public sealed class ExplainCommandTests
{
    private static readonly string[] Article =
    [
        "explain", "--schedule", "cawb", "--steps", "30", "80", "--step-scale", "0.7", "--epoch-scale", "4", "--warmup-epoch", "3", "--epochs", "150", "--base-lrs", "0.1",
    ];

    [Fact]
    public void Says_why_the_value_is_what_it_is_at_a_moment()
    {
        var run = CommandRun.Of([.. Article, "--at", "42"]);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("Segment 2 of 3, from boot 1 at epoch 30 to boot 2 at epoch 80.", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 boot has multiplied the start by 0.7, so the segment starts at 0.07.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Explains_a_library_s_schedule_by_ours_at_the_step_of_the_moment()
    {
        var run = CommandRun.Of("explain", "torch.OneCycleLR", """{"max_lr": 0.1, "epochs": 10, "steps_per_epoch": 100}""", "--base-lrs", "0.1", "--epochs", "10", "--batches", "100", "--at", "3");
        Assert.Contains("At epoch 3: step 300 of the run, at 100 to an epoch.", run.Output, StringComparison.Ordinal);
        Assert.Contains("phase 2 of 2, epoch 2.99 to 9.99.", run.Output, StringComparison.Ordinal);
        Assert.Contains("It goes from 0.1 to 4e-07.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_why_a_library_s_number_has_no_formula_of_ours()
    {
        var run = CommandRun.Of("explain", "hf.get_greedy_schedule", "{}", "--base-lrs", "0.1", "--at", "3");
        Assert.Contains("The library's own number. hf.get_greedy_schedule raises the rate as well when a metric gets better", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_how_many_events_are_left_out_and_has_all_of_them_as_json()
    {
        string[] often = ["explain", "torch.CosineAnnealingWarmRestarts", """{"T_0": 2}""", "--base-lrs", "0.1", "--epochs", "100"];
        var run = CommandRun.Of(often);
        var events = CommandRun.Of([.. often, "--json"]).Json().GetProperty("moments").GetArrayLength();
        Assert.InRange(events, 49, 52);
        Assert.Contains($"\nand {events - 20} more events: --at explains any of them, --json has all.\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Explains_every_event_and_sums_up_the_run_when_no_moment_is_given()
    {
        var json = CommandRun.Of([.. Article, "--json"]).Json();
        Assert.Equal([0, 3, 30, 80, 150], json.GetProperty("moments").EnumerateArray().Select(moment => moment.GetProperty("epochs").GetDouble()));
        Assert.Equal(2, json.GetProperty("metrics").GetProperty("bootCount").GetInt32());
        Assert.Equal(0.1, json.GetProperty("metrics").GetProperty("peak").GetDouble());
    }
}
