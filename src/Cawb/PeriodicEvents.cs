namespace Cawb;

/// <summary>Events at whole multiples of a period.</summary>
internal static class PeriodicEvents
{
    public static IEnumerable<ScheduleEvent> Of(ScheduleEventKind kind, double periodEpochs, double endEpochs)
    {
        for (var count = 1; count * periodEpochs <= endEpochs; count++)
            yield return new ScheduleEvent(kind, count * periodEpochs, count - 1);
    }
}
