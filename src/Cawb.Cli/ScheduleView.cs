namespace Cawb.Cli;

/// <summary>Schedules and the run in which a command looks at them, on one clock.</summary>
/// <param name="Schedules">In the order in which they were typed; names are unique.</param>
/// <param name="Plan">The run.</param>
/// <param name="Unit">What 1.0 of the plan's time is: an epoch, or a step where all schedules are libraries' and nothing was said about epochs.</param>
internal sealed record ScheduleView(IReadOnlyList<NamedSchedule> Schedules, TrainingPlan Plan, string Unit)
{
    public const string Epoch = "epoch";

    public const string Step = "step";

    /// <summary>The one schedule that the command looks at.</summary>
    /// <exception cref="InputException">There are several.</exception>
    public NamedSchedule Single => NamedSchedule.Only(Schedules);
}
