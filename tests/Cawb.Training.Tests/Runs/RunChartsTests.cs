using Cawb.Reports.Charts;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Runs;

public class RunChartsTests
{
    [Theory]
    [InlineData(2.2, 0.7, AxisScale.Linear)]
    [InlineData(100, 1, AxisScale.Linear)]
    [InlineData(98_000, 1.2, AxisScale.Logarithmic)]
    [InlineData(98_000, 0, AxisScale.Linear)]
    public void A_loss_that_spans_more_than_two_decades_is_drawn_on_a_logarithmic_axis(double first, double last, AxisScale scale) =>
        Assert.Equal(scale, RunCharts.Loss([ChartSeries.Line("cosine", [1, 2], [first, 2]), ChartSeries.Line("cawb", [1, 2], [3, last])]).Scale);

    [Fact]
    public void A_band_that_reaches_down_to_nothing_ends_at_the_edge_of_a_logarithmic_chart()
    {
        var series = ChartSeries.Line("cosine", [1, 2, 3], [90_000, 1.5, 1]).WithBand([0, 1, 0.5], [200_000, 2, 1.5]);
        var svg = SvgChart.Render(new Chart("loss", RunCharts.Epochs(1, 3), RunCharts.Loss([series]), [series]), ChartSize.Readme);
        Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", svg, StringComparison.Ordinal);
    }
}
