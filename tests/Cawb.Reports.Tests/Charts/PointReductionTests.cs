using Cawb.Reports.Charts;

namespace Cawb.Reports.Tests.Charts;

public class PointReductionTests
{
    /// <summary>The naive drawing of every point and the reduced one cover the same rows in each column, to a fraction of a pixel.</summary>
    [Theory]
    [InlineData(SeriesShape.Line, false, AxisScale.Linear)]
    [InlineData(SeriesShape.Steps, false, AxisScale.Linear)]
    [InlineData(SeriesShape.Line, true, AxisScale.Linear)]
    [InlineData(SeriesShape.Steps, true, AxisScale.Linear)]
    [InlineData(SeriesShape.Steps, false, AxisScale.Logarithmic)]
    [InlineData(SeriesShape.Line, true, AxisScale.Logarithmic)]
    public void Covers_the_rows_that_all_points_cover(SeriesShape shape, bool isNoise, AxisScale scale)
    {
        const int Count = 200_000;
        var xs = new double[Count];
        var ys = new double[Count];
        var state = 1u;
        for (var i = 0; i < Count; i++)
        {
            state = state * 1664525 + 1013904223;
            xs[i] = i / 1000.0;
            ys[i] = isNoise ? (state >> 8) / 16777216.0 : Math.Sin(i / 9000.0) + (i > Count / 2 ? 1 : 0) + (scale == AxisScale.Logarithmic ? 1.01 : 0);
        }
        var series = shape == SeriesShape.Line ? ChartSeries.Line("s", xs, ys) : ChartSeries.Steps("s", xs, ys);
        var x = AxisMap.Fit(ChartAxis.Linear(""), [xs], 8, mayGrow: false, 0, 700);
        var y = AxisMap.Fit(scale == AxisScale.Logarithmic ? ChartAxis.Logarithmic("") : ChartAxis.Linear(""), [ys], 8, mayGrow: true, 300, 0);

        var reduced = PointReduction.Polyline(series, x, y);
        Assert.True(reduced.Count < 4 * 701, $"{reduced.Count} points are left.");

        var expected = RowsByColumn(Naive(series, x, y), isSmooth: !isNoise);
        var actual = RowsByColumn(reduced, isSmooth: !isNoise);
        foreach (var (column, (top, bottom)) in expected)
        {
            Assert.InRange(actual[column].Top, top - 0.11, top + 0.11);
            Assert.InRange(actual[column].Bottom, bottom - 0.11, bottom + 0.11);
        }
    }

    [Fact]
    public void Keeps_two_points_of_a_straight_line()
    {
        var points = Enumerable.Range(0, 1000).Select(i => new ChartPoint(i * 0.7, i * 0.3)).ToList();
        Assert.Equal([points[0], points[^1]], PointReduction.Straighten(points, 0.04));
    }

    [Fact]
    public void Keeps_every_corner()
    {
        List<ChartPoint> points = [new(0, 0), new(5, 0), new(5, 8), new(9, 8), new(9, 0)];
        Assert.Equal(points, PointReduction.Straighten(points, 0.04));
    }

    private static List<ChartPoint> Naive(ChartSeries series, AxisMap x, AxisMap y)
    {
        var points = new List<ChartPoint>();
        for (var i = 0; i < series.X.Length; i++)
        {
            if (series.Shape == SeriesShape.Steps && i > 0)
            {
                points.Add(new ChartPoint(x.At(series.X.Span[i]), y.At(series.Y.Span[i - 1])));
            }
            points.Add(new ChartPoint(x.At(series.X.Span[i]), y.At(series.Y.Span[i])));
        }
        return points;
    }

    // Rows that a line covers in each column.
    private static SortedDictionary<int, (double Top, double Bottom)> RowsByColumn(List<ChartPoint> points, bool isSmooth)
    {
        var rows = new SortedDictionary<int, (double Top, double Bottom)>();
        void Cover(double y, int column)
        {
            var (top, bottom) = rows.GetValueOrDefault(column, (double.PositiveInfinity, double.NegativeInfinity));
            rows[column] = (Math.Min(top, y), Math.Max(bottom, y));
        }
        for (var i = 0; i < points.Count; i++)
        {
            Cover(points[i].Y, (int)Math.Floor(points[i].X));
            // Where noise crosses from column to column depends on where inside a column its points stand; only smooth curves say anything about the edge.
            if (i == 0 || !isSmooth)
            {
                continue;
            }
            var (from, to) = (points[i - 1], points[i]);
            for (var edge = Math.Floor(from.X) + 1; edge <= to.X; edge++)
            {
                var y = from.Y + (to.Y - from.Y) * (edge - from.X) / (to.X - from.X);
                Cover(y, (int)edge);
                Cover(y, (int)edge - 1);
            }
        }
        return rows;
    }
}
