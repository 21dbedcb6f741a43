namespace Cawb.Reports.Charts;

/// <summary>What an axis has to show, found once however often marks are tried on it.</summary>
/// <param name="Scale">Linear or logarithmic.</param>
/// <param name="Minimum">Before it grows to a round number.</param>
/// <param name="Maximum">Before it grows to a round number.</param>
/// <param name="IsWhole">Whether marks stand at whole numbers alone.</param>
/// <param name="Grows">Whether it is widened to round numbers.</param>
internal sealed record AxisRange(AxisScale Scale, double Minimum, double Maximum, bool IsWhole, bool Grows)
{
    /// <summary>Looks at all values.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="values">All values that it has to show, bands included.</param>
    /// <param name="mayGrow">Whether the range may be widened to round numbers.</param>
    public static AxisRange Of(ChartAxis axis, IReadOnlyList<ReadOnlyMemory<double>> values, bool mayGrow)
    {
        var isLogarithmic = axis.Scale == AxisScale.Logarithmic;
        var (least, most) = Extent(values, positiveOnly: isLogarithmic);
        var (minimum, maximum) = axis.HasFixedRange ? (axis.Minimum, axis.Maximum)
            : isLogarithmic ? LogarithmicRange(mayGrow ? Math.Max(least, Typical(values) / 10) : least, most)
            : LinearRange(least, most, mayGrow);
        var isWhole = !isLogarithmic && (axis.IsWhole || (maximum - minimum >= 2 && AreWhole(values)));
        return new AxisRange(axis.Scale, minimum, maximum, isWhole, mayGrow && !axis.HasFixedRange);
    }

    /// <summary>The axis with marks.</summary>
    /// <param name="target">About how many labels there is room for.</param>
    /// <param name="start">Place of the minimum.</param>
    /// <param name="end">Place of the maximum.</param>
    public AxisMap Map(int target, double start, double end)
    {
        var ticks = Scale == AxisScale.Logarithmic ? AxisTicks.Logarithmic(Minimum, Maximum, target, Grows) : AxisTicks.Linear(Minimum, Maximum, target, Grows, IsWhole);
        return new AxisMap(Scale, ticks, start, end);
    }

    private static (double Least, double Most) Extent(IReadOnlyList<ReadOnlyMemory<double>> values, bool positiveOnly)
    {
        var (least, most) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var memory in values)
        {
            foreach (var value in memory.Span)
            {
                if (positiveOnly && value <= 0)
                {
                    continue;
                }
                least = value < least ? value : least;
                most = value > most ? value : most;
            }
        }
        return (least, most);
    }

    private static bool AreWhole(IReadOnlyList<ReadOnlyMemory<double>> values)
    {
        foreach (var memory in values)
        {
            foreach (var value in memory.Span)
            {
                if (value != Math.Floor(value))
                {
                    return false;
                }
            }
        }
        return true;
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
