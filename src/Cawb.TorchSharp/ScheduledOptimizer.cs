using System.Collections;
using Cawb.Insight;
using TorchSharp.Modules;

namespace Cawb.TorchSharp;

/// <summary>
/// Drives the learning rates of a TorchSharp optimizer, and its momentum and weight decay where asked to, along schedules of Cawb. It is a TorchSharp
/// <c>LRScheduler</c>: code that takes one takes this.
/// </summary>
/// <remarks>
/// <para>Right after construction every group trains with the values of the first batch. The loop is: train the batch, <c>optimizer.step()</c>, <see cref="step()"/>. A step allocates nothing.</para>
/// <para>The base value of a group's learning rate is its <c>InitialLearningRate</c>, the rate that the optimizer was made with; of momentum and weight decay what the group had when
/// <see cref="WithMomentum(Schedule)"/> and <see cref="WithWeightDecay(Schedule)"/> were called.</para>
/// <para>Differs from TorchSharp's own schedulers: the values at a position depend on the position alone, so that saved and resumed runs go on with the same bits; groups that are added
/// later are taken up; each group may have a schedule of its own; two schedulers on one optimizer are an error.</para>
/// <para>Not safe for use by several threads at once.</para>
/// </remarks>
public sealed class ScheduledOptimizer : LRScheduler
{
    private readonly Optimizer optimizer;
    private readonly ICollection groups;
    private readonly IList<double> lastRates;
    private readonly Attachment attachment;
    private readonly List<GroupSettings> settings;
    private DrivenParameter? momentum;
    private DrivenParameter? weightDecay;
    private RateLog? log;
    private RateWatch? watch;

    /// <summary>One schedule for all groups.</summary>
    /// <param name="optimizer">Any of TorchSharp's but Rprop, which uses its rate in its first step alone.</param>
    /// <param name="schedule">Of the learning rate.</param>
    /// <param name="plan">Length of the run, and batches per epoch; one step is one batch.</param>
    /// <exception cref="InvalidOperationException">The optimizer has a scheduler already.</exception>
    /// <exception cref="NotSupportedException">The optimizer is one that no schedule can drive.</exception>
    public ScheduledOptimizer(Optimizer optimizer, Schedule schedule, TrainingPlan plan)
        : this(optimizer, [.. GroupSettings.Of(optimizer).Select(_ => schedule)], plan)
    {
    }

    /// <summary>A schedule for each group.</summary>
    /// <param name="optimizer">Any of TorchSharp's but Rprop, which uses its rate in its first step alone.</param>
    /// <param name="schedules">Of the learning rate, one per group in the optimizer's order.</param>
    /// <param name="plan">Length of the run, and batches per epoch; one step is one batch.</param>
    /// <exception cref="ArgumentException">There are not as many schedules as groups.</exception>
    /// <exception cref="InvalidOperationException">The optimizer has a scheduler already.</exception>
    /// <exception cref="NotSupportedException">The optimizer is one that no schedule can drive.</exception>
    public ScheduledOptimizer(Optimizer optimizer, IReadOnlyList<Schedule> schedules, TrainingPlan plan)
        : this(optimizer, schedules, [.. GroupSettings.Of(optimizer).Select(group => group.InitialLearningRate)], plan, isAlone: true)
    {
    }

    /// <param name="optimizer">What is driven.</param>
    /// <param name="schedules">Of the learning rate, one per group.</param>
    /// <param name="baseRates">One per group.</param>
    /// <param name="plan">Length of the run.</param>
    /// <param name="isAlone">Whether another scheduler on the optimizer is an error at once; else at the first step, when a composition may have taken it in.</param>
    internal ScheduledOptimizer(Optimizer optimizer, IReadOnlyList<Schedule> schedules, IReadOnlyList<double> baseRates, TrainingPlan plan, bool isAlone)
        : base(optimizer)
    {
        ArgumentNullException.ThrowIfNull(schedules);
        ArgumentNullException.ThrowIfNull(plan);
        GroupSettings.RequireDrivable(optimizer);
        settings = [.. GroupSettings.Of(optimizer)];
        if (schedules.Count != settings.Count)
        {
            throw new ArgumentException($"There must be one schedule per parameter group: {settings.Count}; got {schedules.Count}.", nameof(schedules));
        }

        this.optimizer = optimizer;
        // A list or an array in every optimizer of TorchSharp; its count shows groups that were added.
        groups = (ICollection)optimizer.ParamGroups;
        lastRates = (IList<double>)get_last_lr();
        Scheduler = new LearningRateScheduler(plan, [.. schedules], [.. baseRates]);
        attachment = Attachment.Add(optimizer, isAlone);
        Apply();
    }

    /// <summary>Position, plan, values and schedules. Move it with this object's own methods, which carry the values over to the optimizer.</summary>
    public LearningRateScheduler Scheduler { get; }

    /// <summary>Batches trained so far, which is the 0-based number of the next one.</summary>
    public long Position => Scheduler.Position;

    /// <summary>Whether the plan's last batch has been trained.</summary>
    public bool IsFinished => Scheduler.IsFinished;

    internal Optimizer Optimizer => optimizer;

    /// <summary>What the scheduler is called in PyTorch, with its arguments, where it was made by such a name.</summary>
    internal NamedCall? Origin { get; init; }

    /// <summary>The library's epoch at position 0, where it was made to go on from one.</summary>
    internal long FirstEpoch { get; init; }

    /// <summary>Drives the momentum of every group too; beta 1 in the family of Adam.</summary>
    /// <param name="schedule">For every group; its base value is the group's present momentum.</param>
    /// <returns>This object.</returns>
    /// <exception cref="NotSupportedException">The optimizer has no momentum; nothing is changed.</exception>
    public ScheduledOptimizer WithMomentum(Schedule schedule) => WithMomentum([.. settings.Select(_ => schedule)]);

    /// <summary>Drives the momentum of every group by a schedule of its own; beta 1 in the family of Adam.</summary>
    /// <param name="schedules">One per group; the base value is the group's present momentum.</param>
    /// <returns>This object.</returns>
    /// <exception cref="ArgumentException">There are not as many schedules as groups.</exception>
    /// <exception cref="NotSupportedException">The optimizer has no momentum; nothing is changed.</exception>
    public ScheduledOptimizer WithMomentum(IReadOnlyList<Schedule> schedules)
    {
        Adopt();
        RequireAll(group => group.HasMomentum, "momentum (SGD and RMSProp have one, and Adam, AdamW, Adamax, NAdam and RAdam have beta 1)");
        return WithMomentum(schedules, [.. settings.Select(group => group.Momentum)]);
    }

    /// <summary>Drives the weight decay of every group too.</summary>
    /// <param name="schedule">For every group; its base value is the group's present weight decay.</param>
    /// <returns>This object.</returns>
    /// <exception cref="NotSupportedException">The optimizer has no weight decay; nothing is changed.</exception>
    public ScheduledOptimizer WithWeightDecay(Schedule schedule) => WithWeightDecay([.. settings.Select(_ => schedule)]);

    /// <summary>Drives the weight decay of every group by a schedule of its own.</summary>
    /// <param name="schedules">One per group; the base value is the group's present weight decay.</param>
    /// <returns>This object.</returns>
    /// <exception cref="ArgumentException">There are not as many schedules as groups.</exception>
    /// <exception cref="NotSupportedException">The optimizer has no weight decay; nothing is changed.</exception>
    public ScheduledOptimizer WithWeightDecay(IReadOnlyList<Schedule> schedules)
    {
        ArgumentNullException.ThrowIfNull(schedules);
        Adopt();
        RequireAll(group => group.HasWeightDecay, "weight decay (LBFGS has none)");
        weightDecay = Scheduler.AddParameter(GroupSettings.WeightDecayName, [.. schedules], [.. settings.Select(group => group.WeightDecay)]);
        Apply();
        return this;
    }

    /// <summary>Writes the values of every group to TensorBoard.</summary>
    /// <param name="writer">TorchSharp's <c>torch.utils.tensorboard.SummaryWriter()</c>. Tags are <c>learningRate/NAME</c>, <c>momentum/NAME</c> and <c>weightDecay/NAME</c>, steps are batches.</param>
    /// <param name="every">Every so many batches, counted from the run's first, 1 or more: a scalar costs about 0.1 ms.</param>
    /// <param name="groupNames">One per group; null for <c>group0</c>, <c>group1</c>, ...</param>
    /// <returns>This object.</returns>
    /// <exception cref="ArgumentException">Not one name per group, or <paramref name="every"/> is below 1.</exception>
    public ScheduledOptimizer LogTo(SummaryWriter writer, int every = 100, IReadOnlyList<string>? groupNames = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        if (groupNames is not null && groupNames.Count != settings.Count)
        {
            throw new ArgumentException($"There must be one name per parameter group: {settings.Count}; got {groupNames.Count}.", nameof(groupNames));
        }

        log = new RateLog(writer, every, groupNames ?? []);
        log.Write(Scheduler);
        return this;
    }

    /// <summary>
    /// Has each step look whether the optimizer still has the values that were set: something else that writes them, such as a second scheduler or a loop's own line, is named at the step where it
    /// happens. Costs a comparison per value and step.
    /// </summary>
    /// <param name="found">Told about each finding; null has the step throw an <see cref="InvalidOperationException"/> instead.</param>
    /// <returns>This object.</returns>
    public ScheduledOptimizer WatchRates(Action<AuditFinding>? found = null)
    {
        watch = new RateWatch(found);
        return this;
    }

    /// <summary>Goes on to the next batch. Call it after each <c>optimizer.step()</c>.</summary>
    public override void step()
    {
        attachment.RequireAlone();
        watch?.Look(Scheduler, settings);
        Adopt();
        Scheduler.Step();
        Apply();
    }

    /// <summary>Goes to any batch, forth or back, or on to the next one.</summary>
    /// <param name="epoch">0-based number of the batch to train next, called epoch by TorchSharp; null for the next one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number lies before the first batch.</exception>
    public override void step(int? epoch)
    {
        if (epoch is not { } target)
        {
            step();
            return;
        }

        if (target < FirstEpoch)
        {
            throw new ArgumentOutOfRangeException(nameof(epoch), $"Must be {FirstEpoch} or more, where this scheduler began; got {target}.");
        }

        attachment.RequireAlone();
        watch?.Look(Scheduler, settings);
        Adopt();
        Scheduler.MoveTo(target - FirstEpoch);
        Apply();
    }

    /// <summary>Tells a metric to schedules that a plateau reduces, and goes on. Other schedules do not look at it, as TorchSharp's do not.</summary>
    /// <param name="current">The metric, such as a validation's loss.</param>
    /// <param name="epoch">As for <see cref="step(int?)"/>.</param>
    public override void step(double current, int? epoch = null)
    {
        if (Scheduler.Parameters.Any(parameter => parameter.Schedules.Any(schedule => schedule is PlateauSchedule)))
        {
            Scheduler.ReportMetric(current);
        }

        step(epoch);
    }

    /// <summary>Tells a metric to schedules that a plateau reduces, usually once per epoch after validation; the position stays.</summary>
    /// <param name="metric">Any number; NaN counts as no improvement.</param>
    /// <exception cref="InvalidOperationException">No schedule listens to a metric.</exception>
    public void Report(double metric)
    {
        Scheduler.ReportMetric(metric);
        Apply();
    }

    /// <summary>Adds a parameter group to the optimizer, which from now on is driven too. Its schedule counts time from the start of the run.</summary>
    /// <param name="group">A group of the optimizer's own kind; its rate is the base value, its momentum and weight decay are those of what is driven.</param>
    /// <param name="schedule">Of the group's learning rate; null takes the first group's.</param>
    /// <remarks>A group that is added to the optimizer itself is taken up at the next step in the same way, with the first group's schedule.</remarks>
    /// <exception cref="NotSupportedException">The optimizer has one group only (LBFGS).</exception>
    public void AddParamGroup(ParamGroup group, Schedule? schedule = null)
    {
        ArgumentNullException.ThrowIfNull(group);
        if (optimizer is LBFGS)
        {
            throw new NotSupportedException("LBFGS has one parameter group and takes no other; make an optimizer of its own for the new parameters.");
        }

        Adopt();
        optimizer.add_param_group(group);
        Adopt(schedule);
        Apply();
    }

    /// <summary>What a checkpoint stores of the schedule: position, plan, base values, and the schedules' texts.</summary>
    public SchedulerState CaptureState()
    {
        Adopt();
        return Scheduler.CaptureState();
    }

    /// <summary>Goes on where another object was when its state was captured; sets the values and the initial rates of every group.</summary>
    /// <param name="state">Of one with an equal plan, equal schedules and as many groups.</param>
    /// <exception cref="ScheduleMismatchException">The state belongs to another plan, schedule or number of groups; nothing is changed. The message shows the difference.</exception>
    public void Restore(SchedulerState state)
    {
        Adopt();
        Scheduler.Restore(state);
        Restored();
    }

    /// <summary>Goes on under a plan and a schedule that were changed on purpose.</summary>
    /// <param name="state">Of one with the plan and the schedule from before the change.</param>
    /// <param name="change">What was changed; this object was made with its new plan and schedule.</param>
    /// <exception cref="ScheduleMismatchException">The state is not of the run before the change, or this object not of the one after; nothing is changed.</exception>
    public void Restore(SchedulerState state, PlanChange change)
    {
        Adopt();
        Scheduler.Restore(state, change);
        Restored();
    }

    /// <summary>Takes up the position of a run whose plan or schedules were others, without comparing those; see <see cref="LearningRateScheduler.RestorePosition"/>.</summary>
    /// <param name="state">Of one with the same hyper-parameters and as many groups.</param>
    /// <exception cref="ScheduleMismatchException">It has other hyper-parameters or another number of groups; nothing is changed.</exception>
    public void RestorePosition(SchedulerState state)
    {
        Adopt();
        Scheduler.RestorePosition(state);
        Restored();
    }

    /// <summary>Saves the schedule's state and the optimizer's own, such as its momentum buffers, together.</summary>
    /// <param name="writer">Of a stream; <see cref="load_state_dict"/> needs one that can seek.</param>
    /// <exception cref="NotSupportedException">The optimizer cannot save its state (LBFGS); <see cref="CaptureState"/> saves the schedule's alone.</exception>
    public void save_state_dict(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        SavedOptimizer.Write(writer, CaptureState(), optimizer);
    }

    /// <summary>Loads what <see cref="save_state_dict"/> saved, into an optimizer with the same parameters and groups: training goes on with the same bits.</summary>
    /// <param name="reader">Of a stream that can seek: it is read twice, first to see whether it is whole.</param>
    /// <exception cref="ScheduleMismatchException">The state belongs to another plan, schedule or number of groups; nothing is changed.</exception>
    /// <exception cref="InvalidDataException">The stream is damaged, or of another optimizer; nothing is changed unless the message says so.</exception>
    /// <exception cref="NotSupportedException">The optimizer cannot load a state (LBFGS), or the stream cannot seek.</exception>
    public void load_state_dict(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var saved = SavedOptimizer.Read(reader, optimizer);
        Adopt();
        var before = Scheduler.CaptureState();
        Scheduler.Restore(saved.State);
        try
        {
            saved.LoadInto(optimizer);
        }
        catch
        {
            Scheduler.Restore(before);
            throw;
        }

        Restored();
    }

    /// <summary>Leaves the optimizer with the values that it has now; it may get another scheduler. This one takes no further step.</summary>
    public void Detach() => attachment.Remove();

    internal ScheduledOptimizer WithMomentum(IReadOnlyList<Schedule> schedules, IReadOnlyList<double> baseValues)
    {
        ArgumentNullException.ThrowIfNull(schedules);
        momentum = Scheduler.AddParameter(GroupSettings.MomentumName, [.. schedules], [.. baseValues]);
        Apply();
        return this;
    }

    private void RequireAll(Func<GroupSettings, bool> has, string what)
    {
        if (!settings.TrueForAll(group => has(group)))
        {
            throw new NotSupportedException($"{optimizer.GetType().Name} has no {what}.");
        }
    }

    private void Adopt(Schedule? schedule = null)
    {
        while (settings.Count < groups.Count)
        {
            var group = new GroupSettings(optimizer, optimizer.ParamGroups.ElementAt(settings.Count));
            var baseValues = new Dictionary<string, double> { [LearningRateScheduler.LearningRateName] = group.InitialLearningRate };
            if (momentum is not null)
            {
                baseValues[GroupSettings.MomentumName] = group.Momentum;
            }

            if (weightDecay is not null)
            {
                baseValues[GroupSettings.WeightDecayName] = group.WeightDecay;
            }

            Scheduler.AddGroup(baseValues, schedule is null ? null : new Dictionary<string, Schedule> { [LearningRateScheduler.LearningRateName] = schedule });
            settings.Add(group);
            lastRates.Add(group.LearningRate);
        }
    }

    private void Restored()
    {
        var baseRates = Scheduler.Parameters[0].BaseValues;
        for (var i = 0; i < settings.Count; i++)
        {
            settings[i].InitialLearningRate = baseRates[i];
        }

        Apply();
    }

    private void Apply()
    {
        var rates = Scheduler.LearningRates;
        for (var i = 0; i < rates.Length; i++)
        {
            settings[i].LearningRate = rates[i];
            lastRates[i] = rates[i];
        }

        if (momentum is not null)
        {
            var values = momentum.Values;
            for (var i = 0; i < values.Length; i++)
            {
                settings[i].Momentum = values[i];
            }
        }

        if (weightDecay is not null)
        {
            var values = weightDecay.Values;
            for (var i = 0; i < values.Length; i++)
            {
                settings[i].WeightDecay = values[i];
            }
        }

        log?.Write(Scheduler);
    }
}
