using System.Text.Json.Nodes;
using Cawb.Cli.Tests.Training;
using Cawb.Training.Comparison.Plans;

namespace Cawb.Cli.Tests.Comparison;

/// <summary>docs/plans.md: its commands, on plans of a folder of the test's own, trained on nine images.</summary>
public sealed class PlanPageTests : IDisposable
{
    private readonly SmallTraining training = new();

    public void Dispose() => training.Dispose();

    [Fact]
    public void Every_command_of_the_page_runs() => Assert.All(PageCommands.Of("docs/plans.md"), words =>
    {
        string[] small = words is ["compare", "mine.json"]
            ? ["--data", training.Data.Folder, "--epochs", "1", "--seeds", "1", "--image-size", "64", "--batch-size", "3", "--out", training.Run("mine")]
            : [];
        var run = CommandRun.OfProgram([.. words.Select(word => word is "mine.json" or "cars.json" or "mine.html" or "runs/mine" ? Path.Combine(training.Runs, Path.GetFileName(word)) : word), .. small]);
        Assert.True(run.ExitCode == 0, $"cawb {string.Join(' ', words)} ended with {run.ExitCode}: {run.Error}");
        Assert.NotEmpty(run.Output);
    });

    [Fact]
    public void A_plan_to_start_from_takes_the_flags_and_replaces_nothing()
    {
        var path = training.Run("cars.json");
        var run = CommandRun.OfProgram("compare", "--init", path, "--data", "cars.yaml", "--epochs", "50", "--seeds", "7", "--model", "s");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.StartsWith($"{path}: 2 arms x 7 seeds = 14 runs of 50 epochs on cars.yaml.", run.Output, StringComparison.Ordinal);
        var plan = ComparisonPlan.Read(path);
        Assert.Equal(("cars", "cars.yaml", 50, "YOLOv5 linear"), (plan.Name, plan.Data, plan.Epochs, plan.Baseline));
        Assert.Equal("""{"batchSize":16,"imageSize":640,"model":"s","warmup":"yolov5"}""", plan.Options.ToString());
        Assert.Equal("""{"type":"cawb","epochs":50,"bootEpochs":[10,28],"annealing":{"type":"cosine","scale":0.65,"offset":0.35},"stepScale":0.7,"epochScale":4}""", plan.Arm("CAWB").Schedule.CanonicalText);
        Assert.EndsWith("docs/plan.schema.json", (string?)JsonNode.Parse(File.ReadAllText(path))?["$schema"], StringComparison.Ordinal);

        var before = File.ReadAllText(path);
        Refusal.Says(Refusal.Of("compare", "--init", path), path, "is there already");
        Assert.Equal(before, File.ReadAllText(path));
    }

    [Theory]
    [InlineData("--init new.json --jobs 2", "--jobs has no effect here: --init writes a plan and trains nothing.")]
    [InlineData("plans/demo.json --init", "--init writes a new plan, and plans/demo.json is another one.")]
    [InlineData("--report", "Name a plan, such as plans/demo.json, or write one with --init")]
    [InlineData("plans/demo.json --report --strict", "--strict has no effect here: --report trains nothing.")]
    public void What_has_no_effect_is_refused(string words, string complaint) => Refusal.Says(Refusal.Of(["compare", .. words.Split(' ')]), complaint);
}
