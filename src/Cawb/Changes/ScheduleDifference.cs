namespace Cawb;

/// <summary>What differs between two schedules, one line each when printed.</summary>
public sealed record ScheduleDifference
{
    internal ScheduleDifference(IEnumerable<ScheduleChange> changes) => Changes = new ValueList<ScheduleChange>(changes);

    /// <summary>In the order of the text form.</summary>
    public IReadOnlyList<ScheduleChange> Changes { get; }

    /// <summary>Whether nothing differs.</summary>
    public bool IsEmpty => Changes.Count == 0;

    /// <summary>Compares two schedules by their texts; delegates count by name.</summary>
    public static ScheduleDifference Between(Schedule before, Schedule after) =>
        new(TextDifference.Between(Require.NotNull(before).Description, Require.NotNull(after).Description));

    /// <summary>Compares two plans.</summary>
    public static ScheduleDifference Between(TrainingPlan before, TrainingPlan after) => new(StateComparison.PlanChanges(before, after));

    /// <summary>One line per change; a sentence where there is none.</summary>
    public override string ToString() => IsEmpty ? "Nothing differs." : string.Join('\n', Changes);
}
