using Cawb.Reports.Tables;

namespace Cawb.Reports.Tests.Tables;

public class TextTableTests
{
    private static TextTable Sample() => new TextTable("<arm", "AP").Add("cosine, floor 0.2", "0.4").Add("CAWB | \"up\"", "0.41");

    [Fact]
    public void Aligns_texts_left_and_numbers_right() => Assert.Equal("""
        arm                  AP
        -----------------  ----
        cosine, floor 0.2   0.4
        CAWB | "up"        0.41

        """, Sample().ToText());

    [Fact]
    public void Is_markdown_with_bars_escaped() => Assert.Equal("""
        | arm | AP |
        | --- | ---: |
        | cosine, floor 0.2 | 0.4 |
        | CAWB \| "up" | 0.41 |

        """, Sample().ToMarkdown());

    [Fact]
    public void Is_csv_with_commas_and_quotes_quoted() => Assert.Equal("arm,AP\n\"cosine, floor 0.2\",0.4\n\"CAWB | \"\"up\"\"\",0.41\n", Sample().ToCsv());

    [Theory]
    [InlineData(0, "0.0 s")]
    [InlineData(8.44, "8.4 s")]
    [InlineData(59.96, "1 min 00 s")]
    [InlineData(252, "4 min 12 s")]
    [InlineData(11100, "3 h 05 min")]
    [InlineData(187200, "2 d 04 h")]
    public void Says_times_in_two_units(double seconds, string text) => Assert.Equal(text, ReportText.Duration(TimeSpan.FromSeconds(seconds)));
}
