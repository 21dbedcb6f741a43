namespace Cawb.Reports.Charts;

/// <summary>Millions of points to the few that draw the same picture.</summary>
/// <remarks>
/// Per pixel column the first, least, largest and last point are kept, which is all that a line through the column can show (the M4 aggregation of Jugel, Jerzak,
/// Hackenbroich and Markl, VLDB 2014), and of a crowded column that goes up and down only the extremes, since they cover the others; then points that lie within a small fraction of a pixel of the line through their neighbours are dropped.
/// </remarks>
internal static class PointReduction
{
    private const double StraightWithin = 0.04;

    /// <summary>Places of a polyline through the series, in the order of drawing.</summary>
    /// <param name="series">The series.</param>
    /// <param name="x">Maps to columns of width 1.</param>
    /// <param name="y">Maps to rows.</param>
    public static List<ChartPoint> Polyline(ChartSeries series, AxisMap x, AxisMap y)
    {
        var columns = new ColumnReducer(y);
        var xs = series.X.Span;
        var ys = series.Y.Span;
        var (from, to) = Visible(xs, x.Ticks.Minimum, x.Ticks.Maximum);
        for (var i = from; i < to; i++)
        {
            var place = x.At(xs[i]);
            if (series.Shape == SeriesShape.Steps && i > from)
            {
                columns.Add(place, ys[i - 1]);
            }
            columns.Add(place, ys[i]);
        }
        return columns.Finish();
    }

    /// <summary>The places of all points inside both ranges, thinned per column but never merged into lines.</summary>
    public static List<ChartPoint> Dots(ChartSeries series, AxisMap x, AxisMap y)
    {
        var seen = new HashSet<(long, long)>();
        var dots = new List<ChartPoint>();
        var xs = series.X.Span;
        var ys = series.Y.Span;
        for (var i = 0; i < xs.Length; i++)
        {
            var dot = new ChartPoint(x.At(xs[i]), y.At(ys[i]));
            var isInside = dot.X > x.Start - 0.5 && dot.X < x.End + 0.5 && dot.Y < y.Start + 0.5 && dot.Y > y.End - 0.5;
            if (isInside && seen.Add(((long)Math.Round(dot.X), (long)Math.Round(dot.Y))))
            {
                dots.Add(dot);
            }
        }
        return dots;
    }

    /// <summary>Upper and lower edge of a band; per column its outermost places.</summary>
    public static (List<ChartPoint> Upper, List<ChartPoint> Lower) Band(ChartSeries series, AxisMap x, AxisMap y)
    {
        var (upper, lower) = (new List<ChartPoint>(), new List<ChartPoint>());
        var xs = series.X.Span;
        var lows = series.BandLower.Span;
        var highs = series.BandUpper.Span;
        var (from, to) = Visible(xs, x.Ticks.Minimum, x.Ticks.Maximum);
        var isDense = to - from > 2 * Math.Abs(x.End - x.Start);
        for (var i = from; i < to; i++)
        {
            var (top, bottom, place) = (y.At(highs[i]), y.At(lows[i]), x.At(xs[i]));
            if (series.Shape == SeriesShape.Steps && i > from && !isDense)
            {
                upper.Add(new ChartPoint(place, upper[^1].Y));
                lower.Add(new ChartPoint(place, lower[^1].Y));
            }
            if (isDense && upper.Count > 0 && Math.Floor(upper[^1].X) == Math.Floor(place))
            {
                upper[^1] = upper[^1] with { Y = Math.Min(upper[^1].Y, top) };
                lower[^1] = lower[^1] with { Y = Math.Max(lower[^1].Y, bottom) };
                continue;
            }
            upper.Add(new ChartPoint(place, top));
            lower.Add(new ChartPoint(place, bottom));
        }
        return (upper, lower);
    }

    /// <summary>The points inside a range, with one neighbour on either side so that lines run to the edge.</summary>
    public static (int From, int To) Visible(ReadOnlySpan<double> xs, double minimum, double maximum)
    {
        var (from, to) = (0, xs.Length);
        while (from + 1 < xs.Length && xs[from + 1] < minimum)
        {
            from++;
        }
        while (to > from + 1 && xs[to - 2] > maximum)
        {
            to--;
        }
        return (from, to);
    }

    /// <summary>Drops points that the line through what remains passes within <paramref name="tolerance"/> of, measured vertically.</summary>
    /// <remarks>A cone of admissible slopes from the last kept point narrows with every point; one that leaves it ends the stretch.</remarks>
    public static List<ChartPoint> Straighten(List<ChartPoint> points, double tolerance)
    {
        if (points.Count < 3)
        {
            return points;
        }
        var kept = new List<ChartPoint> { points[0] };
        var (anchor, low, high) = (0, double.NegativeInfinity, double.PositiveInfinity);
        for (var i = 1; i < points.Count; i++)
        {
            var run = points[i].X - points[anchor].X;
            var rise = points[i].Y - points[anchor].Y;
            if (run > 0 && rise / run >= low && rise / run <= high)
            {
                low = Math.Max(low, (rise - tolerance) / run);
                high = Math.Min(high, (rise + tolerance) / run);
                continue;
            }
            if (i - 1 > anchor)
            {
                kept.Add(points[i - 1]);
            }
            anchor = i - 1;
            run = points[i].X - points[anchor].X;
            rise = points[i].Y - points[anchor].Y;
            (low, high) = run > 0 ? ((rise - tolerance) / run, (rise + tolerance) / run) : (double.PositiveInfinity, double.NegativeInfinity);
        }
        kept.Add(points[^1]);
        return kept;
    }

    // Values, not places, are compared: only what is kept has to be mapped, which counts where a logarithm is taken.
    private sealed class ColumnReducer(AxisMap axis)
    {
        private readonly List<ChartPoint> points = [];
        private (double X, double Y) first, least, most, last;
        private int count, leastAt, mostAt;
        private double column = double.NaN;

        public void Add(double x, double y)
        {
            var column = Math.Floor(x);
            if (column != this.column)
            {
                Flush();
                this.column = column;
            }
            var point = (x, y);
            if (count == 0)
            {
                (first, least, most) = (point, point, point);
                (leastAt, mostAt) = (0, 0);
            }
            if (y < least.Y)
            {
                (least, leastAt) = (point, count);
            }
            if (y > most.Y)
            {
                (most, mostAt) = (point, count);
            }
            last = point;
            count++;
        }

        public List<ChartPoint> Finish()
        {
            Flush();
            return Straighten(points, StraightWithin);
        }

        private void Flush()
        {
            if (count == 0)
            {
                return;
            }
            var (first, least, most, last) = (Place(this.first), Place(this.least), Place(this.most), Place(this.last));
            if (least.Y > most.Y)
            {
                (least, leastAt, most, mostAt) = (most, mostAt, least, leastAt);
            }
            // Where a column turns inside, its extremes stand at its middle, the nearer one first: half a pixel at most, and the path shrinks to vertical moves.
            var turns = (least.Y != first.Y && least.Y != last.Y) || (most.Y != first.Y && most.Y != last.Y);
            var isLeastFirst = leastAt < mostAt;
            if (turns && count > 4)
            {
                var before = points.Count > 0 ? points[^1].Y : first.Y;
                isLeastFirst = Math.Abs(before - least.Y) < Math.Abs(before - most.Y);
                Keep((isLeastFirst ? least : most) with { X = column + 0.5 });
                Keep((isLeastFirst ? most : least) with { X = column + 0.5 });
            }
            else
            {
                Keep(first);
                Keep(isLeastFirst ? least : most);
                Keep(isLeastFirst ? most : least);
                Keep(last);
            }
            count = 0;
        }

        private ChartPoint Place((double X, double Y) point) => new(point.X, axis.At(point.Y));

        private void Keep(ChartPoint point)
        {
            if (points.Count == 0 || points[^1] != point)
            {
                points.Add(point);
            }
        }
    }
}
