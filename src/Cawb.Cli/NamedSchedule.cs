using Cawb.Foreign;

namespace Cawb.Cli;

/// <summary>A schedule that somebody asked for, with the name under which output shows it.</summary>
/// <param name="Name">Short: a kind, a file's name, a foreign name.</param>
/// <param name="Groups">The schedule of each parameter group; one schedule for all where there is only one.</param>
/// <param name="Origin">Where it came from another library: that library's schedule; else null.</param>
internal sealed record NamedSchedule(string Name, IReadOnlyList<Schedule> Groups, ForeignSchedule? Origin)
{
    /// <summary>The schedule of a parameter group.</summary>
    public Schedule Of(int group) => Groups[Math.Min(group, Groups.Count - 1)];
}
