namespace Cawb;

/// <summary>The events of schedules during a plan, sorted by the batch in front of which they happen; what several schedules have in common is there once.</summary>
/// <remarks>Looked up as far as somebody has asked and as far again, because a plan may be without an end and its events without number.</remarks>
internal sealed class EventTimeline(TrainingPlan plan, IReadOnlyList<Schedule> schedules)
{
    private const long FirstHorizon = 1 << 14;

    private ScheduleEvent[] events = [];
    private long[] batches = [];
    private long horizon = -1;

    public ReadOnlySpan<ScheduleEvent> At(long batch)
    {
        if (batch > horizon && horizon < plan.TotalBatches)
            LookUpTo(Math.Min(plan.TotalBatches, Math.Max(FirstHorizon, batch > long.MaxValue / 2 ? batch : 2 * batch)));
        var first = FirstFrom(batch);
        return events.AsSpan(first..FirstFrom(batch + 1));
    }

    private void LookUpTo(long batch)
    {
        horizon = batch;
        var end = plan.EpochsFromBatches(batch);
        events = [.. schedules.Distinct().SelectMany(schedule => schedule.Events(end)).Distinct().OrderBy(scheduleEvent => scheduleEvent.Epochs)];
        batches = [.. events.Select(scheduleEvent => plan.BatchAt(scheduleEvent.Epochs))];
    }

    // Not Array.BinarySearch, which lands anywhere among equal batches.
    private int FirstFrom(long batch)
    {
        var (low, high) = (0, batches.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (batches[middle] < batch)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
