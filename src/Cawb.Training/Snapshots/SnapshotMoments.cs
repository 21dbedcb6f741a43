namespace Cawb.Training.Snapshots;

/// <summary>When snapshots of a run are taken.</summary>
public static class SnapshotMoments
{
    /// <summary>Troughs of which a snapshot is kept; of a schedule with more, the last ones. With the end of the run that makes eight members.</summary>
    public const int MostTroughs = 7;

    /// <summary>Numbers of trained batches at which the schedule stands in a trough, rising: the weights then belong to the last batch before the boot or restart.</summary>
    /// <param name="schedule">Of the run.</param>
    /// <param name="plan">Of the run.</param>
    /// <returns>Between 1 and the run's batches - 1, for the end is no trough; at most <see cref="MostTroughs"/>.</returns>
    public static IReadOnlyList<long> Of(Schedule schedule, TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(plan);
        return [.. schedule.Events(plan.Epochs)
            .Where(moment => moment.Kind == ScheduleEventKind.Trough)
            .Select(moment => plan.BatchAt(moment.Epochs))
            .Where(batch => batch > 0 && batch < plan.TotalBatches)
            .Distinct()
            .Order()
            .TakeLast(MostTroughs)];
    }
}
