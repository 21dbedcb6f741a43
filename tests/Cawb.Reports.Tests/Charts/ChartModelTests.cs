using Cawb.Reports.Charts;

namespace Cawb.Reports.Tests.Charts;

public class ChartModelTests
{
    private static readonly ChartSeries One = ChartSeries.Line("one", [0, 1], [2, 3]);

    [Fact]
    public void Rejects_a_series_without_points() =>
        Assert.StartsWith("Series 'a' has no points; leave it out or give it at least one.", Assert.Throws<ArgumentException>(() => ChartSeries.Line("a", [], [])).Message, StringComparison.Ordinal);

    [Fact]
    public void Rejects_a_series_with_more_x_than_y() =>
        Assert.StartsWith("Series 'a' has 2 x values and 1 y values", Assert.Throws<ArgumentException>(() => ChartSeries.Line("a", [0, 1], [1])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Rejects_a_point_that_is_no_number(double y) =>
        Assert.StartsWith("Point 1 of series 'a'", Assert.Throws<ArgumentException>(() => ChartSeries.Line("a", [0, 1], [1, y])).Message, StringComparison.Ordinal);

    [Fact]
    public void Rejects_points_that_go_back() =>
        Assert.StartsWith("Point 2 of series 'a' is at x = 0.5, before its predecessor at 1", Assert.Throws<ArgumentException>(() => ChartSeries.Line("a", [0, 1, 0.5], [1, 1, 1])).Message, StringComparison.Ordinal);

    [Fact]
    public void Rejects_a_band_whose_edges_cross() =>
        Assert.StartsWith("Edge 1 of the band of series 'one' runs from 2 to 1", Assert.Throws<ArgumentException>(() => One.WithBand([0, 2], [1, 1])).Message, StringComparison.Ordinal);

    [Fact]
    public void Rejects_a_name_with_a_line_break() =>
        Assert.StartsWith("Must not hold control characters; U+000A stands at position 1.", Assert.Throws<ArgumentException>(() => ChartSeries.Line("a\nb", [0], [0])).Message, StringComparison.Ordinal);

    [Fact]
    public void Rejects_two_series_of_one_name() =>
        Assert.StartsWith("Two series are named 'one'", Assert.Throws<ArgumentException>(() => new Chart("", ChartAxis.Linear("x"), ChartAxis.Linear("y"), [One, One])).Message, StringComparison.Ordinal);

    [Fact]
    public void Rejects_an_event_of_a_series_that_is_not_there()
    {
        var chart = new Chart("", ChartAxis.Linear("x"), ChartAxis.Linear("y"), [One]);
        Assert.StartsWith("Marker 'boot' belongs to series 'two'", Assert.Throws<ArgumentException>(() => chart.WithMarkers([ChartMarker.Of("two", 1, "boot")])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(double.NaN, 1)]
    public void Rejects_an_empty_range(double minimum, double maximum) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ChartAxis.Linear("x").WithRange(minimum, maximum));

    [Fact]
    public void Rejects_a_logarithmic_range_from_zero() => Assert.Throws<ArgumentOutOfRangeException>(() => ChartAxis.Logarithmic("x").WithRange(0, 1));

    [Fact]
    public void A_description_says_how_many_events_it_leaves_out()
    {
        var chart = new Chart("", ChartAxis.Linear("x"), ChartAxis.Linear("y"), [One]).WithMarkers([.. Enumerable.Range(1, 23).Select(place => ChartMarker.Of("one", place / 24.0, $"boot {place}"))]);
        Assert.Contains(" boot 20 at 0.8333. And 3 more.</desc>", SvgChart.Render(chart, new ChartSize(600, 300)), StringComparison.Ordinal);
    }

    [Fact]
    public void Merges_events_of_several_series_with_one_place_and_name()
    {
        var two = ChartSeries.Line("two", [0, 1], [2, 3]);
        var chart = new Chart("", ChartAxis.Linear("x"), ChartAxis.Linear("y"), [One, two])
            .WithMarkers([ChartMarker.Of("two", 1, "end"), ChartMarker.Of("one", 0.5, "boot"), ChartMarker.Of("one", 1, "end")]);

        Assert.Equal([(0.5, "boot", "one"), (1, "end", "")], chart.Markers.Select(m => (m.X, m.Label, m.SeriesName)));
    }

    [Fact]
    public void A_part_has_its_points_with_one_neighbour_on_each_side_and_its_events()
    {
        var steps = ChartSeries.Steps("steps", [0, 1, 2, 3, 4, 5], [10, 11, 12, 13, 14, 15]).WithBand([0, 1, 2, 3, 4, 5], [20, 21, 22, 23, 24, 25]);
        var early = ChartSeries.Line("early", [0, 1], [7, 8]);
        var chart = new Chart("", ChartAxis.Linear("x"), ChartAxis.Linear("y"), [steps, early]).WithMarkers([ChartMarker.At(1, "a"), ChartMarker.At(2.5, "b"), ChartMarker.At(3, "c")]);
        Assert.Equal(new ChartRange(0, 5), chart.Extent);

        var part = chart.Within(new ChartRange(1.5, 3));
        Assert.Equal(new ChartRange(1.5, 3), part.Extent);
        Assert.Equal([1, 2, 3, 4], part.Series[0].X.ToArray());
        Assert.Equal([11, 12, 13, 14], part.Series[0].Y.ToArray());
        Assert.Equal([1, 2, 3, 4], part.Series[0].BandLower.ToArray());
        Assert.Equal([21, 22, 23, 24], part.Series[0].BandUpper.ToArray());
        Assert.Equal([1], part.Series[1].X.ToArray());
        Assert.Equal(["b", "c"], part.Markers.Select(marker => marker.Label));
    }

    [Fact]
    public void Between_two_epochs_there_are_marks_too()
    {
        var chart = new Chart("", ChartAxis.Linear("epoch").InWholeNumbers(), ChartAxis.Linear("y"), [ChartSeries.Line("a", [0, 100], [0, 1])]).Within(new ChartRange(10.2, 10.8));
        Assert.Contains(">10.5<", SvgChart.Render(chart, ChartSize.Readme), StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_its_own_copy_of_the_points()
    {
        double[] y = [1, 2];
        var series = ChartSeries.Line("a", [0, 1], y);
        y[0] = 99;
        Assert.Equal(1, series.Y.Span[0]);
    }
}
