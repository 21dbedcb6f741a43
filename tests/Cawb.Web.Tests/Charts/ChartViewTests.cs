using Bunit;
using Cawb.Reports.Charts;
using Cawb.Web.Charts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Cawb.Web.Tests.Charts;

public sealed class ChartViewTests : BunitContext
{
    private static readonly double[] Epochs = [.. Enumerable.Range(0, 101).Select(epoch => (double)epoch)];

    public ChartViewTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Its_numbers_come_with_the_live_page(bool isLive, int numbers)
    {
        SetRendererInfo(new RendererInfo(isLive ? "Server" : "Static", isLive));

        var view = View(Curve());

        Assert.Single(view.FindAll("svg"));
        Assert.Equal(numbers, view.FindAll("script").Count);
    }

    [Fact]
    public async Task Is_drawn_at_the_width_of_its_place_within_bounds()
    {
        var view = View(Curve());
        foreach (var (place, drawn) in new[] { (760, "760"), (120, "320"), (9000, "2560") })
        {
            await Told(view, bridge => bridge.Resize(place));
            Assert.Equal(drawn, view.Find("svg").GetAttribute("width"));
            Assert.Equal("360", view.Find("svg").GetAttribute("height"));
        }
    }

    [Fact]
    public void Is_not_drawn_anew_for_what_is_not_drawn()
    {
        var chart = Curve();
        var view = View(chart);
        var drawn = view.Instance.Drawn;
        view.Render(parameters => parameters.Add(one => one.Handles, [new ChartHandle("boot", "Boot 1", 30, 0, 90, 1)]));
        Assert.Same(drawn, view.Instance.Drawn);
        view.Render(parameters => parameters.Add(one => one.Chart, Curve()));
        Assert.NotSame(drawn, view.Instance.Drawn);
    }

    [Fact]
    public async Task Keeps_the_part_that_somebody_zooms_to_where_nobody_binds_it()
    {
        var view = View(Curve());
        await Told(view, bridge => bridge.Zoom(20, 30));
        Assert.Equal(new ChartRange(20, 30), view.Instance.Drawn.Shown);
        Assert.Contains("epoch 20 to 30", view.Find(".chart-tools").TextContent, StringComparison.Ordinal);
        await Told(view, bridge => bridge.Reset());
        Assert.Equal(new ChartRange(0, 100), view.Instance.Drawn.Shown);
    }

    [Theory]
    [InlineData(-50, 30, 0, 30)]
    [InlineData(90, 500, 90, 100)]
    public async Task Shows_nothing_beyond_its_ends(double from, double to, double shownFrom, double shownTo)
    {
        var view = View(Curve());
        await Told(view, bridge => bridge.Zoom(from, to));
        Assert.Equal(new ChartRange(shownFrom, shownTo), view.Instance.Drawn.Shown);
    }

    [Theory]
    [InlineData(-50, 500)]
    [InlineData(30, 30)]
    [InlineData(40, 30)]
    [InlineData(30, 30.000001)]
    [InlineData(200, 300)]
    [InlineData(double.NaN, 300)]
    [InlineData(double.NegativeInfinity, double.PositiveInfinity)]
    public async Task Shows_the_whole_where_a_part_would_be_everything_or_nothing(double from, double to)
    {
        var view = View(Curve());
        await Told(view, bridge => bridge.Zoom(from, to));
        Assert.Equal(new ChartRange(0, 100), view.Instance.Drawn.Shown);
        Assert.Equal("true", view.Find("[data-zoom=reset]").GetAttribute("aria-disabled"));
    }

    [Fact]
    public async Task A_part_that_another_chart_does_not_have_is_left()
    {
        var view = View(Curve());
        await Told(view, bridge => bridge.Zoom(80, 90));
        var shorter = new Chart("Learning rate", ChartAxis.Linear("epoch"), ChartAxis.Linear("rate"), [ChartSeries.Line("short", [0, 85], [0, 1])]);
        view.Render(parameters => parameters.Add(one => one.Chart, shorter));
        Assert.Equal(new ChartRange(80, 85), view.Instance.Drawn.Shown);
        view.Render(parameters => parameters.Add(one => one.Chart, new Chart("", ChartAxis.Logarithmic("epoch"), ChartAxis.Linear("rate"), [ChartSeries.Line("short", [1, 50], [0, 1])])));
        Assert.Equal(new ChartRange(1, 50), view.Instance.Drawn.Shown);
    }

    [Fact]
    public async Task Who_binds_the_part_decides_about_it()
    {
        ChartRange? asked = null;
        var view = Render<ChartView>(parameters => parameters.Add(one => one.Id, "c").Add(one => one.Chart, Curve()).Add(one => one.ZoomChanged, range => asked = range));
        await Told(view, bridge => bridge.Zoom(20, 30));
        Assert.Equal(new ChartRange(20, 30), asked);
        Assert.Equal(new ChartRange(0, 100), view.Instance.Drawn.Shown);
        view.Render(parameters => parameters.Add(one => one.Zoom, new ChartRange(40, 50)));
        Assert.Equal(new ChartRange(40, 50), view.Instance.Drawn.Shown);
        await Told(view, bridge => bridge.Reset());
        Assert.Null(asked);
    }

    [Fact]
    public void Events_are_buttons_where_somebody_listens_and_words_of_the_drawing_elsewhere()
    {
        var chart = Curve().WithMarkers([ChartMarker.At(30, "boot 1"), ChartMarker.At(60, "boot 2")]);
        Assert.Contains("boot 1", View(chart).FindAll("svg text").Select(text => text.TextContent));

        ChartMarker? chosen = null;
        var view = Render<ChartView>(parameters => parameters.Add(one => one.Id, "c").Add(one => one.Chart, chart).Add(one => one.MarkerChosen, marker => chosen = marker));
        Assert.DoesNotContain("boot 1", view.FindAll("svg text").Select(text => text.TextContent));
        Assert.Equal(["boot 1", "boot 2"], view.FindAll(".lane button").Select(button => button.TextContent));
        view.FindAll(".lane button")[1].Click();
        Assert.Equal(60, chosen?.X);
        view.Render(parameters => parameters.Add(one => one.Zoom, new ChartRange(20, 40)));
        Assert.Equal(["boot 1"], view.FindAll(".lane button").Select(button => button.TextContent));
    }

    [Fact]
    public void Says_how_many_events_found_no_room()
    {
        var chart = Curve().WithMarkers(Enumerable.Range(0, 7).Select(i => ChartMarker.At(50 + (i / 10.0), $"boot {i}")));
        var view = Render<ChartView>(parameters => parameters.Add(one => one.Id, "c").Add(one => one.Chart, chart).Add(one => one.MarkerChosen, _ => { }));
        Assert.Equal(3, view.FindAll(".lane button").Count);
        Assert.Equal("4 more events without room for a name: zoom in to see them.", view.Find(".lane-rest").TextContent);
    }

    [Fact]
    public async Task A_handle_is_a_slider_at_its_place_and_tells_its_moves()
    {
        var moves = new List<HandleMove>();
        var deleted = "";
        var view = Render<ChartView>(parameters => parameters.Add(one => one.Id, "c").Add(one => one.Chart, Curve())
            .Add(one => one.Handles, [new ChartHandle("a", "Boot 1", 30, 0.5, 90, 0.25)]).Add(one => one.HandleMoved, moves.Add).Add(one => one.HandleDeleted, id => deleted = id));
        var handle = view.Find("[role=slider]");
        Assert.Equal(["Boot 1", "0.5", "90", "30", "0.25"], new[] { "aria-label", "aria-valuemin", "aria-valuemax", "aria-valuenow", "data-step" }.Select(name => handle.GetAttribute(name)!));
        Assert.Contains(FormattableString.Invariant($"left:{view.Instance.Drawn.ShareOf(30) * 100:0.###}%"), handle.GetAttribute("style"), StringComparison.Ordinal);

        await Told(view, bridge => bridge.Move("a", 31, isFinal: false));
        await Told(view, bridge => bridge.Delete("a"));
        Assert.Equal([new HandleMove("a", 31, false)], moves);
        Assert.Equal("a", deleted);

        view.Render(parameters => parameters.Add(one => one.Zoom, new ChartRange(40, 50)));
        Assert.Empty(view.FindAll("[role=slider]"));
    }

    [Fact]
    public async Task A_fault_of_who_listens_is_shown_by_the_page()
    {
        var page = Render<ErrorBoundary>(parameters => parameters.Add(one => one.ErrorContent, fault => fault.Message)
            .AddChildContent<ChartView>(chart => chart.Add(one => one.Id, "c").Add(one => one.Chart, Curve()).Add(one => one.Pointed, _ => throw new InvalidOperationException("No such place."))));
        await Told(page.FindComponent<ChartView>(), bridge => bridge.Point(3));
        Assert.Equal("No such place.", page.Markup);
    }

    private static Chart Curve() => new("Learning rate", ChartAxis.Linear("epoch"), ChartAxis.Linear("rate"), [ChartSeries.Steps("cosine", Epochs, [.. Epochs.Select(epoch => 100 - epoch)])]);

    private static Task Told(IRenderedComponent<ChartView> view, Func<ChartBridge, Task> what) => view.InvokeAsync(() => what(new ChartBridge(view.Instance)));

    private IRenderedComponent<ChartView> View(Chart chart) => Render<ChartView>(parameters => parameters.Add(one => one.Id, "c").Add(one => one.Chart, chart));
}
