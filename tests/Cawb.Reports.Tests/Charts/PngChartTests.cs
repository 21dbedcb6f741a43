using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using System.Xml.Linq;
using Cawb.Reports.Charts;
using Cawb.Reports.Files;
using Cawb.Tests;
using SkiaSharp;

namespace Cawb.Reports.Tests.Charts;

public class PngChartTests
{
    private static readonly Chart Two = new Chart("Learning rate, first α, then 10⁻³", ChartAxis.Linear("epoch"), ChartAxis.Logarithmic("rate").WithRange(1e-5, 1),
            [ChartSeries.Line("rising & falling", [0, 10], [1e-4, 1]), ChartSeries.Steps("falling", [0, 5, 10], [1, 0.5, 0.01])])
        .WithMarkers([ChartMarker.At(5, "boot 1")]);

    [Fact]
    public void Has_twice_the_size()
    {
        var png = PngChart.Render(Two, ChartSize.Readme, pixelsPerCssPixel: 2);
        Assert.Equal("\u0089PNG"u8[2..].ToArray(), png[1..4]);
        Assert.Equal(1680, png[18] * 256 + png[19]);
        Assert.Equal(840, png[22] * 256 + png[23]);
    }

    [Fact]
    public void Every_word_of_the_drawing_is_on_the_picture()
    {
        var words = XDocument.Parse(SvgChart.Render(Two, ChartSize.Readme)).Descendants().Where(element => element.Name.LocalName == "text").ToList();
        Assert.True(words.Count > 12, $"The drawing has {words.Count} words.");
        using var picture = SKBitmap.Decode(PngChart.Render(Two, ChartSize.Readme, pixelsPerCssPixel: 1));
        Assert.All(words, word => Assert.True(HasInk(picture, Place(word)), $"'{word.Value}' is missing."));
    }

    [Fact]
    public void Stands_on_a_light_ground_in_the_colours_of_the_drawing()
    {
        using var picture = SKBitmap.Decode(PngChart.Render(Two, ChartSize.Readme, pixelsPerCssPixel: 1));
        Assert.Equal(new SKColor(255, 255, 255), picture.GetPixel(picture.Width / 2, 4));
        var colours = Enumerable.Range(0, picture.Width).SelectMany(x => Enumerable.Range(0, picture.Height).Select(y => picture.GetPixel(x, y))).ToHashSet();
        Assert.Contains(SKColor.Parse("#0077d4"), colours);
        Assert.Contains(SKColor.Parse("#b43f06"), colours);
    }

    [Fact]
    public void Paints_the_same_bytes_every_time() =>
        Assert.Equal(PngChart.Render(Two, ChartSize.Readme, pixelsPerCssPixel: 1), PngChart.Render(Two, ChartSize.Readme, pixelsPerCssPixel: 1));

    [Fact]
    public void A_letter_that_no_font_has_is_refused()
    {
        // The last private place of Unicode, which stands for nothing.
        var chart = new Chart("\U0010FFFD", ChartAxis.Linear("epoch"), ChartAxis.Linear("rate"), [ChartSeries.Line("a", [0, 1], [0, 1])]);
        var fault = Assert.Throws<FileException>(() => PngChart.Render(chart, ChartSize.Readme, pixelsPerCssPixel: 1));
        Assert.Contains("(U+10FFFD)", fault.Message, StringComparison.Ordinal);
        Assert.Contains("write .svg or .html", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.svg", false)]
    [InlineData("a.html", false)]
    [InlineData("a.txt", false)]
    [InlineData("a.PNG", true)]
    public void The_painter_is_loaded_for_png_alone(string name, bool isLoaded)
    {
        using var folder = new TemporaryFolder();
        var context = new OwnContext();
        var self = context.LoadFromAssemblyPath(typeof(Writing).Assembly.Location);
        self.GetType(typeof(Writing).FullName!)!.GetMethod(nameof(Writing.WriteChart))!.Invoke(null, [folder.Of(name)]);
        Assert.True(File.Exists(folder.Of(name)));
        Assert.Contains("Cawb.Reports", context.Asked);
        Assert.Equal(isLoaded, context.Asked.Contains("Svg.Skia"));
        context.Unload();
    }

    // The start, middle or end of the word at its baseline, as wide as two narrow letters; the turned one stands beside its axis.
    private static SKRectI Place(XElement word)
    {
        if (word.Attribute("transform") is { } transform)
        {
            var place = transform.Value.Split('(', ')')[1].Split(' ').Select(Number).ToArray();
            return new SKRectI(place[0] - 10, place[1] - 12, place[0], place[1] + 12);
        }
        var (x, y) = (Number(word.Attribute("x")!.Value), Number(word.Attribute("y")!.Value));
        var classes = $"{word.Attribute("class")?.Value} {word.Parent!.Attribute("class")?.Value}".Split(' ');
        var left = classes.Contains("middle") ? x - 6 : classes.Contains("end") ? x - 12 : x;
        return new SKRectI(left, y - 10, left + 12, y);
    }

    private static int Number(string text) => (int)Math.Round(double.Parse(text, CultureInfo.InvariantCulture));

    private static bool HasInk(SKBitmap picture, SKRectI place) =>
        Enumerable.Range(place.Left, place.Width).Any(x => Enumerable.Range(place.Top, place.Height).Any(y => picture.GetPixel(x, y).Red < 150));

    private static class Writing
    {
        public static void WriteChart(string path) => ChartFile.Write(
            new Chart("", ChartAxis.Linear("epoch"), ChartAxis.Linear("rate"), [ChartSeries.Line("a", [0, 1], [0, 1])]), path, ChartSize.Readme);
    }

    /// <summary>Starts with nothing loaded, whatever other tests have done, and remembers what it was asked for.</summary>
    private sealed class OwnContext() : AssemblyLoadContext(isCollectible: true)
    {
        public HashSet<string?> Asked { get; } = [];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            Asked.Add(assemblyName.Name);
            var ours = Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll");
            return assemblyName.Name is "Cawb" or "Cawb.Reports" ? LoadFromAssemblyPath(ours) : null;
        }
    }
}
