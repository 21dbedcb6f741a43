using System.Text.Json;
using Cawb.Tests.Reference;
using Cawb.Yolov5;

namespace Cawb.Tests.Yolov5;

/// <summary>The warm-up and decay of YOLOv5 against its recorded numbers.</summary>
public sealed class Yolov5RecipeTests
{
    private const double Tolerance = 1e-10;

    [Fact]
    public void Gives_the_recorded_factors()
    {
        using var document = Document();
        var epochs = document.RootElement.GetProperty("factor_epochs").GetInt32();
        var rows = document.RootElement.GetProperty("factors").EnumerateArray().ToList();
        Assert.NotEmpty(rows);
        foreach (var row in rows.Where(row => row.GetProperty("epoch").GetInt32() < epochs - 1))
        {
            // Without a warm-up, epoch e + 1 trains with f(e).
            var next = row.GetProperty("epoch").GetInt32() + 1;
            Close(row, "cos", new Yolov5Schedule(epochs, 0, finalFactor: 0.01, curve: Yolov5Curve.Cosine).ValueAt(next, 1));
            Close(row, "linear", new Yolov5Schedule(epochs, 0, finalFactor: 0.01).ValueAt(next, 1));
            Close(row, "cos_lrf_0_2", new Yolov5Schedule(epochs, 0, finalFactor: 0.2, curve: Yolov5Curve.Cosine).ValueAt(next, 1));
        }
    }

    [Fact]
    public void Gives_every_recorded_iteration()
    {
        using var document = Document();
        var runs = document.RootElement.GetProperty("runs").EnumerateArray().ToList();
        Assert.NotEmpty(runs);
        foreach (var run in runs)
        {
            var batches = run.GetProperty("batches_per_epoch").GetInt32();
            var plan = TrainingPlan.FromEpochs(run.GetProperty("epochs").GetInt32(), batches);
            var recipe = new Yolov5Recipe(
                plan,
                run.GetProperty("lrf").GetDouble(),
                run.GetProperty("cosine").GetBoolean() ? Yolov5Curve.Cosine : Yolov5Curve.Linear,
                run.GetProperty("warmup_epochs").GetDouble(),
                run.GetProperty("warmup_floor").GetInt32(),
                64.0 / run.GetProperty("batch").GetInt32());
            Assert.Equal(run.GetProperty("warmup_iterations").GetInt64(), recipe.WarmupBatches);
            var rate = run.GetProperty("lr0").GetDouble();
            var scheduler = new LearningRateScheduler(plan, [recipe.BiasLearningRate, recipe.LearningRate], [rate, rate]);
            var momentumBase = run.GetProperty("momentum").GetDouble();
            var momentum = scheduler.AddParameter("momentum", recipe.Momentum, momentumBase, momentumBase);
            foreach (var row in run.GetProperty("rows").EnumerateArray())
            {
                scheduler.MoveTo(row.GetProperty("iteration").GetInt64());
                Close(row, "lr_bias", scheduler.LearningRates[0]);
                Close(row, "lr_other", scheduler.LearningRates[1]);
                Close(row, "momentum", momentum.Values[0]);
                Assert.Equal(row.GetProperty("accumulate").GetInt32(), recipe.AccumulationAt(scheduler.Position));
            }
        }
    }

    private static JsonDocument Document() => JsonDocument.Parse(File.ReadAllText(ReferenceFolder.Of("yolov5", "schedule.json")));

    private static void Close(JsonElement row, string name, double actual)
    {
        var expected = row.GetProperty(name).GetDouble();
        Assert.True(Math.Abs(expected - actual) <= Tolerance * Math.Max(1, Math.Abs(expected)), $"{name} in {row}: expected {expected:R}, got {actual:R}");
    }
}
