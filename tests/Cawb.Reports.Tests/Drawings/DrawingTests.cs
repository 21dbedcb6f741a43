using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Cawb.Reports.Charts;
using Cawb.Reports.Drawings;

namespace Cawb.Reports.Tests.Drawings;

public class DrawingTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly HeatMapAxis True = HeatMapAxis.OfNames("true class", ["cat", "dog", "background"]);
    private static readonly HeatMapAxis Found = HeatMapAxis.OfNames("predicted class", ["cat", "dog", "background"]);

    [Fact]
    public void A_heat_map_colours_each_cell_by_its_value_and_leaves_empty_ones_out()
    {
        var map = new HeatMap("t", 640, True, Found, (row, column) => row == column ? 1 : row == 0 && column == 1 ? 0.25 : 0) { Maximum = 1, NumberFormat = "0.00" };
        var cells = Paths(map).Where(path => path.Attribute("fill-opacity") is not null).ToDictionary(path => path.Attribute("fill-opacity")!.Value, path => path.Attribute("d")!.Value.Split('M').Length - 1);
        Assert.Equal(new Dictionary<string, int> { ["0.25"] = 1, ["1"] = 3 }, cells);
        Assert.Equal(["1.00", "0.25", "1.00", "1.00"], Words(map).Where(word => word.Length == "0.00".Length && word[1] == '.'));
        Assert.Equal(2, Words(map).Count(word => word == "background"));
    }

    [Fact]
    public void The_first_row_stands_at_the_top_or_at_the_bottom()
    {
        var rows = HeatMapAxis.OfRange("y", 10, 0, 1);
        double Top(HeatMapAxis axis) => Start(Paths(new HeatMap("t", 400, HeatMapAxis.OfRange("x", 10, 0, 1), axis, (row, _) => row == 0 ? 1 : 0)).First(path => path.Attribute("fill-opacity") is not null)).Y;
        Assert.True(Top(rows) < 60);
        Assert.True(Top(rows.FromBottom()) > 200);
    }

    [Fact]
    public void Rare_cells_show_beside_frequent_ones_where_the_colour_follows_the_root()
    {
        var map = new HeatMap("t", 400, HeatMapAxis.OfRange("x", 2, 0, 1), HeatMapAxis.OfRange("y", 2, 0, 1), (row, column) => row == 0 && column == 0 ? 100 : row == 1 && column == 1 ? 1 : 0);
        Assert.Equal(["1"], Opacities(map));
        Assert.Equal(["0.1", "1"], Opacities(new HeatMap("t", 400, HeatMapAxis.OfRange("x", 2, 0, 1), HeatMapAxis.OfRange("y", 2, 0, 1), (row, column) => row == 0 && column == 0 ? 100 : row == 1 && column == 1 ? 1 : 0) { IsRoot = true }));
        Assert.Contains("25", Words(new HeatMap("t", 400, HeatMapAxis.OfRange("x", 2, 0, 1), HeatMapAxis.OfRange("y", 2, 0, 1), (_, _) => 100) { IsRoot = true }));

        static string[] Opacities(HeatMap map) => [.. Paths(map).Where(path => path.Attribute("fill-opacity") is not null).Select(path => path.Attribute("fill-opacity")!.Value)];
    }

    [Fact]
    public void Intervals_are_a_drawing_too()
    {
        var chart = new IntervalChart("Differences", "AP", [new IntervalRow("one", 1, 0, 2, [0, 2])], hasZeroLine: true);
        var drawing = new IntervalDrawing(chart, 640);
        Assert.Equal(chart.RenderSvg(640), drawing.ToSvgElement("i") + "\n");
        Assert.Equal(drawing.Height.ToString(CultureInfo.InvariantCulture), XDocument.Parse(drawing.ToSvg()).Root!.Attribute("height")!.Value);
    }

    [Fact]
    public void Bars_are_as_long_as_their_values_say()
    {
        var chart = new BarChart("Instances", 440, [new BarRow("zero", 40), new BarRow("one", 10), new BarRow("17 classes between", double.NaN), new BarRow("two", 0)]);
        var lengths = XDocument.Parse(chart.ToSvg()).Descendants(Svg + "rect").Where(bar => bar.Attribute("class")?.Value == "f0").Select(bar => double.Parse(bar.Attribute("width")!.Value, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(3, lengths.Length);
        Assert.Equal(lengths[0] / 4, lengths[1], 0.01);
        Assert.Equal(0, lengths[2]);
        Assert.Contains("17 classes between", Words(chart));
    }

    [Fact]
    public void A_grid_has_every_drawing_at_a_place_of_its_own_under_ids_of_its_own()
    {
        var chart = new ChartDrawing(new Chart("c", ChartAxis.Linear("x"), ChartAxis.Linear("y"), [ChartSeries.Line("s", [1, 2], [1, 2])]), new ChartSize(400, 300));
        var grid = new DrawingGrid("all", 2, [chart, new BarChart("b", 320, [new BarRow("r", 1)]), chart]);
        var document = XDocument.Parse(grid.ToSvg());
        var places = document.Descendants(Svg + "g").Select(group => group.Attribute("transform")?.Value ?? "").Where(place => place.StartsWith("translate", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["translate(10 44)", "translate(420 44)", "translate(10 354)"], places);
        Assert.Equal((750, 664), (grid.Width, grid.Height));
        var ids = document.Descendants().Attributes("id").Select(id => id.Value).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Throws<ArgumentException>(() => new DrawingGrid("none", 2, []));
    }

    [Fact]
    public void A_drawing_is_painted_as_a_file_of_twice_its_size()
    {
        var png = new BarChart("Instances", 440, [new BarRow("zero", 40)]).ToPng(2);
        Assert.Equal(880, (png[18] << 8) | png[19]);
        Assert.Equal("\u0089PNG", Encoding.Latin1.GetString(png, 0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BarChart("t", 440, [new BarRow("zero", 40)]).ToPng(5));
    }

    [Theory]
    [InlineData(1, 2, "1 2")]
    [InlineData(0, 2, "0 1 2")]
    [InlineData(1, 3, "1 2 3")]
    public void An_axis_of_whole_numbers_has_no_mark_between_them(double first, double last, string marks)
    {
        var chart = new Chart("", ChartAxis.Linear("epoch").WithRange(first, last).InWholeNumbers(), ChartAxis.Linear(""), [ChartSeries.Line("s", [first, (first + last) / 2, last], [3, 4, 5])]);
        var document = XDocument.Parse(SvgChart.Render(chart, ChartSize.Readme));
        var ticks = document.Descendants(Svg + "g").First(group => group.Attribute("class")?.Value == "tick middle");
        Assert.Equal(marks, string.Join(' ', ticks.Elements().Select(tick => tick.Value)));
    }

    private static IEnumerable<XElement> Paths(Drawing drawing) => XDocument.Parse(drawing.ToSvg()).Descendants(Svg + "path");

    private static IEnumerable<string> Words(Drawing drawing) => XDocument.Parse(drawing.ToSvg()).Descendants(Svg + "text").Select(text => text.Value);

    private static (double X, double Y) Start(XElement path)
    {
        var numbers = path.Attribute("d")!.Value[1..].Split('h')[0].Split(' ');
        return (double.Parse(numbers[0], CultureInfo.InvariantCulture), double.Parse(numbers[1], CultureInfo.InvariantCulture));
    }
}
