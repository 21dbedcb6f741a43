using System.Globalization;
using Cawb.Training.Options;
using Cawb.Yolov5;

namespace Cawb.Training.Loop;

/// <summary>What a training drives, before there is a network: the schedules of rate, momentum and weight decay of its three parameter groups, warm-up included.</summary>
/// <remarks>
/// The groups are those of <see cref="ParameterGroups"/>. With <see cref="WarmupSource.Yolov5"/> the numbers are YOLOv5's (versions 6.1 to 7.0) where the schedule is a
/// <see cref="Yolov5Schedule"/>; under any other schedule S the warm-up of W epochs multiplies S by t / W, and adds (1 - t / W) times their start to the biases' rate.
/// </remarks>
public sealed class TrainingSchedules
{
    private const string AllGroups = "all groups";

    private readonly Yolov5Recipe? warmup;

    private TrainingSchedules(TrainingPlan plan, Yolov5Recipe? warmup, HyperParameters hyper, int batchSize, IReadOnlyList<Schedule> learningRates, Schedule momentum, Schedule? weightDecay)
    {
        Plan = plan;
        this.warmup = warmup;
        LearningRates = learningRates;
        Momentum = momentum;
        BaseLearningRate = hyper.LearningRate;
        BaseMomentum = hyper.Momentum;
        // Kernels alone decay, also under a schedule with absolute levels.
        var undecayed = new ConstantSchedule();
        WeightDecays = [.. Enumerable.Range(0, ParameterGroups.Count).Select(group => group == ParameterGroups.Kernels ? weightDecay ?? undecayed : undecayed)];
        BaseWeightDecays = [.. Enumerable.Range(0, ParameterGroups.Count).Select(group => group == ParameterGroups.Kernels ? hyper.ScaledWeightDecay(batchSize) : 0)];
    }

    /// <summary>Names of the groups, in their order.</summary>
    public static IReadOnlyList<string> GroupNames { get; } = ["biases", "kernels", "scales"];

    /// <summary>Epochs and batches of the run; its accumulation is the one after the warm-up.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>One per group.</summary>
    public IReadOnlyList<Schedule> LearningRates { get; }

    /// <summary>Of every group.</summary>
    public Schedule Momentum { get; }

    /// <summary>One per group.</summary>
    public IReadOnlyList<Schedule> WeightDecays { get; }

    /// <summary>The hyper-parameters' <c>lr0</c>.</summary>
    public double BaseLearningRate { get; }

    /// <summary>The hyper-parameters' <c>momentum</c>.</summary>
    public double BaseMomentum { get; }

    /// <summary>The hyper-parameters' <c>weight_decay</c>, scaled by batch size and accumulation; 0 for groups that do not decay.</summary>
    public IReadOnlyList<double> BaseWeightDecays { get; }

    /// <summary>Batches of the warm-up that comes from the hyper-parameters; 0 without it.</summary>
    public long WarmupBatches => warmup?.WarmupBatches ?? 0;

    /// <summary>Every schedule.</summary>
    public IEnumerable<Schedule> All => [.. LearningRates, Momentum, .. WeightDecays];

    /// <summary>Everything that differs: the rate, momentum and weight decay of each group; groups that train alike are one, and those without decay are left out.</summary>
    public IEnumerable<DrivenSchedule> Rows
    {
        get
        {
            var groups = Enumerable.Range(0, LearningRates.Count).ToList();
            foreach (var alike in groups.GroupBy(group => LearningRates[group]))
            {
                yield return new(DrivenSchedule.LearningRate, alike.Count() == groups.Count ? AllGroups : string.Join(" and ", alike.Select(group => GroupNames[group])), alike.Key, BaseLearningRate);
            }

            yield return new(DrivenSchedule.Momentum, AllGroups, Momentum, BaseMomentum);
            foreach (var group in groups.Where(group => BaseWeightDecays[group] > 0))
            {
                yield return new(DrivenSchedule.WeightDecay, GroupNames[group], WeightDecays[group], BaseWeightDecays[group]);
            }
        }
    }

    /// <summary>Who warms up where nobody says: YOLOv5 under its own schedules, all others by themselves.</summary>
    /// <param name="schedule">Of the learning rate.</param>
    public static WarmupSource UsualWarmup(Schedule schedule) => schedule is Yolov5Schedule { WarmupEpochs: 0 } ? WarmupSource.Yolov5 : WarmupSource.Schedule;

    /// <summary>Puts them together.</summary>
    /// <param name="schedule">Of the learning rate.</param>
    /// <param name="plan">Length of the run, with the accumulation after the warm-up.</param>
    /// <param name="batchSize">Images in a batch.</param>
    /// <param name="hyper">Base values, and the warm-up's numbers.</param>
    /// <param name="source">Who warms up.</param>
    /// <param name="momentum">Of the momentum; null for the hyper-parameters', with its warm-up.</param>
    /// <param name="weightDecay">Of the weight decay; null for the hyper-parameters'.</param>
    /// <param name="optimizer">See <see cref="TrainOptions.Optimizer"/>. YOLOv5 warms up the momentum of SGD and leaves beta 1 of Adam and AdamW as it is.</param>
    /// <exception cref="InputException">There are two warm-ups, momentum reaches 1, or a schedule waits for a metric to fall.</exception>
    public static TrainingSchedules Of(
        Schedule schedule, TrainingPlan plan, int batchSize, HyperParameters hyper, WarmupSource source, Schedule? momentum = null, Schedule? weightDecay = null,
        string optimizer = TrainOptions.Sgd)
    {
        var warmup = source == WarmupSource.Yolov5 ? Recipe(schedule, plan, batchSize, hyper) : null;
        var length = plan.EpochsFromBatches(warmup?.WarmupBatches ?? 0);
        Schedule[] rates = [.. Enumerable.Range(0, ParameterGroups.Count).Select(group => warmup is null ? schedule : WarmedUp(schedule, group == ParameterGroups.Biases, length, hyper))];
        var driven = momentum ?? (optimizer == TrainOptions.Sgd ? warmup?.Momentum : null) ?? new ConstantSchedule();
        RequireBelowOne(driven, plan, hyper.Momentum);
        var all = new TrainingSchedules(plan, warmup, hyper, batchSize, rates, driven, weightDecay);
        return all.All.Any(one => one is PlateauSchedule { Rule.Goal: MetricGoal.Minimize })
            ? throw new InputException("A schedule is reduced when its metric stops falling, but the metric of a training is AP, which is to rise. Set \"goal\": \"maximize\" in the plateau.")
            : all;
    }

    /// <summary>Those of a training with all its options.</summary>
    /// <param name="options">Epochs, batch size, hyper-parameters, schedules of momentum and weight decay.</param>
    /// <param name="schedule">Of the learning rate.</param>
    /// <param name="batchesPerEpoch">1 or more.</param>
    /// <exception cref="InputException">There are two warm-ups, momentum reaches 1, or a schedule waits for a metric to fall.</exception>
    public static TrainingSchedules Of(TrainOptions options, Schedule schedule, int batchesPerEpoch)
    {
        ArgumentNullException.ThrowIfNull(options);
        var hyper = options.HyperParameters;
        var plan = TrainingPlan.FromEpochs(options.Epochs, batchesPerEpoch, hyper.Accumulation(options.BatchSize));
        return Of(schedule, plan, options.BatchSize, hyper, options.Warmup, options.MomentumSchedule, options.WeightDecaySchedule, options.Optimizer);
    }

    /// <summary>Batches whose gradients make an optimizer step, at a batch of the run.</summary>
    /// <param name="batch">0-based in the run.</param>
    public int AccumulationAt(long batch) => warmup?.AccumulationAt(batch) ?? Plan.Accumulation;

    private static Yolov5Recipe Recipe(Schedule schedule, TrainingPlan plan, int batchSize, HyperParameters hyper)
    {
        if (schedule.Events(plan.Epochs).Any(scheduleEvent => scheduleEvent.Kind == ScheduleEventKind.WarmupEnd))
        {
            throw new InputException("The schedule has a warm-up of its own, and the hyper-parameters' warm-up would lie on top of it. Take it out of the schedule, or let the schedule alone warm up (--warmup schedule).");
        }

        return new Yolov5Recipe(
            plan,
            warmupEpochs: hyper.WarmupEpochs,
            warmupFloorBatches: hyper.WarmupMinBatches,
            nominalAccumulation: (double)hyper.NominalBatch / batchSize,
            warmupBiasLearningRate: hyper.WarmupBiasLearningRate,
            warmupMomentum: hyper.WarmupMomentum);
    }

    private static Schedule WarmedUp(Schedule schedule, bool isBias, double length, HyperParameters hyper)
    {
        var start = isBias ? Level.Absolute(hyper.WarmupBiasLearningRate) : Level.Zero;
        if (length == 0)
        {
            return schedule;
        }

        switch (schedule)
        {
            case Yolov5Schedule own:
                return new Yolov5Schedule(own.Epochs, length, start, own.FinalFactor, own.Curve);
            case PlateauSchedule plateau:
                return new PlateauSchedule(WarmedUp(plateau.Schedule, isBias, length, hyper), plateau.Rule);
            default:
                var rising = new ProductSchedule(new LinearSchedule(length, Level.Zero, Level.Base), schedule);
                return isBias ? new SumSchedule(new LinearSchedule(length, start, Level.Zero), rising) : rising;
        }
    }

    private static void RequireBelowOne(Schedule schedule, TrainingPlan plan, double baseValue)
    {
        for (var batch = 0L; batch < plan.TotalBatches;)
        {
            var epochs = plan.EpochsFromBatches(batch);
            var value = schedule.ValueAt(epochs, baseValue);
            if (!(value < 1))
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"Momentum is {value:g4} at epoch {epochs:g4}; its schedule must stay below 1."));
            }

            var held = schedule.ConstantUntil(epochs);
            batch = held > epochs ? Math.Max(batch + 1, Math.Min(plan.BatchAt(held), plan.TotalBatches)) : batch + 1;
        }
    }
}
