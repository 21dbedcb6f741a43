using System.Text.Json;
using Cawb.Reports.Charts;
using Cawb.Reports.Files;
using Cawb.Tests;

namespace Cawb.Reports.Tests.Charts;

public class OtherRendererTests
{
    private static readonly Chart Two = new Chart("Learning rate", ChartAxis.Linear("epoch"), ChartAxis.Linear("rate"),
            [ChartSeries.Line("rising </script>", [0, 10], [0, 1]), ChartSeries.Steps("falling", [0, 5, 10], [1, 0.5, 0])])
        .WithMarkers([ChartMarker.At(5, "boot 1")]);

    [Fact]
    public void Html_needs_nothing_from_outside_and_holds_the_numbers()
    {
        var html = HtmlChart.Render(Two, ChartSize.Readme);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("href=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", html, StringComparison.Ordinal);
        var start = html.IndexOf("application/json\">", StringComparison.Ordinal) + "application/json\">".Length;
        using var numbers = JsonDocument.Parse(html[start..html.IndexOf("</script>", start, StringComparison.Ordinal)]);
        var series = numbers.RootElement.GetProperty("series");
        Assert.Equal("rising </script>", series[0].GetProperty("name").GetString());
        Assert.Equal([1, 0.5, 0], series[1].GetProperty("y").EnumerateArray().Select(v => v.GetDouble()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Terminal_text_keeps_its_bounds(bool usesUnicode)
    {
        var look = usesUnicode ? TerminalLook.Unicode : TerminalLook.Ascii;
        foreach (var (columns, rows) in new[] { (40, 10), (80, 24), (200, 60) })
        {
            var lines = TerminalChart.Render(Two, new TerminalSize(columns, rows), look).TrimEnd('\n').Split('\n');
            Assert.True(lines.Length <= Math.Max(rows, 14), $"{lines.Length} lines in {rows} rows.");
            Assert.All(lines, line => Assert.True(line.Length <= columns, line));
        }
    }

    [Fact]
    public void Ascii_text_is_ascii()
    {
        var chart = new Chart("t", ChartAxis.Logarithmic("rate").WithRange(1e-9, 1), ChartAxis.Linear("loss"), [ChartSeries.Line("a", [1e-9, 1], [-1, 1])]);
        Assert.True(System.Text.Ascii.IsValid(TerminalChart.Render(chart, new TerminalSize(80, 20), TerminalLook.Ascii)));
    }

    [Fact]
    public void Draws_this_line()
    {
        var chart = new Chart("", ChartAxis.Linear(""), ChartAxis.Linear(""), [ChartSeries.Line("a", [0, 10], [0, 1])]);
        const string Expected = """
            1 +                                  ***
              |                             *****
              |                        *****
              |                  ******
              |             *****
              |        *****
              |   *****
            0 +***
              ++-----------------+-----------------+
               0                 5                10
            """;
        var lines = TerminalChart.Render(chart, new TerminalSize(40, 10), TerminalLook.Ascii);
        Assert.Equal(Expected, lines.TrimEnd('\n'));
    }

    [Fact]
    public void Colours_are_switched_off_again_on_every_line()
    {
        var text = TerminalChart.Render(Two, new TerminalSize(80, 20), TerminalLook.Unicode.Coloured());
        Assert.Contains("\u001b[", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n').Where(l => l.Contains('\u001b', StringComparison.Ordinal)), l => Assert.Equal("[0m", l[(l.LastIndexOf('\u001b') + 1)..][..3]));
        Assert.DoesNotContain("\u001b", TerminalChart.Render(Two, new TerminalSize(80, 20), TerminalLook.Unicode), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "", "xterm", "en_US.UTF-8", true, true)]
    [InlineData(true, "1", "xterm", "en_US.UTF-8", true, false)]
    [InlineData(false, "", "xterm", "en_US.UTF-8", true, false)]
    [InlineData(true, "", "dumb", "en_US.UTF-8", false, false)]
    [InlineData(true, "", "xterm", "C", false, true)]
    [InlineData(true, "", "xterm", "", true, true)]
    public void Finds_out_what_the_output_can_show(bool isTerminal, string noColor, string term, string lang, bool usesUnicode, bool usesColour)
    {
        var look = TerminalLook.Detect(isTerminal, name => name switch { "NO_COLOR" => noColor, "TERM" => term, "LANG" => lang, _ => null });
        Assert.Equal((usesUnicode, usesColour), (look.UsesUnicode, look.UsesColour));
    }

    [Fact]
    public void Refuses_a_file_name_of_an_unknown_kind()
    {
        using var folder = new TemporaryFolder();
        var fault = Assert.Throws<FileException>(() => ChartFile.Write(Two, folder.Of("a.gif"), ChartSize.Readme));
        Assert.Contains(".svg, .html, .png, .txt", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
