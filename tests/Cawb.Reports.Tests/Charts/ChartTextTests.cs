using Cawb.Reports.Charts;

namespace Cawb.Reports.Tests.Charts;

public class ChartTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.01, "0.01")]
    [InlineData(0.0123456, "0.01235")]
    [InlineData(12500, "12,500")]
    [InlineData(3.2e-7, "3.2e-7")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(1e12, "1e12")]
    public void Writes_numbers_short(double value, string text) => Assert.Equal(text, ChartText.Number(value, 4));

    [Theory]
    [InlineData("10⁻³", "1e-3")]
    [InlineData("2·10⁵", "2e5")]
    [InlineData("−0.5", "-0.5")]
    [InlineData("100", "100")]
    public void Has_an_ascii_form_of_numbers(string text, string ascii) => Assert.Equal(ascii, ChartText.Ascii(text));

    [Fact]
    public void Cuts_with_an_ellipsis_what_is_too_wide()
    {
        var cut = ChartText.Fit(new string('m', 200), fontSize: 13, width: 100);
        Assert.EndsWith("…", cut, StringComparison.Ordinal);
        Assert.True(ChartText.Width(cut, 13) <= 100);
        Assert.Equal("short", ChartText.Fit("short", 13, 100));
    }
}
