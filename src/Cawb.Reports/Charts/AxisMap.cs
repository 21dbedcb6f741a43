namespace Cawb.Reports.Charts;

/// <summary>From values of an axis to places on a canvas.</summary>
internal sealed record AxisMap
{
    private readonly double origin;
    private readonly double perUnit;
    private readonly double lowest, highest;

    public AxisMap(AxisScale scale, AxisTicks ticks, double start, double end)
    {
        Scale = scale;
        Ticks = ticks;
        (Start, End) = (start, end);
        origin = Linearised(ticks.Minimum);
        perUnit = (end - start) / (Linearised(ticks.Maximum) - origin);
        var far = 3 * (end - start);
        (lowest, highest) = far > 0 ? (start - far, end + far) : (end + far, start - far);
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
        if (Scale == AxisScale.Logarithmic && value <= 0)
        {
            return Start - 3 * (End - Start);
        }
        return Math.Clamp(Start + (Linearised(value) - origin) * perUnit, lowest, highest);
    }

    private double Linearised(double value) => Scale == AxisScale.Logarithmic ? Math.Log10(value) : value;

    /// <summary>The axis with the range and marks that fit its data.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="values">All values that it has to show, bands included.</param>
    /// <param name="target">About how many labels there is room for.</param>
    /// <param name="mayGrow">Whether the range may be widened to round numbers.</param>
    /// <param name="start">Place of the minimum.</param>
    /// <param name="end">Place of the maximum.</param>
    public static AxisMap Fit(ChartAxis axis, IReadOnlyList<ReadOnlyMemory<double>> values, int target, bool mayGrow, double start, double end) =>
        AxisRange.Of(axis, values, mayGrow).Map(target, start, end);
}
