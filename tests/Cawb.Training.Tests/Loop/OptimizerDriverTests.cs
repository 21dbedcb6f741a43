using System.Text.Json;
using Cawb.Detection.Model;
using Cawb.Detection.Tests;
using Cawb.Training.Loop;
using Cawb.Training.Options;
using Cawb.Yolov5;
using TorchSharp.Modules;

namespace Cawb.Training.Tests.Loop;

public sealed class OptimizerDriverTests
{
    private const int BatchesPerEpoch = 40;

    private static readonly HyperParameters Hyper = new() { WarmupEpochs = 2, WarmupMinBatches = 0 };

    [Fact]
    public void Every_recorded_iteration_of_the_release_has_its_rates_momentum_accumulation_and_steps()
    {
        foreach (var run in ReferenceFile.All("schedule.json").SelectMany(file => file.Items("runs")))
        {
            var driver = new OptimizerDriver(Options(run), Released(run), run.Integer("batches_per_epoch"), Groups());
            Assert.Equal(run.Integer("warmup_iterations"), driver.WarmupBatches);
            Digest.Near(run.Number("weight_decay_after_scaling"), driver.WeightDecay, 1e-10, "weight decay");
            driver.MoveTo((long)run.Integer("start_epoch") * run.Integer("batches_per_epoch"));
            var rows = run.Items("rows").ToDictionary(row => row.GetProperty("iteration").GetInt64());
            var steps = 0;
            for (var found = 0; driver.Position < driver.Plan.TotalBatches; driver.MoveOn(driver.IsStepDue))
            {
                steps += driver.IsStepDue ? 1 : 0;
                if (rows.TryGetValue(driver.Position, out var row))
                {
                    found++;
                    Check(row, driver);
                }

                Assert.True(driver.Position + 1 < driver.Plan.TotalBatches || found == rows.Count, "Some recorded iterations lie outside the run.");
            }

            Assert.Equal(run.Integer("optimizer_steps"), steps);
        }
    }

    [Fact]
    public void The_release_s_warm_up_lies_over_the_front_of_any_schedule()
    {
        var driver = Driver(new CosineSchedule(10), WarmupSource.Yolov5);
        for (; driver.Position < driver.Plan.TotalBatches; driver.MoveOn(driver.IsStepDue))
        {
            var epochs = (double)driver.Position / BatchesPerEpoch;
            var cosine = 0.01 * (1 + Math.Cos(Math.PI * epochs / 10)) / 2;
            var share = Math.Min(1, epochs / 2);
            Assert.Equal(cosine * share, driver.LearningRate, 1e-12);
            Assert.Equal((cosine * share) + (0.1 * (1 - share)), driver.BiasLearningRate, 1e-12);
            Assert.Equal(0.8 + (0.137 * share), driver.Momentum, 1e-12);
            Assert.Equal(Math.Max(1, (int)Math.Round(1 + (3 * share), MidpointRounding.ToEven)), driver.Accumulation);
        }
    }

    [Fact]
    public void A_schedule_that_warms_up_itself_is_what_every_group_trains_with()
    {
        var schedule = new WarmupSchedule(new ConstantSchedule(), 1);
        var driver = Driver(schedule, WarmupSource.Schedule);
        for (; driver.Position < driver.Plan.TotalBatches; driver.MoveOn(driver.IsStepDue))
        {
            Assert.Equal(schedule.ValueAt((double)driver.Position / BatchesPerEpoch, 0.01), driver.LearningRate);
            Assert.Equal(driver.LearningRate, driver.BiasLearningRate);
            Assert.Equal(0.937, driver.Momentum);
            Assert.Equal((driver.Position + 1) % 4 == 0, driver.IsStepDue);
        }
    }

    [Fact]
    public void Momentum_and_weight_decay_follow_schedules_of_their_own()
    {
        var momentum = new LinearSchedule(5, Level.Absolute(0.5), Level.Base);
        var decay = new CosineSchedule(10);
        using var model = new YoloModel(ModelSize.N, 3, AnchorSet.Coco);
        using var parameters = new ParameterGroups(model);
        var driver = new OptimizerDriver(
            Options(WarmupSource.Yolov5) with { MomentumSchedule = momentum, WeightDecaySchedule = decay }, new CosineSchedule(10), BatchesPerEpoch, parameters.Optimizer);
        driver.MoveTo(100);
        Assert.Equal(momentum.ValueAt(2.5, 0.937), driver.Momentum);
        Assert.Equal(decay.ValueAt(2.5, 0.0005), driver.WeightDecay, 1e-18);
        Assert.Equal([driver.BiasLearningRate, driver.LearningRate, driver.LearningRate], parameters.Groups.Select(group => group.LearningRate));
        Assert.All(parameters.Groups.Cast<SGD.ParamGroup>(), group => Assert.Equal(driver.Momentum, group.Momentum));
        Assert.Equal([0, driver.WeightDecay, 0], parameters.Groups.Select(group => ((SGD.Options)group.Options).weight_decay.GetValueOrDefault()));
    }

    [Fact]
    public void A_plateau_is_reduced_when_ap_no_longer_rises()
    {
        var driver = Driver(new PlateauSchedule(new ConstantSchedule(), new PlateauRule(factor: 0.5, patience: 0, goal: MetricGoal.Maximize)), WarmupSource.Yolov5);
        driver.MoveTo(10 * BatchesPerEpoch - 1);
        driver.Report(0.3);
        Assert.Equal(0.01, driver.LearningRate, 1e-15);
        driver.Report(0.3);
        Assert.Equal(0.005, driver.LearningRate, 1e-15);
    }

    [Fact]
    public void A_restored_driver_goes_on_like_the_one_that_was_captured()
    {
        var original = Driver(new Yolov5Schedule(10, 0), WarmupSource.Yolov5);
        while (original.Position < 55)
        {
            original.MoveOn(original.IsStepDue);
        }

        var restored = Driver(new Yolov5Schedule(10, 0), WarmupSource.Yolov5);
        restored.Restore(original.CaptureState(), original.LastStep);
        for (; original.Position < original.Plan.TotalBatches; original.MoveOn(original.IsStepDue), restored.MoveOn(restored.IsStepDue))
        {
            Assert.Equal(
                (original.Position, original.LearningRate, original.BiasLearningRate, original.Momentum, original.IsStepDue),
                (restored.Position, restored.LearningRate, restored.BiasLearningRate, restored.Momentum, restored.IsStepDue));
        }
    }

    [Fact]
    public void Two_warm_ups_are_refused() =>
        Refused(Options(WarmupSource.Yolov5), new WarmupSchedule(new ConstantSchedule(), 1), "warm-up of its own");

    [Fact]
    public void Momentum_that_reaches_one_is_refused_with_its_epoch() =>
        Refused(Options(WarmupSource.Schedule) with { MomentumSchedule = new LinearSchedule(2, Level.Base, Level.Absolute(1)) }, new ConstantSchedule(), "Momentum is 1 at epoch 2");

    [Fact]
    public void A_plateau_that_waits_for_ap_to_fall_is_refused() =>
        Refused(Options(WarmupSource.Schedule), new PlateauSchedule(new ConstantSchedule(), new PlateauRule()), "\"goal\": \"maximize\"");

    private static void Refused(TrainOptions options, Schedule schedule, string expected) =>
        Assert.Contains(expected, Assert.Throws<InputException>(() => new OptimizerDriver(options, schedule, BatchesPerEpoch, Groups())).Message, StringComparison.Ordinal);

    private static void Check(JsonElement row, OptimizerDriver driver)
    {
        Digest.Near(row.Number("lr_bias"), driver.BiasLearningRate, 1e-10, $"bias rate in {row}");
        Digest.Near(row.Number("lr_other"), driver.LearningRate, 1e-10, $"other rates in {row}");
        Digest.Near(row.Number("momentum"), driver.Momentum, 1e-10, $"momentum in {row}");
        Assert.Equal(row.Integer("accumulate"), driver.Accumulation);
        Assert.Equal(row.GetProperty("optimizer_step").GetBoolean(), driver.IsStepDue);
    }

    private static OptimizerDriver Driver(Schedule schedule, WarmupSource warmup) => new(Options(warmup), schedule, BatchesPerEpoch, Groups());

    /// <summary>An optimizer with as many groups and nothing in them.</summary>
    private static SGD Groups() => new(Enumerable.Range(0, ParameterGroups.Count).Select(_ => new SGD.ParamGroup([], new SGD.Options())), lr: 0);

    private static TrainOptions Options(WarmupSource warmup) => new() { Data = "", Epochs = 10, BatchSize = 16, ImageSize = 64, Warmup = warmup, HyperParameters = Hyper };

    private static Yolov5Schedule Released(JsonElement run) => new(
        run.Integer("epochs"), warmupEpochs: 0, finalFactor: run.Number("lrf"), curve: run.GetProperty("cosine").GetBoolean() ? Yolov5Curve.Cosine : Yolov5Curve.Linear);

    private static TrainOptions Options(JsonElement run) => Options(WarmupSource.Yolov5) with
    {
        Epochs = run.Integer("epochs"),
        BatchSize = run.Integer("batch"),
        HyperParameters = new HyperParameters
        {
            LearningRate = run.Number("lr0"),
            Momentum = run.Number("momentum"),
            WarmupEpochs = run.Number("warmup_epochs"),
            WarmupMinBatches = run.Integer("warmup_floor"),
            WarmupMomentum = run.Number("warmup_momentum"),
            WarmupBiasLearningRate = run.Number("warmup_bias_lr"),
        },
    };
}
