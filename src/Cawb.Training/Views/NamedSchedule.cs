using Cawb.Foreign;

namespace Cawb.Training.Views;

/// <summary>A schedule that somebody asked for, with the name under which output shows it.</summary>
/// <param name="Name">Short: a kind, a file's name, a foreign name.</param>
/// <param name="Groups">The schedule of each parameter group; one schedule for all where there is only one.</param>
/// <param name="Origin">Where it came from another library: that library's schedule, in its own time; else null.</param>
public sealed record NamedSchedule(string Name, IReadOnlyList<Schedule> Groups, ForeignSchedule? Origin)
{
    /// <summary>Why <see cref="Groups"/> are no schedules of ours and have no text, in one sentence; empty where they are.</summary>
    public string WhyNoTextForm { get; init; } = Origin?.WhyNoTextForm ?? "";

    /// <summary>The momentum of each parameter group; empty where it is left alone.</summary>
    public IReadOnlyList<Schedule> Momenta { get; init; } = Origin?.Momenta ?? [];

    /// <summary>Whether time is a number of calls and nothing else: no epochs, no share of a run.</summary>
    public bool CountsSteps => Origin is { TimeUnit: ForeignTimeUnit.Step or ForeignTimeUnit.Batch };

    /// <summary>How many of its own units show it all: its length, or that of the run that its arguments name. 0 where it has none: it goes on for ever, or is as long as the run.</summary>
    public double Units => Origin switch
    {
        null => Groups.Max(group => group.EndEpochs) is var end && double.IsFinite(end) ? end : 0,
        { TimeUnit: ForeignTimeUnit.Run } => 0,
        var origin => origin.UnitsToShow,
    };

    /// <summary>The schedule of a parameter group.</summary>
    /// <param name="group">0-based; past the last it is the last.</param>
    public Schedule Of(int group) => Groups[Math.Min(group, Groups.Count - 1)];

    /// <summary>Whether a step of its library is a batch.</summary>
    /// <param name="stepIs">What somebody says a step is; null to go by the library.</param>
    public bool IsPerBatch(ForeignTimeUnit? stepIs) =>
        CountsSteps && (stepIs is null || Origin is { TimeUnitIsGiven: true } ? Origin?.TimeUnit == ForeignTimeUnit.Batch : stepIs == ForeignTimeUnit.Batch);

    /// <summary>The same on the clock of a run, in epochs; one of ours is on it already.</summary>
    /// <param name="plan">The run.</param>
    /// <param name="stepIs">What a step of its library is; null to go by the library. Passed over where time is not counted in steps, or the arguments say it.</param>
    /// <exception cref="ForeignScheduleException">The library's schedule was made for another number of batches in an epoch.</exception>
    public NamedSchedule OnClock(TrainingPlan plan, ForeignTimeUnit? stepIs)
    {
        if (Origin is not { } origin)
        {
            return this;
        }

        var converted = origin.OverEpochs(plan, CountsSteps && !origin.TimeUnitIsGiven ? stepIs : null);
        return this with { Groups = converted.LearningRates, Momenta = converted.Momenta, WhyNoTextForm = converted.WhyNoTextForm };
    }

    /// <summary>The one of a list.</summary>
    /// <param name="schedules">Those that were asked for.</param>
    /// <exception cref="InputException">There are several.</exception>
    public static NamedSchedule Only(IReadOnlyList<NamedSchedule> schedules) => schedules is [var only]
        ? only
        : throw new InputException($"This command looks at one schedule; got {schedules.Count}: {string.Join(", ", schedules.Select(one => one.Name))}.");
}
