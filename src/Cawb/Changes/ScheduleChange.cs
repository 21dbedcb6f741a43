namespace Cawb;

/// <summary>One thing that differs between two schedules, plans or states.</summary>
/// <param name="Path">Where, such as <c>bootEpochs[1]</c> or <c>plan.totalBatches</c>; empty for the schedule as a whole.</param>
/// <param name="Before">The value on the first side; <c>(default)</c> where the text leaves it out.</param>
/// <param name="After">The value on the second side.</param>
public sealed record ScheduleChange(string Path, string Before, string After)
{
    /// <inheritdoc/>
    public override string ToString() => $"{(Path.Length > 0 ? Path : "schedule")}: {Before} -> {After}";
}
