using Cawb.Reports.Charts;

namespace Cawb.Reports.Drawings;

/// <summary>What the columns or rows of a <see cref="HeatMap"/> are: named things, or equal parts of a range.</summary>
public sealed record HeatMapAxis
{
    private HeatMapAxis(string label, int count) => (Label, Count) = (ChartText.Checked(label, nameof(label), mayBeEmpty: true), count);

    /// <summary>What it measures.</summary>
    public string Label { get; }

    /// <summary>Cells along it.</summary>
    public int Count { get; }

    /// <summary>A name for each cell; empty for a range.</summary>
    public IReadOnlyList<string> Names { get; private init; } = [];

    /// <summary>Lower end of a range.</summary>
    public double Minimum { get; private init; }

    /// <summary>Upper end of a range.</summary>
    public double Maximum { get; private init; }

    /// <summary>Whether the first row stands at the bottom instead of the top.</summary>
    public bool IsFromBottom { get; private init; }

    /// <summary>The same axis with its first row at the bottom.</summary>
    public HeatMapAxis FromBottom() => this with { IsFromBottom = true };

    /// <summary>A cell for each name.</summary>
    /// <param name="label">What they are.</param>
    /// <param name="names">One at least.</param>
    public static HeatMapAxis OfNames(string label, IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length > 0 ? new(label, all.Length) { Names = all } : throw new ArgumentException("An axis needs at least one name.", nameof(names));
    }

    /// <summary>Equal parts of a range.</summary>
    /// <param name="label">What is measured, with its unit.</param>
    /// <param name="count">Parts, 2 or more.</param>
    /// <param name="minimum">Finite.</param>
    /// <param name="maximum">Above <paramref name="minimum"/>.</param>
    public static HeatMapAxis OfRange(string label, int count, double minimum, double maximum)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        return double.IsFinite(minimum) && double.IsFinite(maximum) && minimum < maximum
            ? new(label, count) { Minimum = minimum, Maximum = maximum }
            : throw new ArgumentOutOfRangeException(nameof(minimum), $"A range runs from a finite minimum to a larger finite maximum; got {minimum:R} to {maximum:R}.");
    }
}
