namespace Cawb.Cli.Tests;

public sealed class ConvertCommandTests
{
    private const string Linear = """{"num_warmup_steps": 500, "num_training_steps": 6250}""";

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
    public void Writes_another_library_s_schedule_as_ours_for_a_run()
    {
        var run = CommandRun.Of("convert", "torch.CosineAnnealingWarmRestarts", """{"T_0": 10, "T_mult": 2}""", "--base-lrs", "0.1", "--epochs", "150");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        var schedule = Assert.IsType<CosineRestartsSchedule>(ScheduleText.Parse(run.Output));
        Assert.Equal([10, 30, 70], schedule.Cycles.RestartEpochs);
        // SGDR restarts at 10 and at 10 + 20, and is halfway down in the middle of a cycle.
        Assert.Equal([0.1, 0.05, 0.1, 0.05, 0.1], ((double[])[0, 5, 10, 20, 30]).Select(epochs => Math.Round(schedule.ValueAt(epochs, 0.1), 12)));
        Assert.StartsWith("torch.CosineAnnealingWarmRestarts: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("Time in the JSON is counted in the library's own steps", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Writes_a_schedule_that_is_stepped_after_every_batch_in_epochs()
    {
        string[] words = ["hf.get_linear_schedule_with_warmup", Linear, "--base-lrs", "5e-5", "--epochs", "10", "--batches", "625"];
        foreach (var flags in (string[][])[[], ["--step-is", "batch"]])
        {
            var run = CommandRun.Of(["convert", .. words, .. flags]);
            Assert.Equal("""{"type":"warmup","warmupEpochs":0.8,"schedule":{"type":"linear","durationEpochs":9.2}}""", ScheduleText.Parse(run.Output).CanonicalText);
            Assert.DoesNotContain("own steps", run.Error, StringComparison.Ordinal);
        }
        using var folder = new TemporaryFolder();
        var file = folder.Write("s.json", CommandRun.Of(["convert", .. words]).Output);
        string[] moments = ["--at", "0.8", "5.4", "10"];
        Assert.Equal(
            CommandRun.Of(["table", .. words, .. moments]).Lines().Skip(1),
            CommandRun.Of(["table", file, .. words[2..], .. moments]).Lines().Skip(1));
    }

    [Fact]
    public void A_run_that_the_arguments_name_needs_no_flag()
    {
        var run = CommandRun.Of("convert", "hf.get_linear_schedule_with_warmup", Linear, "--base-lrs", "5e-5");
        Assert.Equal("""{"type":"warmup","warmupEpochs":500,"schedule":{"type":"linear","durationEpochs":5750}}""", ScheduleText.Parse(run.Output).CanonicalText);
    }

    [Fact]
    public void Writes_one_cycle_with_its_momentum()
    {
        string[] words = ["convert", "torch.OneCycleLR", """{"max_lr": 0.1, "epochs": 10, "steps_per_epoch": 100}""", "--base-lrs", "0.1", "--epochs", "10", "--batches", "100"];
        var json = CommandRun.Of([.. words, "--json"]).Json();
        Assert.Equal((9.99, 2.99), (json.GetProperty("schedules")[0].GetProperty("totalEpochs").GetDouble(), json.GetProperty("schedules")[0].GetProperty("riseEpochs").GetDouble()));
        Assert.Equal(0.85, json.GetProperty("momenta")[0].GetProperty("peak").GetProperty("absolute").GetDouble());
        Assert.Contains("It drives momentum too", CommandRun.Of(words).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_s_step_that_is_an_epoch_holds_for_its_batches()
    {
        var run = CommandRun.Of("convert", "torch.CosineAnnealingLR", """{"T_max": 50}""", "--base-lrs", "0.1", "--epochs", "50", "--batches", "100");
        Assert.Equal("""{"type":"holdPerEpoch","schedule":{"type":"cosine","durationEpochs":50,"end":{"absolute":0}}}""", ScheduleText.Parse(run.Output).CanonicalText);
    }

    [Fact]
    public void Iterations_and_epochs_in_one_list_come_out_right_with_epochs_and_batches()
    {
        const string list = """
            {"schedulers": [
              {"type": "LinearLR", "start_factor": 0.001, "by_epoch": false, "begin": 0, "end": 500},
              {"type": "MultiStepLR", "by_epoch": true, "begin": 0, "end": 12, "milestones": [8, 11], "gamma": 0.1}]}
            """;
        string[] words = ["--from", "mmengine.combined", list, "--base-lrs", "0.02", "--epochs", "12"];
        var rows = CommandRun.Of(["table", .. words, "--batches", "7330", "--at", "0", "0.034", "0.069", "1", "8", "11"]).Lines().Skip(1);
        Assert.Equal(["2e-05", "0.00999879", "0.02", "0.02", "0.002", "0.0002"], rows.Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]));
        var refusal = CommandRun.OfProgram(["table", .. words]);
        Assert.Equal(ExitCode.BadInput, refusal.ExitCode);
        Assert.Contains("counts iterations (by_epoch false) as well as epochs", refusal.Error, StringComparison.Ordinal);
        Assert.Contains("--batches", refusal.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("convert torch.CosineAnnealingWarmRestarts '{\"T_0\": 10, \"T_mult\": 2}' --base-lrs 0.1", "growing cycles, which our cosineRestarts schedule has for a run of known length. Say how long the run is: --epochs 100")]
    [InlineData("convert fvcore.LinearParamScheduler '{\"start_value\": 1, \"end_value\": 0}'", "counts fractions of the run, whose length must be known: add --epochs.")]
    [InlineData("convert torch.StepLR '{\"step_size\": 5}' --base-lrs 0.1 --step-is batch", "--step-is has no effect without --batches")]
    [InlineData("convert timm.StepLRScheduler '{\"decay_t\": 5, \"t_in_epochs\": true}' --base-lrs 0.1 --batches 10 --step-is batch", "what a step is follows from the function and its arguments (Step)")]
    [InlineData("convert cosine --epochs 10 --batches 3", "--batches has no effect here: it belongs to schedules of other libraries. Leave it out.")]
    [InlineData("convert '{\"type\": \"constant\"}' --epochs 10", "--epochs has no effect here: it belongs to schedules of other libraries, or to a schedule that flags describe. Leave it out.")]
    [InlineData("convert yolov5.cos_lr '{\"epochs\": 3, \"nb\": 9, \"hyp\": {\"lr0\": 0.01, \"lrf\": 0.1, \"momentum\": 0.9, \"warmup_epochs\": 3, \"warmup_momentum\": 0.8, \"warmup_bias_lr\": 0.1}}' --batches 3", "--batches has no effect here: yolov5.cos_lr takes epochs and nb")]
    [InlineData("convert optax.constant_schedule '{\"value\": 0.1}' --base-lrs 0.2", "--base-lrs has no effect here: the values of optax.constant_schedule are rates themselves.")]
    [InlineData("plot cosine --step-is batch", "--step-is has no effect here")]
    public void Refuses_a_run_that_is_missing_and_a_flag_without_effect(string line, string problem)
    {
        var run = CommandRun.OfProgram(ShellWords.Split($"cawb {line}"));
        Assert.Equal((ExitCode.BadInput, ""), (run.ExitCode, run.Output));
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hf.get_greedy_schedule", "{}", "hf.get_greedy_schedule raises the rate as well when a metric gets better, which none of ours does; nearest is our plateau schedule.")]
    [InlineData("torch.CyclicLR", """{"base_lr": 0.1, "max_lr": 1, "step_size_up": 50, "scale_fn": "1 / (1 + 0.1 * e)"}""", "torch.CyclicLR scales its cycles by a function, or lets them grow; nearest is our cyclic schedule")]
    public void Says_why_there_is_no_such_schedule_of_ours_and_what_comes_nearest(string name, string arguments, string reason)
    {
        var run = CommandRun.Of("convert", name, arguments, "--base-lrs", "0.1", "--epochs", "20", "--batches", "100");
        Assert.Equal((ExitCode.Failed, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"cawb: {reason}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_the_functions_of_other_libraries_with_their_parameters()
    {
        var lines = CommandRun.Of("convert", "--list").Lines();
        Assert.Contains(lines, line => line.StartsWith("torch.StepLR(step_size", StringComparison.Ordinal));
    }
}
