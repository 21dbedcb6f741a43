using Cawb.TorchSharp;
using Cawb.Training.Options;
using TorchSharp.Modules;
using static TorchSharp.torch.optim;

namespace Cawb.Training.Loop;

/// <summary>Says for every batch what the parameter groups train with, and which batches end an optimizer step.</summary>
/// <remarks>
/// What it drives is said by <see cref="TrainingSchedules"/>. A batch ends a step when as many batches as <see cref="Accumulation"/> have gone by since the last one that did.
/// </remarks>
public sealed class OptimizerDriver
{
    private readonly TrainingSchedules schedules;
    private readonly ScheduledOptimizer scheduled;
    private long lastStep = -1;

    /// <summary>At the first batch, whose values the groups have at once.</summary>
    /// <param name="options">Epochs, batch size, hyper-parameters, schedules of momentum and weight decay.</param>
    /// <param name="schedule">Of the learning rate.</param>
    /// <param name="batchesPerEpoch">1 or more.</param>
    /// <param name="optimizer">With the groups of <see cref="ParameterGroups"/>; their rate, momentum and weight decay are set.</param>
    /// <exception cref="InputException">There are two warm-ups, momentum reaches 1, or a schedule waits for a metric to fall.</exception>
    public OptimizerDriver(TrainOptions options, Schedule schedule, int batchesPerEpoch, Optimizer optimizer)
    {
        schedules = TrainingSchedules.Of(options, schedule, batchesPerEpoch);
        foreach (var (group, decay) in optimizer.ParamGroups.Cast<ParamGroup>().Zip(schedules.BaseWeightDecays))
        {
            GroupOptimizer.Set(group, schedules.BaseLearningRate, schedules.BaseMomentum, decay);
        }

        scheduled = optimizer.Follow(schedules.LearningRates, Plan).WithMomentum(schedules.Momentum).WithWeightDecay(schedules.WeightDecays);
        ListensToMetric = schedules.All.Any(schedule => schedule is PlateauSchedule);
    }

    /// <summary>Epochs and batches of the run; its accumulation is the one after the warm-up.</summary>
    public TrainingPlan Plan => schedules.Plan;

    /// <summary>The schedule of kernels and scales of normalisations, warm-up included.</summary>
    public Schedule LearningRateSchedule => schedules.LearningRates[ParameterGroups.Kernels];

    /// <summary>The schedules of all groups, warm-up included.</summary>
    public IReadOnlyList<Schedule> LearningRateSchedules => schedules.LearningRates;

    /// <summary>Batches trained so far.</summary>
    public long Position => Scheduler.Position;

    /// <summary>Batches of the warm-up that comes from the hyper-parameters; 0 without it.</summary>
    public long WarmupBatches => schedules.WarmupBatches;

    /// <summary>Of kernels and scales at the batch at hand.</summary>
    public double LearningRate => Scheduler.LearningRates[ParameterGroups.Kernels];

    /// <summary>Of biases at the batch at hand.</summary>
    public double BiasLearningRate => Scheduler.LearningRates[ParameterGroups.Biases];

    /// <summary>Of all groups at the batch at hand; beta 1 of Adam and AdamW.</summary>
    public double Momentum => Scheduler.Parameters[1].Values[ParameterGroups.Kernels];

    /// <summary>Of kernels at the batch at hand.</summary>
    public double WeightDecay => Scheduler.Parameters[2].Values[ParameterGroups.Kernels];

    /// <summary>Batches whose gradients make a step, at the batch at hand.</summary>
    public int Accumulation => schedules.AccumulationAt(Position);

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

    /// <summary>Goes to a batch as YOLOv5 does when it resumes: it has forgotten its last step, so one is due.</summary>
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

    /// <summary>The rates of all groups at a batch.</summary>
    /// <param name="batch">0-based in the run.</param>
    public double[] LearningRatesAt(long batch)
    {
        var rates = new double[ParameterGroups.Count];
        Scheduler.FillLearningRates(batch, 1, rates);
        return rates;
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

    /// <summary>Takes up the position of a run that was made longer or shorter since, under this one's schedules.</summary>
    /// <param name="state">What <see cref="CaptureState"/> gave before the change.</param>
    /// <param name="lastStep">What <see cref="LastStep"/> gave.</param>
    public void RestorePosition(string state, long lastStep)
    {
        scheduled.RestorePosition(SchedulerState.FromJson(state));
        this.lastStep = lastStep;
    }

    private LearningRateScheduler Scheduler => scheduled.Scheduler;
}
