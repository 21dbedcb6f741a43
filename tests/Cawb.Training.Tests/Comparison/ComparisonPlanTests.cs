using System.Text.Json;
using Cawb.Reports.Files;
using Cawb.Tests;
using Cawb.Tests.Reference;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Options;

namespace Cawb.Training.Tests.Comparison;

public class ComparisonPlanTests
{
    internal const string Small = """
        {
          "name": "small",
          "data": "data/digits",
          "epochs": 20,
          "seeds": [0, 1, 2],
          "baseline": "cosine",
          "options": {"model": "n", "batchSize": 16},
          "arms": [
            {"name": "cosine", "schedule": {"type": "cosine", "durationEpochs": 20}},
            {"name": "CAWB", "schedule":
              {"type": "cawb", "epochs": 20, "bootEpochs": [5, 11], "annealing": {"type": "cosine"}},
             "options": {"batchSize": 32}}
          ]
        }
        """;

    [Fact]
    public void Reads_a_plan_and_writes_it_so_that_it_reads_the_same()
    {
        var plan = Read(Small);
        Assert.Equal(("small", "data/digits", 20, "cosine"), (plan.Name, plan.Data, plan.Epochs, plan.Baseline));
        Assert.Equal([0, 1, 2], plan.Seeds);
        Assert.Equal("""{"batchSize":32,"model":"n"}""", plan.RunOf(plan.Arm("CAWB"), 0, "folder").Options.ToString());
        Assert.Equal(plan.ToJson(), Read(plan.ToJson()).ToJson());
    }

    [Fact]
    public void Line_ends_of_Windows_change_nothing() =>
        Assert.Equal(Read(Small).ToJson(), Read(Small.ReplaceLineEndings("\r\n")).ToJson());

    [Fact]
    public void Reads_every_plan_that_comes_with_the_program()
    {
        var files = Directory.GetFiles(Path.Combine(ReferenceFolder.Repository, "plans"), "*.json");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var plan = ComparisonPlan.Read(file);
            Assert.Equal(plan.ToJson(), Read(plan.ToJson()).ToJson());
            var setup = new ImaginaryJob().Prepare(plan, plan.Arms);
            Assert.All(setup.Curves.Values, curve => Assert.True(curve.Schedule.EndEpochs <= plan.Epochs, curve.Name));
            _ = plan.WithEpochs(plan.Epochs == 20 ? 10 : 30);
        }
    }

    [Theory]
    [InlineData("\"epochs\": 20,\n", "\"epoch\": 20,\n", "line 4, column 12: A plan has no 'epoch'. Did you mean 'epochs'?")]
    [InlineData("\"epochs\": 20,\n", "\"epochs\": 0,\n", "line 4, column 13: 'epochs' must be a whole number from 1 to 100000; got 0.")]
    [InlineData("[0, 1, 2]", "[0, 1, 0]", "line 5, column 19: seed 0 is given twice; the same run again says nothing new. Remove one.")]
    [InlineData("[0, 1, 2]", "[0, 1.5]", "line 5, column 16: A seed must be a whole number")]
    [InlineData("[0, 1, 2]", "[]", "line 5, column 12: 'seeds' is empty")]
    [InlineData("\"baseline\": \"cosine\"", "\"baseline\": \"cosin\"", "line 6, column 15: 'baseline' names the arm 'cosin', which does not exist. Did you mean 'cosine'? The arms are: cosine, CAWB.")]
    [InlineData("\"name\": \"CAWB\"", "\"name\": \"Cosine\"", "line 10, column 5: the arm 'Cosine' has the name of another one, 'cosine'")]
    [InlineData("\"type\": \"cawb\"", "\"type\": \"cabw\"", "line 11, column 16: in the schedule of arm 'CAWB':")]
    [InlineData("\"type\": \"cawb\"", "\"type\": \"cabw\"", "\"cawb\"")]
    [InlineData("[5, 11]", "[5, 21]", "line 11, column")]
    [InlineData("{\"type\": \"cosine\", \"durationEpochs\": 20}", "\"cosine\"", "the schedule of arm 'cosine' must be an object in braces")]
    [InlineData("\"seeds\": [0, 1, 2],", "\"seeds\": [0, 1, 2]", "line 6, column 3: this is not JSON")]
    [InlineData("  \"name\": \"small\",\n", "", "line 1, column 1: A plan lacks 'name', which it must have.")]
    public void Points_at_the_fault(string from, string to, string complaint)
    {
        Assert.Contains(from, Small, StringComparison.Ordinal);
        var fault = Assert.Throws<FileException>(() => Read(Small.Replace(from, to, StringComparison.Ordinal)));
        Assert.Contains(complaint, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_that_there_is_no_such_plan() =>
        Assert.Contains("there is no such file", Assert.Throws<FileException>(() => ComparisonPlan.Read("/nowhere-at-all.json")).Message, StringComparison.Ordinal);

    [Fact]
    public void Moves_every_moment_of_every_schedule_with_the_length()
    {
        var plan = Read(Small).WithEpochs(10);
        Assert.Equal(10, plan.Epochs);
        Assert.Equal("""{"type":"cawb","epochs":10,"bootEpochs":[2,6],"annealing":{"type":"cosine"}}""", plan.Arm("CAWB").Schedule.CanonicalText);
        Assert.Equal("""{"type":"cosine","durationEpochs":10}""", plan.Arm("cosine").Schedule.CanonicalText);
    }

    /// <summary>Boots 5 and 11 of 20 are 0.5 and 1.1 of 2; rounded, both would lie at 1.</summary>
    [Fact]
    public void Gives_up_whole_epochs_where_a_schedule_would_not_fit_any_more()
    {
        var plan = Read(Small).WithEpochs(2);
        Assert.Equal("""{"type":"cawb","epochs":2,"bootEpochs":[0.5,1.1],"annealing":{"type":"cosine"}}""", plan.Arm("CAWB").Schedule.CanonicalText);
        Assert.Equal("""{"type":"cosine","durationEpochs":2}""", plan.Arm("cosine").Schedule.CanonicalText);
    }

    /// <summary>3 + 147 of 150 would be 1 + 8 of 8.</summary>
    [Fact]
    public void Does_not_round_a_schedule_beyond_the_end_of_the_run()
    {
        const string Schedule = """{"type": "warmup", "warmupEpochs": 3, "schedule": {"type": "cosine", "durationEpochs": 147}}""";
        var plan = Read(Small.Replace("20", "150", StringComparison.Ordinal).Replace("""{"type": "cosine", "durationEpochs": 150}""", Schedule, StringComparison.Ordinal)).WithEpochs(8);
        Assert.Equal(8, plan.Arm("cosine").Schedule.EndEpochs, 1e-12);
        Assert.Equal(0.16, plan.Arm("cosine").Schedule.Events(8).First().Epochs, 1e-12);
    }

    [Fact]
    public void Lays_options_over_those_of_the_plan_and_objects_inside_them_alike()
    {
        var plan = Read(Small.Replace("\"options\": {\"model\": \"n\", \"batchSize\": 16}", "\"options\": {\"model\": \"n\", \"hyperParameters\": {\"lr0\": 0.1, \"box\": 0.2}}", StringComparison.Ordinal))
            .WithOptions(OptionValues.None.With(Row("threads"), JsonSerializer.SerializeToElement(1)).With(Row("hyperParameters"), JsonSerializer.SerializeToElement(new { box = 0.3 })));
        var run = plan.RunOf(plan.Arm("CAWB"), 0, "folder");
        Assert.Equal("""{"batchSize":32,"hyperParameters":{"lr0":0.1,"box":0.3},"model":"n","threads":1}""", run.Options.ToString());
        Assert.Equal((0.1, 0.3, new HyperParameters().Momentum), (run.TrainOptions.HyperParameters.LearningRate, run.TrainOptions.HyperParameters.Box, run.TrainOptions.HyperParameters.Momentum));
    }

    [Fact]
    public void Points_at_every_option_that_cannot_be_at_once()
    {
        var text = Small.Replace("\"batchSize\": 16", "\"batchSize\": 0, \"imagesize\": 96", StringComparison.Ordinal).Replace("\"batchSize\": 32", "\"threads\": \"two\", \"seed\": 3", StringComparison.Ordinal);
        var message = Assert.Throws<FileException>(() => Read(text)).Message;
        Assert.Contains("'batchSize' must be a whole number from 1 to 4096; got 0.", message, StringComparison.Ordinal);
        Assert.Contains("there is no option 'imagesize'. Did you mean 'imageSize'?", message, StringComparison.Ordinal);
        Assert.Contains("line 12, column 29: 'threads' must be a whole number from 1 to 1024; got 'two'.", message, StringComparison.Ordinal);
        Assert.Contains("'seed' is no option of an arm", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Offers_the_nearest_name_for_an_unknown_arm() =>
        Assert.Contains("There is no arm 'CABW'. Did you mean 'CAWB'?", Assert.Throws<ArgumentException>(() => Read(Small).WithArms(["cosine", "CABW"])).Message, StringComparison.Ordinal);

    private static TrainOption Row(string key) => TrainOption.Find(key)!;

    internal static ComparisonPlan Read(string json)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.Of("plan.json"), json);
        return ComparisonPlan.Read(folder.Of("plan.json"));
    }
}
