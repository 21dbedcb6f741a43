namespace Cawb;

/// <summary>What compositions do with the events of their parts.</summary>
internal static class EventStream
{
    public static IEnumerable<ScheduleEvent> Shifted(IEnumerable<ScheduleEvent> events, double epochs) =>
        events.Select(scheduleEvent => scheduleEvent with { Epochs = scheduleEvent.Epochs + epochs });

    /// <summary>Events of several sources in order of time, each kind counted anew; what two sources have at the same moment is there once.</summary>
    public static IEnumerable<ScheduleEvent> Merged(IEnumerable<ScheduleEvent> events)
    {
        var counts = new int[Enum.GetValues<ScheduleEventKind>().Length];
        return events
            .DistinctBy(scheduleEvent => (scheduleEvent.Kind, scheduleEvent.Epochs))
            .OrderBy(scheduleEvent => scheduleEvent.Epochs)
            .ThenBy(scheduleEvent => scheduleEvent.Kind)
            .Select(scheduleEvent => scheduleEvent with { Index = counts[(int)scheduleEvent.Kind]++ })
            .ToList();
    }

    /// <summary>The events of parts that run side by side, which end together.</summary>
    public static IEnumerable<ScheduleEvent> OfParts(IEnumerable<Schedule> parts, double ownEndEpochs, double endEpochs)
    {
        var events = parts.SelectMany(part => part.Events(endEpochs)).Where(scheduleEvent => scheduleEvent.Kind != ScheduleEventKind.End);
        return Merged(ownEndEpochs > 0 && ownEndEpochs <= endEpochs ? events.Append(new ScheduleEvent(ScheduleEventKind.End, ownEndEpochs, Index: 0)) : events);
    }
}
