using Cawb.Reports.Charts;

namespace Cawb.Reports.Tests.Charts;

public class AxisTicksTests
{
    [Fact]
    public void A_fixed_range_from_zero_has_no_minus_zero() =>
        Assert.Equal("0.0", AxisTicks.Linear(0, 2, 10, mayGrow: false, isWhole: false).Ticks[0].Label);

    [Theory]
    [InlineData(0, 150, 10, "0 25 50 75 100 125 150")]
    [InlineData(0, 100, 10, "0 10 20 30 40 50 60 70 80 90 100")]
    [InlineData(0, 20, 10, "0 2 4 6 8 10 12 14 16 18 20")]
    [InlineData(0, 3, 10, "0 1 2 3")]
    [InlineData(1, 2, 10, "1 2")]
    [InlineData(0.75, 1.25, 10, "1")]
    [InlineData(0, 50000, 6, "0 10,000 20,000 30,000 40,000 50,000")]
    public void Counts_whole_things_in_round_steps(double minimum, double maximum, int target, string labels) =>
        Assert.Equal(labels, Labels(AxisTicks.Linear(minimum, maximum, target, mayGrow: false, isWhole: true)));

    [Theory]
    [InlineData(0, 0.0098, 6, "0.000 0.002 0.004 0.006 0.008 0.010")]
    [InlineData(0, 0.41, 6, "0.0 0.1 0.2 0.3 0.4 0.5")]
    [InlineData(-0.9, 0.9, 5, "−1.0 −0.5 0.0 0.5 1.0")]
    public void Widens_an_axis_to_the_next_step(double minimum, double maximum, int target, string labels) =>
        Assert.Equal(labels, Labels(AxisTicks.Linear(minimum, maximum, target, mayGrow: true, isWhole: false)));

    [Theory]
    [InlineData(1e-7, 1, 9, "10⁻⁷ 10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 10⁰")]
    [InlineData(0.001, 0.1, 8, "0.001 0.002 0.005 0.01 0.02 0.05 0.1")]
    [InlineData(1, 1000, 4, "1 10 100 1000")]
    public void Labels_powers_of_ten_and_what_lies_between_where_there_is_room(double minimum, double maximum, int target, string labels) =>
        Assert.Equal(labels, Labels(AxisTicks.Logarithmic(minimum, maximum, target, mayGrow: true)));

    [Theory]
    [InlineData(0, 1e-300)]
    [InlineData(1e300, 1.5e300)]
    [InlineData(1, 1.0000000001)]
    [InlineData(-1e-9, 1e9)]
    public void Finds_finite_rising_marks_inside_any_range(double minimum, double maximum)
    {
        foreach (var target in Enumerable.Range(2, 11))
        {
            foreach (var mayGrow in new[] { false, true })
            {
                var ticks = AxisTicks.Linear(minimum, maximum, target, mayGrow, isWhole: false);
                Assert.NotEmpty(ticks.Ticks);
                Assert.All(ticks.Ticks, t => Assert.True(double.IsFinite(t.Value) && t.Label.Length > 0));
                var hair = (maximum - minimum) * 1e-8;
                Assert.True(ticks.Minimum <= minimum + hair && ticks.Maximum >= maximum - hair);
                Assert.Equal(ticks.Ticks.Select(t => t.Value).Order(), ticks.Ticks.Select(t => t.Value));
            }
        }
    }

    private static string Labels(AxisTicks ticks) => string.Join(' ', ticks.Ticks.Where(t => t.IsMajor).Select(t => t.Label));
}
