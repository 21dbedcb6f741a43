namespace Cawb;

/// <summary>Questions about a schedule whose time starts at another moment.</summary>
internal static class Timeline
{
    /// <summary>Until when, in outer time, a schedule that starts at <paramref name="startEpochs"/> keeps its value.</summary>
    public static double ConstantUntil(Schedule schedule, double epochs, double startEpochs)
    {
        var inner = epochs - startEpochs;
        var held = schedule.ConstantUntil(inner);
        return held > inner ? Math.Max(epochs, Before(held + startEpochs, Math.Abs(held))) : epochs;
    }

    // Both the sum here and the difference that evaluation computes are rounded. A few units in the last place less keeps the promise that nothing
    // changes before, and costs nothing: no batch starts in between.
    private static double Before(double sum, double held)
    {
        if (double.IsPositiveInfinity(sum))
            return sum;
        var largest = Math.Max(Math.Abs(sum), held);
        return sum - 4 * (Math.BitIncrement(largest) - largest);
    }
}
