using System.Text.Json;

namespace Cawb.Tests.Plateaus;

public sealed class PlateauTests
{
    private static readonly TrainingPlan Plan = TrainingPlan.FromEpochs(100, batchesPerEpoch: 1);

    [Fact]
    public void Reduces_when_PyTorch_does()
    {
        var compared = 0;
        foreach (var found in GoldenCases.Of("torch.json").Where(found => GoldenCases.Id(found).StartsWith("torch.ReduceLROnPlateau.", StringComparison.Ordinal)))
        {
            var parameters = found.GetProperty("params");
            var metrics = parameters.GetProperty("metrics").EnumerateArray().Select(metric => metric.ValueKind == JsonValueKind.Number ? metric.GetDouble() : double.NaN).ToList();
            var rates = GoldenCases.Numbers(found, "base_lrs");
            var scheduler = new LearningRateScheduler(Plan, [.. rates.Select((_, group) => new PlateauSchedule(new ConstantSchedule(), Rule(parameters, group)))], rates);
            var expected = found.GetProperty("trace").GetProperty("lr").EnumerateArray().Select(GoldenCases.Numbers).ToList();
            for (var call = 0; call < expected[0].Length; call++)
            {
                if (call > 0)
                    scheduler.ReportMetric(metrics[call - 1]);
                for (var group = 0; group < rates.Length; group++)
                {
                    Assert.True(Math.Abs(expected[group][call] - scheduler.LearningRates[group]) <= 1e-12 * rates.Max(), $"{GoldenCases.Id(found)} call {call}");
                    compared++;
                }
            }
        }

        Assert.NotEqual(0, compared);
    }

    [Fact]
    public void Multiplies_whatever_the_schedule_gives()
    {
        var inner = new CosineSchedule(100);
        var scheduler = new LearningRateScheduler(Plan, new PlateauSchedule(inner, new PlateauRule(factor: 0.5, patience: 0)), 0.1);
        scheduler.ReportMetric(1);
        Assert.Equal(0.1, scheduler.LearningRates[0]);
        scheduler.ReportMetric(1);
        scheduler.MoveTo(40);
        Assert.Equal(inner.ValueAt(40, 0.1) * 0.5, scheduler.LearningRates[0]);
    }

    [Fact]
    public void Does_not_reduce_below_its_level_but_leaves_what_the_schedule_itself_gives_below_it()
    {
        var scheduler = new LearningRateScheduler(Plan, new PlateauSchedule(new LinearSchedule(100), new PlateauRule(factor: 0.01, patience: 0, min: Level.Factor(0.2))), 1);
        scheduler.ReportMetric(1);
        scheduler.ReportMetric(1);
        Assert.Equal(0.2, scheduler.LearningRates[0]);
        scheduler.MoveTo(95);
        Assert.Equal(0.05, scheduler.LearningRates[0], 15);
    }

    [Fact]
    public void Carries_its_state_into_a_fresh_scheduler_through_text()
    {
        var original = New();
        original.ReportMetric(5);
        original.ReportMetric(6);
        original.ReportMetric(7);
        var restored = New();
        restored.Restore(SchedulerState.FromJson(original.CaptureState().ToJson()));
        foreach (var metric in new[] { 8.0, 4, 4, 4, double.NaN, 4, 4 })
        {
            original.ReportMetric(metric);
            restored.ReportMetric(metric);
            Assert.Equal(original.LearningRates, restored.LearningRates);
            Assert.Equal(original.CaptureState(), restored.CaptureState());
        }

        Assert.True(original.LearningRates[0] < 0.1);

        static LearningRateScheduler New() => new(Plan, new PlateauSchedule(new ConstantSchedule(), new PlateauRule(factor: 0.5, patience: 1, cooldown: 1)), 0.1);
    }

    [Fact]
    public void Counts_an_improvement_of_a_negative_metric_the_right_way_round()
    {
        var rule = new PlateauRule(threshold: 0.1);
        Assert.True(rule.IsBetter(-1.2, best: -1));
        Assert.False(rule.IsBetter(-1.05, best: -1));
        Assert.False(rule.IsBetter(double.NaN, best: double.PositiveInfinity));
    }

    [Fact]
    public void Says_that_nobody_listens() =>
        Assert.Throws<InvalidOperationException>(() => new LearningRateScheduler(Plan, new ConstantSchedule(), 0.1).ReportMetric(1));

    private static PlateauRule Rule(JsonElement parameters, int group) => new(
        GoldenCases.Number(parameters, "factor", 0.1),
        (int)GoldenCases.Number(parameters, "patience", 10),
        parameters.TryGetProperty("mode", out var mode) && mode.GetString() == "max" ? MetricGoal.Maximize : MetricGoal.Minimize,
        GoldenCases.Number(parameters, "threshold", 1e-4),
        parameters.TryGetProperty("threshold_mode", out var kind) && kind.GetString() == "abs" ? ThresholdMode.Absolute : ThresholdMode.SignedRelative,
        (int)GoldenCases.Number(parameters, "cooldown", 0),
        Level.Absolute(parameters.TryGetProperty("min_lr", out var min) && min.ValueKind == JsonValueKind.Array ? min[group].GetDouble() : GoldenCases.Number(parameters, "min_lr", 0)),
        GoldenCases.Number(parameters, "eps", 1e-8));
}
