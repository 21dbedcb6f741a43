namespace Cawb;

/// <summary>A schedule's events sorted by the batch in front of which they happen.</summary>
internal sealed class EventTimeline
{
    private readonly ScheduleEvent[] events;
    private readonly long[] batches;

    private EventTimeline(ScheduleEvent[] events, long[] batches) => (this.events, this.batches) = (events, batches);

    public static EventTimeline Empty { get; } = new([], []);

    /// <summary>The events of all schedules during the plan; what several schedules have in common is there once.</summary>
    public static EventTimeline Of(TrainingPlan plan, IEnumerable<Schedule> schedules)
    {
        var events = schedules
            .Distinct()
            .SelectMany(schedule => schedule.Events(plan.Epochs))
            .Distinct()
            .OrderBy(scheduleEvent => scheduleEvent.Epochs)
            .ToArray();
        return new EventTimeline(events, [.. events.Select(scheduleEvent => plan.BatchAt(scheduleEvent.Epochs))]);
    }

    public ReadOnlySpan<ScheduleEvent> At(long batch)
    {
        var first = FirstFrom(batch);
        return events.AsSpan(first..FirstFrom(batch + 1));
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
