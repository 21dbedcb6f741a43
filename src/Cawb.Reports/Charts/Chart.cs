namespace Cawb.Reports.Charts;

/// <summary>What a picture shows, without how: curves over two axes, with bands and events.</summary>
/// <remarks>
/// Renderers turn it into text: <see cref="SvgChart"/>, <see cref="HtmlChart"/>, <see cref="TerminalChart"/>, <see cref="PngChart"/>; <see cref="ChartFile"/> writes
/// whichever of them a file name asks for. The same chart gives the same bytes on every machine, but for PNG, whose letters are those of the machine's fonts.
/// </remarks>
public sealed record Chart
{
    /// <summary>A chart of at least one series.</summary>
    /// <param name="title">One line above the plot; may be empty.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="series">In the order of their colours and of the legend; names are unique.</param>
    /// <exception cref="ArgumentException">There is no series, or two have one name.</exception>
    public Chart(string title, ChartAxis x, ChartAxis y, IEnumerable<ChartSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        Title = ChartText.Checked(title, nameof(title), mayBeEmpty: true);
        X = x ?? throw new ArgumentNullException(nameof(x));
        Y = y ?? throw new ArgumentNullException(nameof(y));
        Series = [.. series];
        if (Series.Count == 0)
        {
            throw new ArgumentException("A chart needs at least one series.", nameof(series));
        }
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var one in Series)
        {
            if (!names.Add(one.Name))
            {
                throw new ArgumentException($"Two series are named '{one.Name}'; the legend needs a name for each.", nameof(series));
            }
        }
        Colours = ColoursOf(Series);
    }

    /// <summary>One line above the plot; may be empty.</summary>
    public string Title { get; }

    /// <summary>What the picture shows, in words, for those who cannot see it; when empty, renderers make it from the data.</summary>
    public string Description { get; private init; } = "";

    /// <summary>The horizontal axis.</summary>
    public ChartAxis X { get; private init; }

    /// <summary>The vertical axis.</summary>
    public ChartAxis Y { get; }

    /// <summary>The curves, first behind, last in front.</summary>
    public IReadOnlyList<ChartSeries> Series { get; private init; }

    /// <summary>The events, in the order of their place.</summary>
    public IReadOnlyList<ChartMarker> Markers { get; private init; } = [];

    /// <summary>The same chart with these events instead of the ones it had.</summary>
    /// <param name="markers">In any order. Events of several series with one place and one name become one that belongs to all.</param>
    /// <exception cref="ArgumentException">A marker names a series that the chart does not have.</exception>
    public Chart WithMarkers(IEnumerable<ChartMarker> markers)
    {
        ArgumentNullException.ThrowIfNull(markers);
        var merged = new List<ChartMarker>();
        foreach (var marker in markers.OrderBy(m => m.X))
        {
            if (marker.SeriesName.Length > 0 && Series.All(s => s.Name != marker.SeriesName))
            {
                throw new ArgumentException($"Marker '{marker.Label}' belongs to series '{marker.SeriesName}', which the chart does not have.", nameof(markers));
            }
            var twin = merged.FindIndex(m => m.X == marker.X && m.Label == marker.Label);
            if (twin < 0)
            {
                merged.Add(marker);
            }
            else if (merged[twin].SeriesName != marker.SeriesName)
            {
                merged[twin] = ChartMarker.At(marker.X, marker.Label);
            }
        }
        return this with { Markers = merged };
    }

    /// <summary>The x values that it shows.</summary>
    public ChartRange Extent
    {
        get
        {
            var shown = AxisRange.Of(X, XValues(), mayGrow: false);
            return new ChartRange(shown.Minimum, shown.Maximum);
        }
    }

    /// <summary>A part of the chart, as if there were nothing else: the other axis fits what is seen there, and events outside are left out.</summary>
    /// <param name="range">Of x; above 0 where the axis is logarithmic.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range is not positive on a logarithmic axis.</exception>
    public Chart Within(ChartRange range)
    {
        ArgumentNullException.ThrowIfNull(range);
        return this with
        {
            X = X.Within(range),
            Series = [.. Series.Select(series => series.Within(range))],
            Markers = [.. Markers.Where(marker => range.Contains(marker.X))],
        };
    }

    /// <summary>The same chart with a description in words.</summary>
    /// <param name="description">One or a few sentences.</param>
    public Chart WithDescription(string description) => this with { Description = ChartText.Checked(description, nameof(description), mayBeEmpty: true) };

    /// <summary>Number of the colour of each series.</summary>
    internal IReadOnlyList<int> Colours { get; }

    /// <summary>Everything that the horizontal axis has to show.</summary>
    internal IReadOnlyList<ReadOnlyMemory<double>> XValues() => [.. Series.Select(s => s.X), Markers.Select(m => m.X).ToArray()];

    /// <summary>Everything that the vertical axis has to show.</summary>
    internal IReadOnlyList<ReadOnlyMemory<double>> YValues() => [.. Series.SelectMany(s => new[] { s.Y, s.BandLower, s.BandUpper })];

    private static int[] ColoursOf(IReadOnlyList<ChartSeries> series)
    {
        var own = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var one in series.Where(s => s.ColourOf.Length == 0))
        {
            own.Add(one.Name, own.Count);
        }
        return [.. series.Select(s => own.TryGetValue(s.ColourOf.Length == 0 ? s.Name : s.ColourOf, out var colour) ? colour
            : throw new ArgumentException($"Series '{s.Name}' is to have the colour of '{s.ColourOf}', which is no series with a colour of its own.", nameof(series)))];
    }
}
