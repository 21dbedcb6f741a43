using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Cawb.Reports.Charts;

namespace Cawb.Reports.Tests.Charts;

public class SvgChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Is_well_formed_and_says_in_words_what_it_shows()
    {
        var svg = XDocument.Parse(SvgChart.Render(Sample("<AP> & \"others\""), ChartSize.Readme));
        var root = svg.Root ?? throw new InvalidOperationException("No root.");
        Assert.Equal("<AP> & \"others\"", root.Element(Svg + "title")?.Value);
        Assert.Contains("cosine: from 0.1 at 1 to 0.3 at 3", root.Element(Svg + "desc")?.Value, StringComparison.Ordinal);
        Assert.Equal("img", root.Attribute("role")?.Value);
    }

    [Fact]
    public void Has_no_reference_to_anything_outside()
    {
        var svg = SvgChart.Render(Sample("t"), ChartSize.Readme);
        Assert.DoesNotContain("href", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", svg, StringComparison.Ordinal);
        Assert.Equal(1, svg.Split("http").Length - 1);
    }

    [Fact]
    public void Gives_the_same_bytes_every_time() => Assert.Equal(SvgChart.Render(Sample("t"), ChartSize.Readme), SvgChart.Render(Sample("t"), ChartSize.Readme));

    [Fact]
    public void Stays_below_a_hundred_kilobytes_for_six_series_of_a_million_noisy_points()
    {
        const int Count = 1_000_000;
        var x = new double[Count];
        var y = new double[Count];
        var state = 7u;
        for (var i = 0; i < Count; i++)
        {
            state = state * 1664525 + 1013904223;
            (x[i], y[i]) = (i, (state >> 8) / 16777216.0);
        }
        var series = Enumerable.Range(0, 6).Select(k => ChartSeries.Line($"series {k}", x, y));
        var svg = SvgChart.Render(new Chart("noise", ChartAxis.Linear("batch"), ChartAxis.Linear("loss"), series), ChartSize.Readme);
        Assert.True(Encoding.UTF8.GetByteCount(svg) < 100_000, $"{Encoding.UTF8.GetByteCount(svg)} bytes.");
    }

    [Fact]
    public void Places_no_two_labels_over_each_other()
    {
        var boots = Enumerable.Range(1, 40).Select(i => ChartMarker.At(i * 3.5, $"boot {i}"));
        var series = Enumerable.Range(0, 12).Select(k => ChartSeries.Line($"schedule number {k}", [0, 150], [1e-5 * k, 1e-3]));
        var chart = new Chart("A title", ChartAxis.Linear("epoch"), ChartAxis.Linear("learning rate"), series).WithMarkers(boots);
        foreach (var width in new[] { 320, 500, 840, 1600 })
        {
            AssertApart(SvgChart.Render(chart, new ChartSize(width, 420)));
            AssertApart(SvgChart.Render(new Chart("", ChartAxis.Logarithmic("epoch").WithRange(1e-6, 1e3), ChartAxis.Logarithmic("y"), chart.Series), new ChartSize(width, 420)));
        }
    }

    [Fact]
    public void Draws_a_logarithmic_axis_with_values_of_zero()
    {
        var chart = new Chart("t", ChartAxis.Linear("epoch"), ChartAxis.Logarithmic("rate"), [ChartSeries.Line("a", [0, 1, 2], [0, 0.1, 0.01])]);
        Assert.DoesNotContain("NaN", SvgChart.Render(chart, ChartSize.Readme), StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", SvgChart.Render(chart, ChartSize.Readme), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(5.0)]
    [InlineData(-3.0)]
    public void Draws_a_single_point_and_a_flat_line(double y)
    {
        foreach (var series in new[] { ChartSeries.Line("a", [1], [y]), ChartSeries.Line("a", [1, 2], [y, y]), ChartSeries.Points("a", [1, 1], [y, y]) })
        {
            var svg = SvgChart.Render(new Chart("t", ChartAxis.Linear("x"), ChartAxis.Linear("y"), [series]), ChartSize.Readme);
            Assert.DoesNotContain("NaN", svg, StringComparison.Ordinal);
            _ = XDocument.Parse(svg);
        }
    }

    /// <summary>Distances of colours for normal sight and the two common red-green weaknesses, with the matrices of Machado, Oliveira and Fernandes (2009), severity 1.</summary>
    [Theory]
    [InlineData("1 0 0 0 1 0 0 0 1")]
    [InlineData("0.152286 1.052583 -0.204868 0.114503 0.786281 0.099216 -0.003882 -0.048116 1.051998")]
    [InlineData("0.367322 0.860646 -0.227968 0.280085 0.672501 0.047413 -0.011820 0.042940 0.968881")]
    public void Has_colours_that_stay_apart_for_all_colour_vision(string numbers)
    {
        var matrix = numbers.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray();
        foreach (var palette in new[] { ChartPalette.OnLight, ChartPalette.OnDark })
        {
            var seen = palette.Select(c => Lab(Seen(Linear(c), matrix))).ToArray();
            for (var i = 0; i < seen.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var distance = Math.Sqrt(seen[i].Zip(seen[j], (a, b) => (a - b) * (a - b)).Sum());
                    Assert.True(distance >= 18, $"{palette[i]} and {palette[j]} are {distance:F1} apart.");
                }
            }
        }
    }

    private static Chart Sample(string title) => new Chart(title, ChartAxis.Linear("epoch"), ChartAxis.Linear("AP"),
            [ChartSeries.Line("cosine", [1, 2, 3], [0.1, 0.2, 0.3]).WithBand([0.09, 0.18, 0.27], [0.11, 0.22, 0.33]), ChartSeries.Steps("<CAWB>", [1, 2, 3], [0.1, 0.25, 0.35]).Dashed()])
        .WithMarkers([ChartMarker.Of("cosine", 2, "boot 1")]);

    private static void AssertApart(string svg)
    {
        var boxes = new List<(double Left, double Right, double Top, double Bottom, string Text)>();
        foreach (var text in XDocument.Parse(svg).Descendants(Svg + "text").Where(t => t.Attribute("x") is not null))
        {
            var classes = $"{text.Attribute("class")?.Value} {text.Parent?.Attribute("class")?.Value}";
            var size = classes.Contains("title", StringComparison.Ordinal) ? 16 : classes.Contains("label", StringComparison.Ordinal) ? 13
                : classes.Contains("note", StringComparison.Ordinal) ? 11 : 12;
            var width = ChartText.Width(text.Value, size);
            var x = double.Parse(text.Attribute("x")?.Value ?? "", CultureInfo.InvariantCulture);
            var y = double.Parse(text.Attribute("y")?.Value ?? "", CultureInfo.InvariantCulture);
            var left = classes.Contains("middle", StringComparison.Ordinal) ? x - width / 2 : classes.Contains("end", StringComparison.Ordinal) ? x - width : x;
            boxes.Add((left, left + width, y - 0.72 * size, y + 0.05 * size, text.Value));
        }
        for (var i = 0; i < boxes.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (a, b) = (boxes[i], boxes[j]);
                Assert.False(a.Left < b.Right && b.Left < a.Right && a.Top < b.Bottom && b.Top < a.Bottom, $"'{a.Text}' lies over '{b.Text}'.");
            }
        }
    }

    private static double[] Linear(string colour) =>
        [.. Enumerable.Range(0, 3).Select(i => int.Parse(colour.AsSpan(1 + 2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0).Select(v => v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4))];

    private static double[] Seen(double[] rgb, double[] m) => [.. Enumerable.Range(0, 3).Select(r => Math.Clamp(Enumerable.Range(0, 3).Sum(c => m[3 * r + c] * rgb[c]), 0, 1))];

    // CIE L*a*b* under D65.
    private static double[] Lab(double[] rgb)
    {
        static double F(double t) => t > 0.008856 ? Math.Cbrt(t) : 7.787 * t + 16.0 / 116;
        var x = F((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047);
        var y = F(0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2]);
        var z = F((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883);
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
    }
}
