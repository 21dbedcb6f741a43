using Cawb.Types;

namespace Cawb.Cli.Tests;

public sealed class SchedulesCommandTests
{
    public static TheoryData<string> Types => [.. ScheduleType.All.Select(type => type.Name)];

    [Fact]
    public void Lists_every_type_and_every_library()
    {
        var run = CommandRun.Of("schedules");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(["type", .. ScheduleType.All.Select(type => type.Name)], run.Lines().TakeWhile(line => line.Length > 0).Select(line => line.Split(' ')[0]));
        Assert.Contains("torch", run.Lines()[^1], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Shows_each_type_with_all_its_parameters_a_picture_and_an_example_that_is_one(string name)
    {
        var run = CommandRun.Of("schedules", name);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        foreach (var field in ScheduleType.Find(name)?.Fields ?? [])
            Assert.Contains(run.Lines(), line => line.StartsWith(field.Name, StringComparison.Ordinal) && line.Contains(field.Summary, StringComparison.Ordinal));
        Assert.Contains(run.Lines(), line => line.Contains('┤', StringComparison.Ordinal));
        var example = Assert.Single(run.Lines(), line => line.StartsWith('{'));
        Assert.StartsWith($$"""{"type":"{{name}}" """.TrimEnd(), ScheduleText.Parse(example).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void The_command_line_that_it_gives_draws_the_schedule_of_its_example(string name)
    {
        var line = CommandRun.Of("schedules", name).Lines()[^1];
        var words = ShellWords.Split(line[line.LastIndexOf("cawb plot ", StringComparison.Ordinal)..]);
        var drawn = CommandRun.Of([.. words, "--epochs", "100", "--batches", "4", "--json"]);
        var pasted = CommandRun.Of("plot", ScheduleType.Find(name)?.Example ?? "", "--epochs", "100", "--batches", "4", "--json");
        Assert.Equal((ExitCode.Done, pasted.Output), (drawn.ExitCode, drawn.Output));
    }

    [Fact]
    public void Gives_names_ranges_and_defaults_to_programs()
    {
        var type = CommandRun.Of("schedules", "cosine", "--json").Json();
        var end = Assert.Single(type.GetProperty("parameters").EnumerateArray(), parameter => parameter.GetProperty("name").GetString() == "end");
        Assert.Equal((false, 0), (end.GetProperty("required").GetBoolean(), end.GetProperty("default").GetInt32()));
    }

    [Fact]
    public void Shows_the_functions_of_a_library_and_the_parameters_of_one()
    {
        Assert.Contains("torch.OneCycleLR", CommandRun.Of("schedules", "torch").Lines());
        Assert.Contains("T_max", CommandRun.Of("schedules", "torch.CosineAnnealingLR").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_an_unknown_name_with_the_nearest_one()
    {
        var run = CommandRun.OfProgram("schedules", "onecycle");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("Did you mean 'oneCycle'?", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("multiStep:milestoneEpochs=3,6,factor=0.5")]
    [InlineData("multiStep", "milestoneEpochs=3,6", "factor=0.5")]
    [InlineData("multiStep:milestoneEpochs=[3,6],factor=0.5")]
    [InlineData("""{"type": "multiStep", "milestoneEpochs": [3, 6], "factor": 0.5}""")]
    [InlineData("torch.MultiStepLR", "milestones=3,6", "gamma=0.5", "--base-lrs", "1", "--step-is", "epoch")]
    [InlineData("torch.MultiStepLR:milestones=3,6,gamma=0.5", "--base-lrs", "1", "--step-is", "epoch")]
    public void A_schedule_is_typed_by_name_with_its_parameters_in_one_word_or_several(params string[] words)
    {
        var run = CommandRun.Of(["table", .. words, "--epochs", "8", "--at", "0", "3", "6", "--format", "csv"]);
        Assert.Equal(["epoch,learningRate", "0,1", "3,0.5", "6,0.25"], run.Lines());
    }

    [Theory]
    [InlineData("cosine:duration=10", "cosine has no parameter 'duration'.")]
    [InlineData("cosine:durationEpochs=10,durationEpochs=11", "cosine: 'durationEpochs' is given twice.")]
    [InlineData("oneCycle:totalEpochs=10", "needs the key \"riseEpochs\"")]
    [InlineData("cosine:durationEpochs=ten", "Expected a number for \"durationEpochs\"")]
    [InlineData("onecycle:totalEpochs=10", "Did you mean 'oneCycle'?")]
    public void A_fault_in_what_was_typed_says_what_the_schedule_takes(string word, string said)
    {
        var run = CommandRun.OfProgram("table", word);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains(said, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--steps", "plot", "cosine", "--steps", "4")]
    [InlineData("--lf", "plot", "linear", "--lf", "1 - x / y")]
    [InlineData("--warmup-epoch", "plot", """{"type": "constant"}""", "--warmup-epoch", "5")]
    [InlineData("--per-batch", "plot", "constant", "--per-batch")]
    [InlineData("--eta-min", "plot", "cawb", "--lf", "1 - x / y", "--eta-min", "0.1")]
    [InlineData("--step-scale", "plot", "cawb", "--step-scale", "0.5")]
    [InlineData("--step-is", "plot", "cosine", "--step-is", "batch")]
    [InlineData("--width", "plot", "cosine", "--width", "500")]
    [InlineData("--log", "plot", "cosine", "--log", "--json")]
    [InlineData("--format", "table", "cosine", "--format", "csv", "--json")]
    [InlineData("--highest-rate", "lint", "cosine", "--highest-rate", "0.1")]
    [InlineData("base rates", "explain", "cosine", "--base-lrs", "0.1", "0.2")]
    [InlineData("base rates", "diff", "cosine", "linear", "--base-lrs", "0.1", "0.2")]
    public void A_flag_without_effect_is_an_error_that_names_it(string named, params string[] words)
    {
        var run = CommandRun.OfProgram(words);
        Assert.Equal((ExitCode.BadInput, ""), (run.ExitCode, run.Output));
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_flag_that_one_of_several_schedules_uses_is_none_of_those() =>
        Assert.Equal(ExitCode.Done, CommandRun.Of("plot", "cosine", "cawb", "--steps", "30", "60", "--epochs", "100").ExitCode);
}
