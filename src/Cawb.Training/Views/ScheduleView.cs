namespace Cawb.Training.Views;

/// <summary>Schedules and the run in which a command looks at them, on one clock.</summary>
/// <param name="Schedules">In the order in which they were typed; names are unique.</param>
/// <param name="Plan">The run.</param>
/// <param name="Unit">What 1.0 of the plan's time is: an epoch, or a step where all schedules are libraries' and nothing was said about epochs.</param>
public sealed record ScheduleView(IReadOnlyList<NamedSchedule> Schedules, TrainingPlan Plan, string Unit)
{
    /// <summary>A <see cref="Unit"/>.</summary>
    public const string Epoch = "epoch";

    /// <summary>A <see cref="Unit"/>.</summary>
    public const string Step = "step";

    /// <summary>What a reader of messages about epochs has to know: a line of its own, or nothing.</summary>
    public string Note => Unit == Step ? "In the library's own steps: what is called an epoch below is one of them.\n" : "";

    /// <summary>The one schedule that the command looks at.</summary>
    /// <exception cref="InputException">There are several.</exception>
    public NamedSchedule Single => NamedSchedule.Only(Schedules);
}
