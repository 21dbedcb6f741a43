namespace Cawb.Foreign;

/// <summary>The values of a rule that computes each from the one before, remembered as far as they were asked for. Safe for use from several threads.</summary>
/// <param name="first">The value after no step.</param>
/// <param name="next">The value after step k, from k and the value before.</param>
internal sealed class Recursion(double first, Func<int, double, double> next)
{
    // A walk beyond this is no schedule that anybody trains with; the last value holds.
    private const int MostSteps = 1 << 22;

    private readonly List<double> values = [first];
    private readonly Lock gate = new();

    public double At(double step)
    {
        var index = (int)Math.Clamp(Math.Floor(step), 0, MostSteps);
        lock (gate)
        {
            while (values.Count <= index)
                values.Add(next(values.Count, values[^1]));
            return values[index];
        }
    }
}
