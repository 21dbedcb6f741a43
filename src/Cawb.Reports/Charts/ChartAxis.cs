namespace Cawb.Reports.Charts;

/// <summary>One axis of a <see cref="Chart"/>: what it measures, how it spreads values and, if wished, from where to where.</summary>
public sealed record ChartAxis
{
    private ChartAxis(string label, AxisScale scale)
    {
        Label = ChartText.Checked(label, nameof(label), mayBeEmpty: true);
        Scale = scale;
    }

    /// <summary>What is measured, with its unit, as it stands beside the axis.</summary>
    public string Label { get; }

    /// <summary>Linear or logarithmic.</summary>
    public AxisScale Scale { get; }

    /// <summary>Whether <see cref="Minimum"/> and <see cref="Maximum"/> bind; otherwise the data decide.</summary>
    public bool HasFixedRange { get; private init; }

    /// <summary>Whether marks stand at whole numbers alone, as of epochs.</summary>
    public bool IsWhole { get; private init; }

    /// <summary>Lower end of a fixed range; 0 without one.</summary>
    public double Minimum { get; private init; }

    /// <summary>Upper end of a fixed range; 0 without one.</summary>
    public double Maximum { get; private init; }

    /// <summary>A linear axis whose range comes from the data: non-negative data that reach below half of their maximum start at 0.</summary>
    /// <param name="label">Shown beside the axis; may be empty.</param>
    public static ChartAxis Linear(string label) => new(label, AxisScale.Linear);

    /// <summary>A logarithmic axis whose range comes from the positive data: down to their minimum, but no more than a decade below what 99 in 100 of them exceed.</summary>
    /// <param name="label">Shown beside the axis; may be empty.</param>
    public static ChartAxis Logarithmic(string label) => new(label, AxisScale.Logarithmic);

    /// <summary>The same axis with marks at whole numbers alone.</summary>
    public ChartAxis InWholeNumbers() => this with { IsWhole = true };

    /// <summary>The same axis from <paramref name="minimum"/> to <paramref name="maximum"/>; what lies outside is cut off.</summary>
    /// <param name="minimum">Finite, below <paramref name="maximum"/>; above 0 on a logarithmic axis.</param>
    /// <param name="maximum">Finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty, not finite, or not positive on a logarithmic axis.</exception>
    public ChartAxis WithRange(double minimum, double maximum)
    {
        if (!double.IsFinite(minimum) || !double.IsFinite(maximum) || minimum >= maximum)
        {
            throw new ArgumentOutOfRangeException(nameof(minimum), $"An axis runs from a finite minimum to a larger finite maximum; got {minimum:R} to {maximum:R}.");
        }
        if (Scale == AxisScale.Logarithmic && minimum <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(minimum), $"A logarithmic axis starts above 0; got {minimum:R}.");
        }
        return this with { HasFixedRange = true, Minimum = minimum, Maximum = maximum };
    }

    /// <summary>The same for a look at a part: between two whole numbers there are marks too.</summary>
    internal ChartAxis Within(ChartRange range) => WithRange(range.From, range.To) with { IsWhole = IsWhole && range.To - range.From >= 2 };
}
