using Cawb.Foreign;
using Cawb.Training;

namespace Cawb.Cli;

/// <summary>A schedule that somebody asked for, with the name under which output shows it.</summary>
/// <param name="Name">Short: a kind, a file's name, a foreign name.</param>
/// <param name="Groups">The schedule of each parameter group; one schedule for all where there is only one.</param>
/// <param name="Origin">Where it came from another library: that library's schedule, in its own time; else null.</param>
internal sealed record NamedSchedule(string Name, IReadOnlyList<Schedule> Groups, ForeignSchedule? Origin)
{
    /// <summary>Why <see cref="Groups"/> are no schedules of ours and have no text, in one sentence; empty where they are.</summary>
    public string WhyNoTextForm { get; init; } = Origin?.WhyNoTextForm ?? "";

    /// <summary>Whether time is a number of calls and nothing else: no epochs, no share of a run.</summary>
    public bool CountsSteps => Origin is { TimeUnit: ForeignTimeUnit.Step or ForeignTimeUnit.Batch };

    /// <summary>The schedule of a parameter group.</summary>
    public Schedule Of(int group) => Groups[Math.Min(group, Groups.Count - 1)];

    /// <summary>The one of a list.</summary>
    /// <exception cref="InputException">There are several.</exception>
    public static NamedSchedule Only(IReadOnlyList<NamedSchedule> schedules) => schedules.Count == 1
        ? schedules[0]
        : throw new InputException($"This command looks at one schedule; got {schedules.Count}: {string.Join(", ", schedules.Select(one => one.Name))}.");
}
