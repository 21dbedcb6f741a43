namespace Cawb.Reports.Charts;

/// <summary>A stretch of the x axis of a <see cref="Chart"/>.</summary>
public sealed record ChartRange
{
    /// <summary>From one value to a larger one.</summary>
    /// <param name="from">Finite.</param>
    /// <param name="to">Finite, above <paramref name="from"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is empty or not finite.</exception>
    public ChartRange(double from, double to)
    {
        if (!double.IsFinite(from) || !double.IsFinite(to) || from >= to)
        {
            throw new ArgumentOutOfRangeException(nameof(from), $"A range runs from a finite value to a larger finite value; got {from:R} to {to:R}.");
        }
        (From, To) = (from, to);
    }

    /// <summary>Where it begins.</summary>
    public double From { get; }

    /// <summary>Where it ends.</summary>
    public double To { get; }

    /// <summary>Whether a value lies in it; its ends do.</summary>
    /// <param name="x">Any.</param>
    public bool Contains(double x) => x >= From && x <= To;
}
