namespace Cawb;

/// <summary>What a checkpoint stores of a <see cref="LearningRateScheduler"/>. <see cref="ToJson"/> and <see cref="FromJson"/> carry it over.</summary>
public sealed record SchedulerState
{
    internal SchedulerState(long position, TrainingPlan plan, IEnumerable<ParameterState> hyperParameters)
    {
        Position = position;
        Plan = plan;
        Parameters = new ValueList<ParameterState>(hyperParameters);
    }

    /// <summary>Batches trained so far.</summary>
    public long Position { get; }

    /// <summary>The plan of the run that was captured.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>The learning rate first.</summary>
    public IReadOnlyList<ParameterState> Parameters { get; }

    /// <summary>The state as one JSON object, without line breaks.</summary>
    public string ToJson() => StateText.Write(this);

    /// <summary>The state as it would be had the run had the changed plan and schedule from the start, which is where the two agree.</summary>
    /// <exception cref="ScheduleMismatchException">The state is not of the run before the change.</exception>
    internal SchedulerState Under(PlanChange change)
    {
        var difference = ScheduleDifference.Between(Plan, change.PlanBefore);
        if (!difference.IsEmpty)
            throw new ScheduleMismatchException("The state has not the plan that the change starts from. State -> change:\n" + difference, difference);
        var (before, after) = (change.Before.Description, change.After.Description);
        return new SchedulerState(
            Position,
            change.PlanAfter,
            Parameters.Select(parameter => new ParameterState(
                parameter.Name, parameter.BaseValues, parameter.Schedules.Select(schedule => schedule == before ? after : schedule), parameter.Plateaus)));
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="ScheduleTextException">The text is no state; the message has line and column.</exception>
    public static SchedulerState FromJson(string json) => StateText.Read(Require.NotNull(json));
}
