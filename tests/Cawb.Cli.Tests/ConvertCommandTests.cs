namespace Cawb.Cli.Tests;

public sealed class ConvertCommandTests
{
    [Fact]
    public void Writes_the_author_s_flags_as_a_schedule_that_reads_back()
    {
        var run = CommandRun.Of("convert", "--schedule", "cawb", "--steps", "30", "80", "--step-scale", "0.7", "--epoch-scale", "4", "--epochs", "150", "--lf", "1 - x / y");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        var schedule = Assert.IsType<CawbSchedule>(ScheduleText.Parse(run.Output));
        Assert.Equal([30, 80], schedule.BootEpochs);
        Assert.Equal(0.7, schedule.StepScale);
    }

    [Fact]
    public void Writes_another_library_s_schedule_as_ours_where_the_numbers_are_the_same()
    {
        var run = CommandRun.Of("convert", "torch.CosineAnnealingWarmRestarts", """{"T_0": 10, "T_mult": 2}""", "--base-lrs", "0.1");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        var schedule = ScheduleText.Parse(run.Output);
        // SGDR restarts at 10 and at 10 + 20, and is halfway down in the middle of a cycle.
        Assert.Equal([0.1, 0.05, 0.1, 0.05, 0.1], ((double[])[0, 5, 10, 20, 30]).Select(epochs => Math.Round(schedule.ValueAt(epochs, 0.1), 12)));
        Assert.StartsWith("torch.CosineAnnealingWarmRestarts: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_with_a_reason_what_our_text_form_does_not_have()
    {
        var run = CommandRun.Of("convert", "keras.CosineDecayRestarts", """{"initial_learning_rate": 0.1, "first_decay_steps": 1, "t_mul": 3}""");
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Output));
        Assert.StartsWith("cawb: keras.CosineDecayRestarts does something with these arguments that our JSON has no schedule for.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_the_functions_of_other_libraries_with_their_parameters()
    {
        var lines = CommandRun.Of("convert", "--list").Lines();
        Assert.Contains(lines, line => line.StartsWith("torch.StepLR(step_size", StringComparison.Ordinal));
    }
}
