using Cawb.Reports.Charts;

namespace Cawb.Reports.Tests.Charts;

public class SmallCurvePathTests
{
    [Fact]
    public void Runs_from_corner_to_corner_inside_its_margin() => Assert.Equal("M2 26l116-24", SmallCurvePath.Of([0, 1, 2, 3], 120, 28));

    [Fact]
    public void One_value_is_a_level_line() => Assert.Matches(@"^M2 [\d.]+h116$", SmallCurvePath.Of([0.1], 120, 28));

    [Fact]
    public void Many_values_are_as_short_as_few()
    {
        double[] waves = [.. Enumerable.Range(0, 100_000).Select(i => Math.Sin(i / 3.0))];
        Assert.InRange(SmallCurvePath.Of(waves, 120, 28).Length, 100, 2000);
    }

    [Theory]
    [InlineData()]
    [InlineData(1.0, double.NaN)]
    public void Rejects_what_cannot_be_drawn(params double[] values) => Assert.Throws<ArgumentException>(() => SmallCurvePath.Of(values, 120, 28));
}
