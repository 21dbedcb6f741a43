namespace Cawb.Reports.Charts;

/// <summary>From values of an axis to places on a canvas.</summary>
internal sealed record AxisMap
{
    private readonly double origin;
    private readonly double perUnit;

    public AxisMap(AxisScale scale, AxisTicks ticks, double start, double end)
    {
        Scale = scale;
        Ticks = ticks;
        (Start, End) = (start, end);
        origin = Linearised(ticks.Minimum);
        perUnit = (end - start) / (Linearised(ticks.Maximum) - origin);
    }

    public AxisScale Scale { get; }

    public AxisTicks Ticks { get; }

    /// <summary>Place of the axis's minimum.</summary>
    public double Start { get; }

    /// <summary>Place of the axis's maximum; below <see cref="Start"/> when the canvas counts downwards.</summary>
    public double End { get; }

    /// <summary>Place of a value. Values far outside the range lie at most three lengths of the axis beyond it, so that no coordinate grows without limit.</summary>
    public double At(double value)
    {
        var far = 3 * (End - Start);
        if (Scale == AxisScale.Logarithmic && value <= 0)
        {
            return Start - far;
        }
        var place = Start + (Linearised(value) - origin) * perUnit;
        return far > 0 ? Math.Clamp(place, Start - far, End + far) : Math.Clamp(place, End + far, Start - far);
    }

    private double Linearised(double value) => Scale == AxisScale.Logarithmic ? Math.Log10(value) : value;

    /// <summary>The axis with the range and marks that fit its data.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="values">All values that it has to show, bands included.</param>
    /// <param name="target">About how many labels there is room for.</param>
    /// <param name="mayGrow">Whether the range may be widened to round numbers.</param>
    /// <param name="start">Place of the minimum.</param>
    /// <param name="end">Place of the maximum.</param>
    public static AxisMap Fit(ChartAxis axis, IReadOnlyList<ReadOnlyMemory<double>> values, int target, bool mayGrow, double start, double end)
    {
        var isLogarithmic = axis.Scale == AxisScale.Logarithmic;
        var (least, most, isWhole) = Extent(values, positiveOnly: isLogarithmic);
        var (minimum, maximum) = axis.HasFixedRange ? (axis.Minimum, axis.Maximum)
            : isLogarithmic ? LogarithmicRange(mayGrow ? Math.Max(least, Typical(values) / 10) : least, most)
            : LinearRange(least, most, mayGrow);
        var grows = mayGrow && !axis.HasFixedRange;
        var ticks = isLogarithmic
            ? AxisTicks.Logarithmic(minimum, maximum, target, grows)
            : AxisTicks.Linear(minimum, maximum, target, grows, axis.IsWhole || (isWhole && maximum - minimum >= 2));
        return new AxisMap(axis.Scale, ticks, start, end);
    }

    private static (double Least, double Most, bool IsWhole) Extent(IReadOnlyList<ReadOnlyMemory<double>> values, bool positiveOnly)
    {
        var (least, most, isWhole) = (double.PositiveInfinity, double.NegativeInfinity, true);
        foreach (var memory in values)
        {
            foreach (var value in memory.Span)
            {
                if (positiveOnly && value <= 0)
                {
                    continue;
                }
                least = Math.Min(least, value);
                most = Math.Max(most, value);
                isWhole &= value == Math.Floor(value);
            }
        }
        return (least, most, isWhole);
    }

    /// <summary>The value that one in a hundred positive values lies below, from an even sample.</summary>
    /// <remarks>A warm-up from 0 passes through any number of decades within a few batches; a logarithmic axis that showed them all would show nothing else.</remarks>
    private static double Typical(IReadOnlyList<ReadOnlyMemory<double>> values)
    {
        var lowest = double.PositiveInfinity;
        foreach (var memory in values)
        {
            var sample = new List<double>();
            for (var i = 0; i < memory.Length; i += Math.Max(1, memory.Length / 4096))
            {
                if (memory.Span[i] > 0)
                {
                    sample.Add(memory.Span[i]);
                }
            }
            sample.Sort();
            if (sample.Count > 0)
            {
                lowest = Math.Min(lowest, sample[sample.Count / 100]);
            }
        }
        return double.IsInfinity(lowest) ? 0 : lowest;
    }

    private static (double Minimum, double Maximum) LinearRange(double least, double most, bool mayStartAtZero)
    {
        if (mayStartAtZero && least >= 0 && most > 0 && least < 0.5 * most)
        {
            return (0, most);
        }
        // A flat curve gets room on both sides; the relative guard also catches values so close that their difference is rounding.
        var room = Math.Max(Math.Abs(most) * 1e-9, double.Epsilon * 1e6);
        if (most - least > room)
        {
            return (least, most);
        }
        return most == 0 ? (0, 1) : most > 0 && mayStartAtZero ? (0, most * 1.25) : (least - Math.Abs(least) * 0.25, most + Math.Abs(most) * 0.25);
    }

    private static (double Minimum, double Maximum) LogarithmicRange(double least, double most)
    {
        if (double.IsInfinity(most))
        {
            return (0.1, 1);
        }
        least = Math.Max(least, most * 1e-12);
        return most / least < 1 + 1e-9 ? (least / 2, most * 2) : (least, most);
    }
}
