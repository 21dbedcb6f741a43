using System.Text.Json;
using Cawb.Reports.Charts;

namespace Cawb.Reports.Tests.Charts;

public class HtmlChartTests
{
    private const int BatchesPerEpoch = 625;
    private static readonly double[] Epochs = [.. Enumerable.Range(0, 150 * BatchesPerEpoch).Select(batch => batch / (double)BatchesPerEpoch)];
    private static readonly double[] Rates = [.. Epochs.Select(epoch => 0.01 * (1 + Math.Cos(Math.PI * epoch / 150)) / 2)];

    [Fact]
    public void A_window_into_a_long_run_has_the_numbers_of_that_window_alone_and_all_of_them()
    {
        var chart = new Chart("", ChartAxis.Linear("epoch").WithRange(100, 101), ChartAxis.Linear("rate"), [ChartSeries.Steps("rate", Epochs, Rates)]);
        var series = Numbers(chart).GetProperty("series")[0];
        // One neighbour on each side, so that the curve runs to the edges.
        Assert.Equal(Epochs[(100 * BatchesPerEpoch - 1)..(101 * BatchesPerEpoch + 2)], Doubles(series.GetProperty("x")));
        Assert.All(Doubles(series.GetProperty("y")).Zip(Rates[(100 * BatchesPerEpoch - 1)..]), pair => Assert.Equal(pair.Second, pair.First, 1e-6 * 0.01));
    }

    [Theory]
    [InlineData(0, 150)]
    [InlineData(20, 60)]
    [InlineData(140, 155)]
    public void Has_no_more_numbers_than_the_plot_has_columns(double from, double to)
    {
        var chart = new Chart("", ChartAxis.Linear("epoch"), ChartAxis.Linear("rate"), [ChartSeries.Steps("rate", Epochs, Rates)]).Within(new ChartRange(from, to));
        var numbers = Numbers(chart);
        var columns = numbers.GetProperty("x").GetProperty("end").GetDouble() - numbers.GetProperty("x").GetProperty("start").GetDouble();
        var kept = Doubles(numbers.GetProperty("series")[0].GetProperty("x"));
        Assert.InRange(kept.Length, columns / 2, columns + 4);
        Assert.Subset(Epochs.ToHashSet(), kept.ToHashSet());
    }

    [Fact]
    public void Series_over_the_same_places_have_these_once()
    {
        var other = Rates.Select(rate => rate / 2).ToArray();
        var chart = new Chart("", ChartAxis.Linear("epoch"), ChartAxis.Linear("rate"),
            [ChartSeries.Steps("one", Epochs, Rates), ChartSeries.Steps("two", Epochs, other), ChartSeries.Line("three", [0, 150], [0, 1])]);
        var series = Numbers(chart).GetProperty("series");
        Assert.Equal(0, series[1].GetProperty("x").GetInt32());
        Assert.Equal(series[0].GetProperty("x").GetArrayLength(), series[1].GetProperty("y").GetArrayLength());
        Assert.Equal([0, 150], Doubles(series[2].GetProperty("x")));
    }

    [Fact]
    public void A_narrow_window_is_read_out_with_as_many_digits_as_tell_its_places_apart()
    {
        var chart = new Chart("", ChartAxis.Linear("epoch"), ChartAxis.Linear("rate"), [ChartSeries.Steps("rate", Epochs, Rates)]);
        Assert.Equal(6, Numbers(chart).GetProperty("x").GetProperty("digits").GetInt32());
        // 149.9984 and 149.9968 are neighbours.
        Assert.InRange(Numbers(chart.Within(new ChartRange(149.9, 150))).GetProperty("x").GetProperty("digits").GetInt32(), 7, 9);
    }

    [Fact]
    public void Names_of_events_stand_beside_each_other_in_the_lane_or_in_another_row()
    {
        var chart = new Chart("", ChartAxis.Linear("epoch"), ChartAxis.Linear("rate"), [ChartSeries.Line("rate", [0, 100], [0, 1])])
            .WithMarkers([.. Enumerable.Range(0, 60).Select(i => ChartMarker.At(i < 50 ? 50 + i / 100.0 : 2 * (i - 50), $"boot {i}")), ChartMarker.At(70, "")]);
        var picture = ChartPicture.Of(chart, ChartSize.Readme, "c", namesEvents: false);
        var lane = picture.Lane();
        Assert.DoesNotContain("class=\"note", picture.Svg, StringComparison.Ordinal);
        Assert.All(lane, one => Assert.InRange(one.Row, 0, 2));
        foreach (var row in lane.GroupBy(one => one.Row))
        {
            // A name of six letters at 12.5 pixels is wider than 35.
            Assert.All(row.Zip(row.Skip(1)), pair => Assert.True((pair.Second.Share - pair.First.Share) * ChartSize.Readme.Width > 35));
        }
        Assert.Equal(3, lane.Count(one => one.Marker.X is >= 50 and < 51));
        Assert.Equal(picture.ShareOf(50), lane.First(one => one.Marker.X == 50).Share, 1e-9);
    }

    private static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(value => value.GetDouble())];

    private static JsonElement Numbers(Chart chart)
    {
        var html = ChartPicture.Of(chart, ChartSize.Readme, "c", namesEvents: true).ToHtml();
        var start = html.IndexOf("application/json\">", StringComparison.Ordinal) + "application/json\">".Length;
        using var numbers = JsonDocument.Parse(html[start..html.IndexOf("</script>", start, StringComparison.Ordinal)]);
        return numbers.RootElement.Clone();
    }
}
