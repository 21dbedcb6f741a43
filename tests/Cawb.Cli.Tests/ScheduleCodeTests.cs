using System.Globalization;
using Cawb.Detection.Natives;
using Cawb.Tests.Compilation;
using Cawb.TorchSharp;
using Cawb.Types;
using TorchSharp;
using TorchSharp.Modules;

namespace Cawb.Cli.Tests;

public sealed class ScheduleCodeTests
{
    private static readonly string[] Run = ["--epochs", "104", "--batches", "3", "--base-lrs", "0.1", "0.01"];

    [Fact]
    public void An_optimizer_of_TorchSharp_that_runs_the_code_has_the_rates_of_the_table_for_every_type()
    {
        NativeLibraries.Prepare();
        string[] texts = [.. ScheduleType.All.Select(type => type.Example)];
        var methods = CompiledCode.Methods([.. texts.Select(text => Convert(text, "torchsharp", Run))], "TorchSharp.torch.optim.Optimizer optimizer", "scheduler");
        foreach (var (text, method) in texts.Zip(methods))
        {
            using var optimizer = new SGD(((double[])[0.1, 0.01]).Select(rate => new SGD.ParamGroup([], new SGD.Options { LearningRate = rate })), 0.1);
            var scheduler = Assert.IsType<ScheduledOptimizer>(method.Invoke(null, [optimizer]));
            var rows = CommandRun.Of(["table", text, .. Run, "--format", "csv"]).Lines().Skip(1).Select(Numbers).ToList();
            var tolerance = 1e-12 * rows.Max(row => row[1..].Max());
            foreach (var row in rows)
            {
                Assert.Equal(row[1..], Rates(optimizer), (expected, found) => Math.Abs(found - expected) <= tolerance);
                scheduler.step();
            }

            Assert.True(scheduler.IsFinished);
        }
    }

    [Fact]
    public void The_code_in_C_sharp_is_a_program_and_its_scheduler_has_the_rates_of_the_table_for_every_type()
    {
        string[] texts = [.. ScheduleType.All.Select(type => type.Example)];
        string[] codes = [.. texts.Select(text => Convert(text, "csharp", Run))];
        Assert.Empty(CompiledCode.Complaints(codes[0]));
        foreach (var (text, method) in texts.Zip(CompiledCode.Methods(codes, "", "scheduler")))
        {
            var scheduler = Assert.IsType<LearningRateScheduler>(method.Invoke(null, []));
            var rows = CommandRun.Of(["table", text, .. Run, "--format", "csv"]).Lines().Skip(1).Select(Numbers).ToList();
            var tolerance = 1e-12 * rows.Max(row => row[1..].Max());
            foreach (var row in rows)
            {
                Assert.Equal(row[1..], scheduler.LearningRates.ToArray(), (expected, found) => Math.Abs(found - expected) <= tolerance);
                scheduler.Step();
            }
        }
    }

    [Fact]
    public void Another_library_s_schedule_becomes_code_in_its_own_steps_and_says_what_it_does_at_boundaries()
    {
        var run = CommandRun.Of("convert", "torch.StepLR", "step_size=30", "--base-lrs", "0.1", "--to", "python");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Contains("def learning_rate(step, base_lr=0.1):", run.Output, StringComparison.Ordinal);
        Assert.Contains("step_decay(step, interval_epochs=30, factor=0.1)", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("torch.StepLR: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_was_typed_is_filled_in()
    {
        Assert.EndsWith("optimizer.Follow(schedule, TrainingPlan.FromEpochs(epochs, batchesPerEpoch));\n", Convert("rex durationEpochs=9", "torchsharp"), StringComparison.Ordinal);
        Assert.EndsWith("optimizer.Follow(schedule, TrainingPlan.FromEpochs(epochs, batchesPerEpoch: 7));\n", Convert("rex durationEpochs=9", "torchsharp", "--batches", "7"), StringComparison.Ordinal);
        Assert.EndsWith("var schedule = new RexSchedule(durationEpochs: 9);\n", Convert("rex durationEpochs=9", "csharp"), StringComparison.Ordinal);
        Assert.EndsWith("var plan = TrainingPlan.FromEpochs(epochs: 9, batchesPerEpoch: 7);\n", Convert("rex durationEpochs=9", "csharp", "--batches", "7"), StringComparison.Ordinal);
        Assert.Contains("def learning_rate(epoch, base_lr=1.0):", Convert("rex durationEpochs=9", "python"), StringComparison.Ordinal);
        Assert.Contains("t = step / 7\n", Convert("rex durationEpochs=9", "python", "--batches", "7"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_language_or_with_json_it_is_the_JSON() =>
        Assert.Equal(CommandRun.Of("convert", "rex", "durationEpochs=9").Output, CommandRun.Of("convert", "rex", "durationEpochs=9", "--to", "json").Output);

    [Theory]
    [InlineData("--to java", "--to needs csharp, json, python or torchsharp; got 'java'.")]
    [InlineData("--to python --json", "--json has no effect here: with --to the output is code. Leave it out.")]
    [InlineData("--to python --base-lrs 0", "--base-lrs: a base learning rate must be a finite number above 0; got 0.")]
    [InlineData("--to csharp --batches 7", "does not say how long the run is")]
    public void Refuses_what_it_cannot_write_with_one_paragraph_and_exit_code_2(string flags, string message)
    {
        var run = CommandRun.OfProgram(["convert", "exponential:factor=0.9", .. flags.Split(' ')]);
        Assert.Equal((ExitCode.BadInput, ""), (run.ExitCode, run.Output));
        Assert.Contains(message, Assert.Single(run.Error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static string Convert(string schedule, string language, params string[] flags)
    {
        var run = CommandRun.Of(["convert", .. schedule.StartsWith('{') ? [schedule] : schedule.Split(' '), "--to", language, .. flags]);
        Assert.Equal((ExitCode.Done, ""), (run.ExitCode, run.Error));
        return run.Output;
    }

    private static double[] Numbers(string row) => [.. row.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];

    private static double[] Rates(torch.optim.Optimizer optimizer) => [.. optimizer.ParamGroups.Select(group => group.LearningRate)];
}
