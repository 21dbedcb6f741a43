using System.Globalization;
using Cawb.TorchSharp;
using Cawb.Yolov5;
using TorchSharp.Modules;

namespace Cawb.Detection.Training;

/// <summary>Says for every batch what the parameter groups train with, and which batches end an optimizer step.</summary>
/// <remarks>
/// The three groups are those of <see cref="ParameterGroups"/>. A batch ends a step when as many batches as <see cref="Accumulation"/> have gone by since the last one that did.
/// With <see cref="WarmupSource.HyperParameters"/> the numbers are YOLOv5's (versions 6.1 to 7.0) where the schedule is a <see cref="Yolov5Schedule"/>; under any other schedule S
/// the warm-up of W epochs multiplies S by t / W, and adds (1 - t / W) times their start to the biases' rate.
/// </remarks>
public sealed class OptimizerDriver
{
    private readonly Yolov5Recipe? warmup;
    private readonly ScheduledOptimizer scheduled;
    private long lastStep = -1;

    /// <summary>At the first batch, whose values the groups have at once.</summary>
    /// <param name="settings">Epochs, batch size, schedules, hyper-parameters.</param>
    /// <param name="batchesPerEpoch">1 or more.</param>
    /// <param name="optimizer">With the groups of <see cref="ParameterGroups"/>; their rate, momentum and weight decay are set.</param>
    /// <exception cref="TrainingSettingsException">There are two warm-ups, momentum reaches 1, or a schedule waits for a metric to fall.</exception>
    public OptimizerDriver(TrainingSettings settings, int batchesPerEpoch, SGD optimizer)
    {
        var hyper = settings.HyperParameters;
        Plan = TrainingPlan.FromEpochs(settings.Epochs, batchesPerEpoch, hyper.Accumulation(settings.BatchSize));
        warmup = settings.Warmup == WarmupSource.HyperParameters ? Recipe(settings) : null;
        LearningRateSchedule = warmup is null ? settings.Schedule : WarmedUp(settings.Schedule, isBias: false, hyper);
        var biasSchedule = warmup is null ? settings.Schedule : WarmedUp(settings.Schedule, isBias: true, hyper);
        var momentumSchedule = settings.MomentumSchedule ?? warmup?.Momentum ?? new ConstantSchedule();
        RequireBelowOne(momentumSchedule, hyper.Momentum);
        foreach (var (group, i) in optimizer.ParamGroups.Cast<SGD.ParamGroup>().Select((group, i) => (group, i)))
        {
            group.LearningRate = group.InitialLearningRate = hyper.LearningRate;
            group.Momentum = hyper.Momentum;
            ((SGD.Options)group.Options).weight_decay = i == ParameterGroups.Kernels ? hyper.ScaledWeightDecay(settings.BatchSize) : 0;
        }

        // Kernels alone decay, also under a schedule with absolute levels.
        var undecayed = new ConstantSchedule();
        scheduled = optimizer.Follow([biasSchedule, LearningRateSchedule, LearningRateSchedule], Plan)
            .WithMomentum(momentumSchedule)
            .WithWeightDecay([undecayed, settings.WeightDecaySchedule ?? undecayed, undecayed]);
        ListensToMetric = Scheduler.Parameters.Any(parameter => parameter.Schedules.Any(schedule => schedule is PlateauSchedule));
        if (Scheduler.Parameters.SelectMany(parameter => parameter.Schedules).Any(schedule => schedule is PlateauSchedule { Rule.Goal: MetricGoal.Minimize }))
        {
            throw new TrainingSettingsException("A schedule is reduced when its metric stops falling, but the metric of a training is AP, which is to rise. Set \"goal\": \"maximize\" in the plateau.");
        }
    }

    /// <summary>Epochs and batches of the run; its accumulation is the one after the warm-up.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>The schedule of kernels and scales of normalisations, warm-up included.</summary>
    public Schedule LearningRateSchedule { get; }

    /// <summary>Batches trained so far.</summary>
    public long Position => Scheduler.Position;

    /// <summary>Batches of the warm-up that comes from the hyper-parameters; 0 without it.</summary>
    public long WarmupBatches => warmup?.WarmupBatches ?? 0;

    /// <summary>Of kernels and scales at the batch at hand.</summary>
    public double LearningRate => Scheduler.LearningRates[ParameterGroups.Kernels];

    /// <summary>Of biases at the batch at hand.</summary>
    public double BiasLearningRate => Scheduler.LearningRates[ParameterGroups.Biases];

    /// <summary>Of all groups at the batch at hand.</summary>
    public double Momentum => Scheduler.Parameters[1].Values[ParameterGroups.Kernels];

    /// <summary>Of kernels at the batch at hand.</summary>
    public double WeightDecay => Scheduler.Parameters[2].Values[ParameterGroups.Kernels];

    /// <summary>Batches whose gradients make a step, at the batch at hand.</summary>
    public int Accumulation => warmup?.AccumulationAt(Position) ?? Plan.Accumulation;

    /// <summary>Whether an optimizer step is due after the batch at hand.</summary>
    public bool IsStepDue => Position - lastStep >= Accumulation;

    /// <summary>Whether <see cref="Report"/> has an effect.</summary>
    public bool ListensToMetric { get; }

    /// <summary>The last batch that ended an optimizer step; -1 before the first.</summary>
    public long LastStep => lastStep;

    /// <summary>Goes on to the next batch.</summary>
    /// <param name="stepped">Whether the batch at hand ended an optimizer step.</param>
    public void MoveOn(bool stepped)
    {
        lastStep = stepped ? Position : lastStep;
        scheduled.step();
    }

    /// <summary>Goes to a batch as the release does when it resumes: it has forgotten its last step, so one is due.</summary>
    /// <param name="batch">0-based in the run.</param>
    public void MoveTo(long batch)
    {
        lastStep = -1;
        scheduled.step((int)batch);
    }

    /// <summary>Tells schedules that wait for a plateau the AP of a validation.</summary>
    /// <param name="averagePrecision">0 to 1.</param>
    public void Report(double averagePrecision)
    {
        if (ListensToMetric)
        {
            scheduled.Report(averagePrecision);
        }
    }

    /// <summary>The rate of kernels at a batch.</summary>
    /// <param name="batch">0-based in the run.</param>
    public double LearningRateAt(long batch)
    {
        Span<double> rates = stackalloc double[ParameterGroups.Count];
        Scheduler.FillLearningRates(batch, 1, rates);
        return rates[ParameterGroups.Kernels];
    }

    /// <summary>The scheduler's part of the state; <see cref="LastStep"/> is the rest.</summary>
    public string CaptureState() => scheduled.CaptureState().ToJson();

    /// <summary>Takes up a state.</summary>
    /// <param name="state">What <see cref="CaptureState"/> gave.</param>
    /// <param name="lastStep">What <see cref="LastStep"/> gave.</param>
    public void Restore(string state, long lastStep)
    {
        scheduled.Restore(SchedulerState.FromJson(state));
        this.lastStep = lastStep;
    }

    private LearningRateScheduler Scheduler => scheduled.Scheduler;

    private Yolov5Recipe Recipe(TrainingSettings settings)
    {
        if (settings.Schedule.Events(Plan.Epochs).Any(scheduleEvent => scheduleEvent.Kind == ScheduleEventKind.WarmupEnd))
        {
            throw new TrainingSettingsException("The schedule has a warm-up of its own, and the hyper-parameters' warm-up would lie on top of it. Take it out of the schedule, or let the schedule alone warm up (--warmup schedule).");
        }

        var hyper = settings.HyperParameters;
        return new Yolov5Recipe(
            Plan,
            warmupEpochs: hyper.WarmupEpochs,
            warmupFloorBatches: hyper.WarmupMinBatches,
            nominalAccumulation: (double)hyper.NominalBatch / settings.BatchSize,
            warmupBiasLearningRate: hyper.WarmupBiasLearningRate,
            warmupMomentum: hyper.WarmupMomentum);
    }

    private Schedule WarmedUp(Schedule schedule, bool isBias, HyperParameters hyper)
    {
        var length = Plan.EpochsFromBatches(WarmupBatches);
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
                return new PlateauSchedule(WarmedUp(plateau.Schedule, isBias, hyper), plateau.Rule);
            default:
                var rising = new ProductSchedule(new LinearSchedule(length, Level.Zero, Level.Base), schedule);
                return isBias ? new SumSchedule(new LinearSchedule(length, start, Level.Zero), rising) : rising;
        }
    }

    private void RequireBelowOne(Schedule schedule, double baseValue)
    {
        for (var batch = 0L; batch < Plan.TotalBatches;)
        {
            var epochs = Plan.EpochsFromBatches(batch);
            var value = schedule.ValueAt(epochs, baseValue);
            if (!(value < 1))
            {
                throw new TrainingSettingsException(string.Create(CultureInfo.InvariantCulture, $"Momentum is {value:g4} at epoch {epochs:g4}; its schedule must stay below 1."));
            }

            var held = schedule.ConstantUntil(epochs);
            batch = held > epochs ? Math.Max(batch + 1, Math.Min(Plan.BatchAt(held), Plan.TotalBatches)) : batch + 1;
        }
    }
}
