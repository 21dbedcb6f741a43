using System.Runtime.InteropServices;

namespace Cawb;

/// <summary>
/// Walks along schedules batch by batch and holds the learning rates, and other hyper-parameters, of every parameter group.
/// </summary>
/// <remarks>
/// <para>It never touches an optimizer. Right after construction the rates are those of the first batch. The loop is: hand the rates to the optimizer, train the batch,
/// <see cref="Step"/>. A step allocates nothing.</para>
/// <para>The value at a position depends on the position alone, however it was reached: stepping, <see cref="MoveTo"/> and <see cref="Restore(SchedulerState)"/> give the same bits.</para>
/// <para>Not safe for use by several threads at once.</para>
/// </remarks>
public sealed class LearningRateScheduler
{
    /// <summary>The name under which states and messages know the learning rates.</summary>
    public const string LearningRateName = "learningRate";

    private readonly List<DrivenParameter> parameters = [];
    private readonly DrivenParameter learningRate;
    private EventTimeline timeline;
    private long position;

    // The first position at which something may change: the hot path is one comparison.
    private long refreshAt;

    /// <summary>One schedule for all groups.</summary>
    /// <param name="plan">Converts positions into epochs.</param>
    /// <param name="schedule">Of the learning rate.</param>
    /// <param name="baseLearningRates">One per parameter group, in the optimizer's order; at least one.</param>
    /// <exception cref="ArgumentException">There is no rate, or one is negative or not finite.</exception>
    public LearningRateScheduler(TrainingPlan plan, Schedule schedule, params ReadOnlySpan<double> baseLearningRates)
        : this(plan, Repeated(Require.NotNull(schedule), baseLearningRates.Length), baseLearningRates)
    {
    }

    /// <summary>A schedule for each group.</summary>
    /// <param name="plan">Converts positions into epochs.</param>
    /// <param name="schedules">Of the learning rate, one per group.</param>
    /// <param name="baseLearningRates">One per parameter group, in the optimizer's order.</param>
    /// <exception cref="ArgumentException">There is no rate, the two lists differ in length, or a rate is negative or not finite.</exception>
    public LearningRateScheduler(TrainingPlan plan, ReadOnlySpan<Schedule> schedules, ReadOnlySpan<double> baseLearningRates)
    {
        Plan = Require.NotNull(plan);
        if (baseLearningRates.IsEmpty)
            throw new ArgumentException("There must be a base learning rate for each parameter group of the optimizer, at least one; got none.", nameof(baseLearningRates));
        learningRate = new DrivenParameter(LearningRateName, schedules, baseLearningRates);
        parameters.Add(learningRate);
        Parameters = parameters.AsReadOnly();
        timeline = new EventTimeline(plan, learningRate.Schedules);
        Refresh();
    }

    /// <summary>Converts positions into epochs.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>Batches trained so far, which is the 0-based number of the next batch.</summary>
    public long Position => position;

    /// <summary>The position in epochs.</summary>
    public double Epochs => Plan.EpochsFromBatches(position);

    /// <summary>Whether the plan's last batch has been trained.</summary>
    public bool IsFinished => position >= Plan.TotalBatches;

    /// <summary>Whether the batch at this position is the last of an optimizer step: with accumulation 4 that is every fourth batch.</summary>
    public bool IsStepBoundary => (position + 1) % Plan.Accumulation == 0;

    /// <summary>Number of parameter groups.</summary>
    public int GroupCount => learningRate.Count;

    /// <summary>The rates that the next batch trains with, one per group. The span stays valid until a group is added; its content follows the position.</summary>
    public ReadOnlySpan<double> LearningRates => learningRate.Values;

    /// <summary>Everything that is driven, the learning rate first.</summary>
    public IReadOnlyList<DrivenParameter> Parameters { get; }

    /// <summary>
    /// The learning rate's events whose moment the last <see cref="Step"/> or <see cref="MoveTo"/> has reached: those in front of the batch at <see cref="Position"/>
    /// and after the start of the batch before. Troughs come before their boots, so a snapshot taken on a trough holds the weights of the bottom.
    /// </summary>
    public ReadOnlySpan<ScheduleEvent> ReachedEvents => timeline.At(position);

    /// <summary>Goes on to the next batch. Call it once after each trained batch, also past the end of the plan if the run goes on.</summary>
    public void Step()
    {
        if (++position >= refreshAt)
            Refresh();
    }

    /// <summary>Goes to any batch; the rates become those of that batch.</summary>
    /// <param name="batch">0-based number of the next batch to train, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public void MoveTo(long batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        position = batch;
        Refresh();
    }

    /// <summary>The rates of many batches at once, as plots, tables and traces need them; the position stays.</summary>
    /// <param name="firstBatch">0-based number of the first batch, 0 or more.</param>
    /// <param name="batches">How many, 0 or more.</param>
    /// <param name="destination">Receives group after group: the rate of group g at batch <c>firstBatch + k</c> goes to index <c>g * batches + k</c>.</param>
    /// <exception cref="ArgumentException">A count is negative, or the destination is too short.</exception>
    public void FillLearningRates(long firstBatch, int batches, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        ArgumentOutOfRangeException.ThrowIfNegative(batches);
        var needed = (long)batches * GroupCount;
        if (destination.Length < needed)
            throw new ArgumentException($"Holds {destination.Length} values; {GroupCount} groups of {batches} batches need {needed}.", nameof(destination));
        learningRate.Fill(Plan, firstBatch, batches, destination);
    }

    /// <summary>Adds a parameter group at the current position. Its schedule counts time from the start of the run like the others.</summary>
    /// <param name="baseLearningRate">0 or above.</param>
    /// <param name="schedule">Of the group's learning rate; null takes the first group's.</param>
    /// <returns>The group's 0-based index.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    /// <exception cref="InvalidOperationException">Another hyper-parameter is driven too, whose base value for the new group
    /// <see cref="AddGroup(IReadOnlyDictionary{string, double}, IReadOnlyDictionary{string, Schedule})"/> takes.</exception>
    public int AddGroup(double baseLearningRate, Schedule? schedule = null)
    {
        if (parameters.Count > 1)
        {
            throw new InvalidOperationException(
                $"A new group needs a base value of everything that is driven: {Names()}. Give them by name: AddGroup(new Dictionary<string, double> {{ [\"{LearningRateName}\"] = ..., [\"{parameters[1].Name}\"] = ... }}).");
        }

        learningRate.Add(baseLearningRate, schedule ?? learningRate.Schedules[0]);
        Renew();
        return learningRate.Count - 1;
    }

    /// <summary>Adds a parameter group at the current position, with a base value of everything that is driven.</summary>
    /// <param name="baseValues">By the names of <see cref="Parameters"/>, each exactly once, the learning rate under <see cref="LearningRateName"/>; 0 or above.</param>
    /// <param name="schedules">Schedules of the group's own by the same names; what is not named takes the first group's. Null: all do.</param>
    /// <returns>The group's 0-based index.</returns>
    /// <exception cref="ArgumentException">A name is missing or unknown, or a value is negative or not finite; nothing is added.</exception>
    public int AddGroup(IReadOnlyDictionary<string, double> baseValues, IReadOnlyDictionary<string, Schedule>? schedules = null)
    {
        RequireNames(Require.NotNull(baseValues).Keys, nameof(baseValues));
        RequireNames(schedules?.Keys ?? [], nameof(schedules));
        if (parameters.Find(parameter => !baseValues.ContainsKey(parameter.Name)) is { } missing)
            throw new ArgumentException($"The new group's base value of \"{missing.Name}\" is missing; what is driven is {Names()}.", nameof(baseValues));
        foreach (var value in baseValues.Values)
            Require.NotNegative(value, nameof(baseValues));
        foreach (var parameter in parameters)
            parameter.Add(baseValues[parameter.Name], schedules?.GetValueOrDefault(parameter.Name) ?? parameter.Schedules[0]);
        Renew();
        return learningRate.Count - 1;
    }

    /// <summary>Drives another hyper-parameter, such as momentum or weight decay, at the same position.</summary>
    /// <param name="name">For states and messages, such as <c>momentum</c>; not yet in use.</param>
    /// <param name="schedule">For every group.</param>
    /// <param name="baseValues">One per group, in the optimizer's order.</param>
    /// <returns>Gives the values; it follows this scheduler's position.</returns>
    /// <exception cref="ArgumentException">The name is empty or in use, there is not one value per group, or a value is negative or not finite.</exception>
    public DrivenParameter AddParameter(string name, Schedule schedule, params ReadOnlySpan<double> baseValues) =>
        AddParameter(name, Repeated(Require.NotNull(schedule), baseValues.Length), baseValues);

    /// <summary>Drives another hyper-parameter with a schedule for each group.</summary>
    /// <param name="name">For states and messages, such as <c>momentum</c>; not yet in use.</param>
    /// <param name="schedules">One per group.</param>
    /// <param name="baseValues">One per group, in the optimizer's order.</param>
    /// <returns>Gives the values; it follows this scheduler's position.</returns>
    /// <exception cref="ArgumentException">The name is empty or in use, there is not one schedule and one value per group, or a value is negative or not finite.</exception>
    public DrivenParameter AddParameter(string name, ReadOnlySpan<Schedule> schedules, ReadOnlySpan<double> baseValues)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (parameters.Exists(parameter => parameter.Name == name))
            throw new ArgumentException($"\"{name}\" is driven already; every hyper-parameter has a name of its own.", nameof(name));
        if (baseValues.Length != GroupCount)
            throw new ArgumentException($"There must be one base value of {name} per parameter group: {GroupCount}; got {baseValues.Length}.", nameof(baseValues));
        var parameter = new DrivenParameter(name, schedules, baseValues);
        parameters.Add(parameter);
        Refresh();
        return parameter;
    }

    /// <summary>Tells every <see cref="PlateauSchedule"/> a metric, usually once per epoch after validation. Reductions take effect at once.</summary>
    /// <param name="metric">Any number; NaN counts as no improvement.</param>
    /// <exception cref="InvalidOperationException">No schedule listens to a metric.</exception>
    public void ReportMetric(double metric)
    {
        if (!parameters.Exists(parameter => parameter.HasPlateaus))
            throw new InvalidOperationException($"No schedule here is reduced by a metric; put a {nameof(PlateauSchedule)} around one, or do not report.");
        foreach (var parameter in parameters)
            parameter.ReportMetric(metric);
        Refresh();
    }

    /// <summary>What a checkpoint stores: position, plan, base values, and the schedules' texts and fingerprints.</summary>
    public SchedulerState CaptureState() => new(position, Plan, [.. parameters.Select(parameter => parameter.CaptureState())]);

    /// <summary>Goes on where another scheduler was when its state was captured.</summary>
    /// <param name="state">Of a scheduler with an equal plan, the same hyper-parameters, equal schedules and as many groups. Base values are taken from it.</param>
    /// <exception cref="ScheduleMismatchException">The state belongs to another plan, schedule or number of groups; nothing is changed. The message shows the difference.</exception>
    public void Restore(SchedulerState state)
    {
        StateComparison.RequireMatch(this, Require.NotNull(state));
        for (var i = 0; i < parameters.Count; i++)
            parameters[i].Restore(state.Parameters[i]);
        MoveTo(state.Position);
    }

    /// <summary>Goes on under a changed plan and schedule where a scheduler with the old ones was.</summary>
    /// <param name="state">Of a scheduler with the plan and the schedule from before the change; groups with other schedules keep theirs.</param>
    /// <param name="change">What was changed on purpose; this scheduler was made with its new plan and schedule.</param>
    /// <exception cref="ScheduleMismatchException">The state is not of the run before the change, or this scheduler not of the one after; nothing is changed.</exception>
    public void Restore(SchedulerState state, PlanChange change) => Restore(Require.NotNull(state).Under(Require.NotNull(change)));

    /// <summary>Takes up position and plateau rules of a run whose plan or schedules were others, without comparing those: for changes that no <see cref="PlanChange"/> describes.</summary>
    /// <remarks>From the position on the values are those of this scheduler's own plan, schedules and base values.</remarks>
    /// <param name="state">Of a scheduler with the same hyper-parameters and as many groups.</param>
    /// <exception cref="ScheduleMismatchException">It has other hyper-parameters or another number of groups; nothing is changed. The message shows the difference.</exception>
    public void RestorePosition(SchedulerState state)
    {
        StateComparison.RequireSameGroups(this, Require.NotNull(state));
        for (var i = 0; i < parameters.Count; i++)
            parameters[i].RestorePlateaus(state.Parameters[i]);
        MoveTo(state.Position);
    }

    private static Schedule[] Repeated(Schedule schedule, int count)
    {
        var schedules = new Schedule[count];
        schedules.AsSpan().Fill(schedule);
        return schedules;
    }

    private string Names() => string.Join(", ", parameters.Select(parameter => parameter.Name));

    private void RequireNames(IEnumerable<string> names, string argument)
    {
        if (names.FirstOrDefault(name => !parameters.Exists(parameter => parameter.Name == name)) is { } unknown)
            throw new ArgumentException($"\"{unknown}\" is not driven here; what is driven is {Names()}.", argument);
    }

    private void Renew()
    {
        timeline = new EventTimeline(Plan, learningRate.Schedules);
        Refresh();
    }

    private void Refresh()
    {
        var epochs = Epochs;
        var held = double.PositiveInfinity;
        foreach (var parameter in CollectionsMarshal.AsSpan(parameters))
        {
            var until = parameter.Refresh(epochs);
            if (until < held)
                held = until;
        }

        refreshAt = held <= epochs ? position + 1 : Math.Max(position + 1, Plan.BatchAt(held));
    }
}
