namespace Cawb.Reports.Charts;

/// <summary>One named curve of a <see cref="Chart"/>, with an optional band around it.</summary>
/// <remarks>
/// The points are copied when the series is made. There may be millions of them: every renderer reduces them per pixel column by minimum and maximum, so that
/// the picture is the one that all points would have given. Two series are equal when they are the same object's data, not when their numbers happen to agree.
/// </remarks>
public sealed record ChartSeries
{
    private ChartSeries(string name, SeriesShape shape, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Name = ChartText.Checked(name, nameof(name), mayBeEmpty: false);
        Shape = shape;
        CheckPoints(name, x, y);
        X = x.ToArray();
        Y = y.ToArray();
    }

    /// <summary>As it stands in the legend; unique in its chart.</summary>
    public string Name { get; private init; }

    /// <summary>How the points are joined.</summary>
    public SeriesShape Shape { get; }

    /// <summary>Never falling. At least one value.</summary>
    public ReadOnlyMemory<double> X { get; private init; }

    /// <summary>As many as <see cref="X"/>.</summary>
    public ReadOnlyMemory<double> Y { get; private init; }

    /// <summary>Lower edge of the band, as many values as <see cref="X"/>; empty without a band.</summary>
    public ReadOnlyMemory<double> BandLower { get; private init; }

    /// <summary>Upper edge of the band, as many values as <see cref="X"/>; empty without a band.</summary>
    public ReadOnlyMemory<double> BandUpper { get; private init; }

    /// <summary>Whether the line is broken, as for a reference that was not measured here.</summary>
    public bool IsDashed { get; private init; }

    /// <summary>Whether the line is thicker than others and in front of them, as for a mean among its members.</summary>
    public bool IsStrong { get; private init; }

    /// <summary>The series whose colour this one shares; empty when it has one of its own.</summary>
    public string ColourOf { get; private init; } = "";

    /// <summary>Whether there is a band.</summary>
    public bool HasBand => !BandLower.IsEmpty;

    /// <summary>Points joined by straight lines.</summary>
    /// <param name="name">As it stands in the legend.</param>
    /// <param name="x">Finite and never falling; at least one value.</param>
    /// <param name="y">Finite, as many as <paramref name="x"/>.</param>
    /// <exception cref="ArgumentException">The name is empty, or the points break one of these rules; the message names the first that does.</exception>
    public static ChartSeries Line(string name, ReadOnlySpan<double> x, ReadOnlySpan<double> y) => new(name, SeriesShape.Line, x, y);

    /// <summary>Values that hold until the next x.</summary>
    /// <inheritdoc cref="Line" path="/param|/exception"/>
    public static ChartSeries Steps(string name, ReadOnlySpan<double> x, ReadOnlySpan<double> y) => new(name, SeriesShape.Steps, x, y);

    /// <summary>Dots that are not joined.</summary>
    /// <inheritdoc cref="Line" path="/param|/exception"/>
    public static ChartSeries Points(string name, ReadOnlySpan<double> x, ReadOnlySpan<double> y) => new(name, SeriesShape.Points, x, y);

    /// <summary>The same series with the band from <paramref name="lower"/> to <paramref name="upper"/> behind it.</summary>
    /// <param name="lower">Finite, as many as the series has points.</param>
    /// <param name="upper">Finite, nowhere below <paramref name="lower"/>.</param>
    /// <exception cref="ArgumentException">The edges have another length than the series, are not finite, or cross.</exception>
    public ChartSeries WithBand(ReadOnlySpan<double> lower, ReadOnlySpan<double> upper)
    {
        if (lower.Length != X.Length || upper.Length != X.Length)
        {
            throw new ArgumentException($"The band of series '{Name}' needs {X.Length} values on each edge; got {lower.Length} and {upper.Length}.", nameof(lower));
        }
        for (var i = 0; i < lower.Length; i++)
        {
            if (!double.IsFinite(lower[i]) || !double.IsFinite(upper[i]) || lower[i] > upper[i])
            {
                throw new ArgumentException($"Edge {i} of the band of series '{Name}' runs from {lower[i]:R} to {upper[i]:R}; both must be finite and in this order.", nameof(lower));
            }
        }
        return this with { BandLower = lower.ToArray(), BandUpper = upper.ToArray() };
    }

    /// <summary>The same series under another name.</summary>
    /// <param name="name">As it stands in the legend.</param>
    public ChartSeries Named(string name) => name == Name ? this : this with { Name = ChartText.Checked(name, nameof(name), mayBeEmpty: false) };

    /// <summary>The same series with a broken line.</summary>
    public ChartSeries Dashed() => this with { IsDashed = true };

    /// <summary>The same series with a thicker line.</summary>
    public ChartSeries Strong() => this with { IsStrong = true };

    /// <summary>The same series in the colour of another one of its chart, for two quantities of one thing.</summary>
    /// <param name="seriesName">The other's name; it has a colour of its own.</param>
    public ChartSeries InColourOf(string seriesName) => this with { ColourOf = ChartText.Checked(seriesName, nameof(seriesName), mayBeEmpty: false) };

    /// <summary>The points in the range, with one neighbour on either side so that lines run to the edge.</summary>
    internal ChartSeries Within(ChartRange range)
    {
        var (from, to) = PointReduction.Visible(X.Span, range.From, range.To);
        return this with { X = X[from..to], Y = Y[from..to], BandLower = HasBand ? BandLower[from..to] : default, BandUpper = HasBand ? BandUpper[from..to] : default };
    }

    private static void CheckPoints(string name, ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length == 0)
        {
            throw new ArgumentException($"Series '{name}' has no points; leave it out or give it at least one.", nameof(x));
        }
        if (x.Length != y.Length)
        {
            throw new ArgumentException($"Series '{name}' has {x.Length} x values and {y.Length} y values; there must be as many of each.", nameof(y));
        }
        for (var i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(x[i]) || !double.IsFinite(y[i]))
            {
                throw new ArgumentException($"Point {i} of series '{name}' is ({x[i]:R}, {y[i]:R}); both must be finite numbers.", nameof(y));
            }
            if (i > 0 && x[i] < x[i - 1])
            {
                throw new ArgumentException($"Point {i} of series '{name}' is at x = {x[i]:R}, before its predecessor at {x[i - 1]:R}; x must not fall.", nameof(x));
            }
        }
    }
}
