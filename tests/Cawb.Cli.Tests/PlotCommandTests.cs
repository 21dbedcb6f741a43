using Cawb.Training;

namespace Cawb.Cli.Tests;

public sealed class PlotCommandTests
{
    /// <summary>The drop at 11 is the last before the end of the window, where the library leaves the rate alone.</summary>
    [Fact]
    public void The_last_milestone_before_the_end_of_a_window_of_mmengine_is_an_event_of_the_plot()
    {
        var curve = CommandRun.Of("plot", "mmengine.MultiStepLR", """{"milestones": [8, 11], "end": 12}""", "--base-lrs", "0.1", "--json").Json()[0];
        Assert.Equal([(8, "phase 1"), (11, "phase 2")], curve.GetProperty("events").EnumerateArray().Select(moment => (moment.GetProperty("step").GetInt32(), moment.GetProperty("label").GetString())));
    }

    [Fact]
    public void Draws_in_the_terminal_with_events_and_names()
    {
        var run = CommandRun.Of("plot", "cawb", "cosine", "--steps", "30", "80", "--warmup-epoch", "3", "--epochs", "150");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        foreach (var word in (string[])["warm-up", "boot 1", "boot 2", "cawb", "cosine", "epoch", "150"])
        {
            Assert.Contains(word, run.Output, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("curve.svg", "<svg")]
    [InlineData("curve.html", "<!doctype html>")]
    [InlineData("curve.txt", "epoch")]
    public void Writes_the_kind_of_picture_that_the_file_s_name_asks_for(string name, string content)
    {
        using var folder = new TemporaryFolder();
        var run = CommandRun.Of("plot", "cosine", "--epochs", "10", "--out", folder.Path(name));
        Assert.Equal((ExitCode.Done, folder.Path(name) + "\n"), (run.ExitCode, run.Output));
        Assert.Contains(content, File.ReadAllText(folder.Path(name)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Draws_every_batch_of_a_curve_that_changes_at_every_batch()
    {
        var curve = CommandRun.Of("plot", "linear", "--eta-min", "0", "--per-batch", "--epochs", "2", "--batches", "4", "--json").Json()[0];
        Assert.Equal([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2], curve.GetProperty("epochs").EnumerateArray().Select(x => x.GetDouble()));
        Assert.Equal([1, 0.875, 0.75, 0.625, 0.5, 0.375, 0.25, 0.125, 0.125], curve.GetProperty("learningRates").EnumerateArray().Select(x => x.GetDouble()));
    }

    [Fact]
    public void Draws_a_resumed_run_on_top_of_the_uninterrupted_one_with_the_same_values()
    {
        var curves = CommandRun.Of("plot", "cosine", "--epochs", "10", "--batches", "2", "--per-batch", "--resume", "4", "--json").Json();
        Assert.Equal(["cosine", "cosine, resumed"], curves.EnumerateArray().Select(curve => curve.GetProperty("name").GetString()));
        var whole = curves[0].GetProperty("learningRates").EnumerateArray().Select(x => x.GetDouble());
        Assert.Equal(whole.Skip(8), curves[1].GetProperty("learningRates").EnumerateArray().Select(x => x.GetDouble()));
    }

    [Fact]
    public void Names_schedules_of_one_kind_apart() =>
        Assert.Equal(
            ["linear", "linear (2)"],
            CommandRun.Of("plot", """{"type":"linear","durationEpochs":5}""", """{"type":"linear","durationEpochs":9}""", "--json").Json().EnumerateArray().Select(curve => curve.GetProperty("name").GetString()));

    [Fact]
    public void Writes_nothing_when_one_of_the_names_is_no_picture()
    {
        using var folder = new TemporaryFolder();
        var refusal = Assert.Throws<InputException>(() => CommandRun.Of("plot", "cosine", "--out", folder.Path("a.svg"), folder.Path("b.gif")));
        Assert.EndsWith("b.gif: charts end in .svg, .html, .png, .txt.", refusal.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Path("a.svg")));
    }

    [Fact]
    public void Draws_a_library_s_schedule_alone_over_its_own_steps()
    {
        var curve = CommandRun.Of("plot", "hf.get_linear_schedule_with_warmup", """{"num_warmup_steps": 2, "num_training_steps": 6}""", "--base-lrs", "1", "--json").Json()[0];
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], curve.GetProperty("steps").EnumerateArray().Select(x => x.GetDouble()));
        Assert.Equal([0, 0.5, 1, 0.75, 0.5, 0.25, 0.25], curve.GetProperty("learningRates").EnumerateArray().Select(x => x.GetDouble()));
    }

    [Fact]
    public void Puts_a_library_s_steps_beside_schedules_in_epochs_where_it_is_said_how_many_an_epoch_has()
    {
        string[] words = ["plot", "constant", "hf.get_linear_schedule_with_warmup", """{"num_warmup_steps": 2, "num_training_steps": 6}""", "--base-lrs", "1"];
        var curve = CommandRun.Of([.. words, "--batches", "2", "--json"]).Json()[1];
        Assert.Equal([0, 0.5, 1, 1.5, 2, 2.5, 3], curve.GetProperty("epochs").EnumerateArray().Select(x => x.GetDouble()));
        Assert.Equal([0, 0.5, 1, 0.75, 0.5, 0.25, 0.25], curve.GetProperty("learningRates").EnumerateArray().Select(x => x.GetDouble()));
        var refusal = Assert.Throws<InputException>(() => CommandRun.Of(words));
        Assert.EndsWith("it must be known how many batches an epoch has: add --batches, or --step-is epoch.", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("epoch", 1.0)]
    [InlineData("batch", 0.5)]
    public void Counts_a_library_s_step_as_it_is_told(string unit, double epochsOfTheFirstDrop)
    {
        var run = CommandRun.Of("plot", "torch.StepLR", """{"step_size": 1}""", "--base-lrs", "1", "--step-is", unit, "--epochs", "2", "--batches", "2", "--json").Json()[0];
        var rates = run.GetProperty("learningRates").EnumerateArray().Select(x => x.GetDouble()).ToList();
        Assert.Equal(epochsOfTheFirstDrop, run.GetProperty("epochs")[rates.FindIndex(rate => rate < 1)].GetDouble());
    }

    [Fact]
    public void Says_that_a_name_cannot_follow_a_list_of_numbers()
    {
        var error = Assert.Single(CommandLine.Parse(["plot", "--steps", "30", "80", "cosine"]).Errors);
        Assert.Equal("--steps needs numbers; got 'cosine'. Put other arguments before --steps.", error.Message);
    }

    [Fact]
    public void Says_that_a_flag_after_a_list_of_numbers_is_unknown()
    {
        var run = CommandRun.OfProgram("plot", "--batches", "10", "--ouT", "p.svg");
        Assert.Equal((ExitCode.BadInput, "cawb: cawb plot takes no '--ouT'. Did you mean '--out'? See: cawb plot --help\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public void Numbers_may_be_separated_by_commas() =>
        Assert.Equal(CommandRun.Of("plot", "--steps", "30", "80", "--epochs", "100", "--json").Output, CommandRun.Of("plot", "--steps", "30,80", "--epochs", "100", "--json").Output);

    [Fact]
    public void Takes_boots_in_any_order() =>
        Assert.Equal(CommandRun.Of("plot", "--steps", "30", "80", "--epochs", "100", "--json").Output, CommandRun.Of("plot", "--steps", "80", "30", "--epochs", "100", "--json").Output);
}
