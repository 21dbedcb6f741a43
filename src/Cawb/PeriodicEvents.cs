namespace Cawb;

/// <summary>Events at whole multiples of a period.</summary>
internal static class PeriodicEvents
{
    /// <summary>What holds at a moment of a decline by the interval, smooth or as a staircase.</summary>
    public static Formula FormulaAt(double epochs, double intervalEpochs, bool isStaircase, Func<string, string> formula)
    {
        var passed = Boundaries.PeriodsUpTo(intervalEpochs, epochs);
        return isStaircase
            ? new Formula(formula("intervals"), ("intervals", passed)) { Stretch = $"stair {passed + 1}", Bounds = (passed * intervalEpochs, (passed + 1) * intervalEpochs) }
            : new Formula(formula("(t / intervalEpochs)")) { Stretch = "a decline that never ends", Bounds = (0, double.PositiveInfinity) };
    }

    public static IEnumerable<ScheduleEvent> Of(ScheduleEventKind kind, double periodEpochs, double endEpochs)
    {
        for (var count = 1; count * periodEpochs <= endEpochs; count++)
            yield return new ScheduleEvent(kind, count * periodEpochs, count - 1);
    }
}
