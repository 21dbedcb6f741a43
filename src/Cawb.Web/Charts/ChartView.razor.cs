using System.Globalization;
using Cawb.Reports.Charts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Cawb.Web.Charts;

/// <summary>A chart that answers: values under the pointer and for the keyboard, zoom, events, handles.</summary>
/// <remarks>It is drawn anew where the chart is another object, or its size or the part that is shown change; everything else costs nothing.</remarks>
public sealed partial class ChartView
{
    private const int LeastWidth = 320;
    private const int MostWidth = 2560;
    private const int WidthBeforeMeasured = 960;
    private const int LaneRow = 30;
    private const double LeastShown = 1e-6;

    private ElementReference figure;
    private IJSObjectReference? script;
    private DotNetObjectReference<ChartBridge>? bridge;
    private int width = WidthBeforeMeasured;
    private ChartRange? ownZoom;
    private (Chart Chart, ChartRange? Range, ChartSize Size, bool HasLane) shows;
    private ChartSize size = ChartSize.Readme;
    private ChartRange? shownRange;
    private MarkupString picture;
    private IReadOnlyList<(ChartMarker Marker, double Share, int Row)> lane = [];
    private int unnamed;

    /// <summary>Of the page: no other element has it.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    /// <summary>What to show.</summary>
    [Parameter, EditorRequired]
    public required Chart Chart { get; set; }

    /// <summary>200 to 4000 CSS pixels.</summary>
    [Parameter]
    public int Height { get; set; } = 360;

    /// <summary>The part to show; null for the whole. Who binds it decides; without anybody the chart keeps it for itself.</summary>
    [Parameter]
    public ChartRange? Zoom { get; set; }

    /// <summary>Somebody wants to see another part.</summary>
    [Parameter]
    public EventCallback<ChartRange?> ZoomChanged { get; set; }

    /// <summary>Somebody clicked, or pressed Enter, where the crosshair is: an x of a series.</summary>
    [Parameter]
    public EventCallback<double> Pointed { get; set; }

    /// <summary>The crosshair is at another x of a series; told at most every 60 ms, and the last place always.</summary>
    [Parameter]
    public EventCallback<double> Hovered { get; set; }

    /// <summary>What can be moved along the x axis.</summary>
    [Parameter]
    public IReadOnlyList<ChartHandle> Handles { get; set; } = [];

    /// <summary>A handle is moved; the next move is told when this one has been dealt with.</summary>
    [Parameter]
    public EventCallback<HandleMove> HandleMoved { get; set; }

    /// <summary>Somebody pressed Delete on a handle: its id.</summary>
    [Parameter]
    public EventCallback<string> HandleDeleted { get; set; }

    /// <summary>Somebody chose an event. With a listener the names of events are buttons in a lane below the plot.</summary>
    [Parameter]
    public EventCallback<ChartMarker> MarkerChosen { get; set; }

    /// <summary>The same object until something that is drawn changes.</summary>
    internal ChartPicture Drawn { get; private set; } = null!;

    private string Name => Chart.Title.Length > 0 ? Chart.Title : Chart.Y.Label;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (script is not null)
            {
                await script.InvokeVoidAsync("detach");
                await script.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The page is gone, and its listeners with it.
        }
        bridge?.Dispose();
    }

    internal async Task GuardAsync(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception fault)
        {
            await DispatchExceptionAsync(fault);
        }
    }

    internal Task ResizeAsync(int place)
    {
        width = Math.Clamp(place, LeastWidth, MostWidth);
        Draw();
        StateHasChanged();
        return Task.CompletedTask;
    }

    internal async Task ZoomAsync(ChartRange? range)
    {
        range = range is null ? null : Fitted(range, shownRange);
        if (ZoomChanged.HasDelegate)
        {
            await ZoomChanged.InvokeAsync(range);
            return;
        }
        ownZoom = range;
        Draw();
        StateHasChanged();
    }

    /// <inheritdoc/>
    protected override void OnParametersSet() => Draw();

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            bridge = DotNetObjectReference.Create(new ChartBridge(this));
            script = await Scripts.InvokeAsync<IJSObjectReference>("cawb.attach", figure, bridge);
        }
    }

    /// <summary>The range inside the whole chart; null where it is the whole, and what is given where there is nothing to draw.</summary>
    private ChartRange? Fitted(ChartRange range, ChartRange? otherwise)
    {
        var whole = Chart.Extent;
        var least = (whole.To - whole.From) * LeastShown;
        var (from, to) = (Math.Max(range.From, whole.From), Math.Min(range.To, whole.To));
        if (to - from < least)
        {
            return otherwise;
        }
        return to - from > (whole.To - whole.From) * (1 - LeastShown) ? null : new ChartRange(from, to);
    }

    private void Draw()
    {
        var range = ZoomChanged.HasDelegate ? Zoom : ownZoom ?? Zoom;
        var wanted = (Chart, range, new ChartSize(width, Height), MarkerChosen.HasDelegate);
        if (wanted == shows)
        {
            return;
        }
        (shows, size) = (wanted, wanted.Item3);
        shownRange = range is null ? null : Fitted(range, otherwise: null);
        var part = shownRange is null ? Chart : Chart.Within(shownRange);
        Drawn = ChartPicture.Of(part, size, Id, namesEvents: !MarkerChosen.HasDelegate);
        // Nobody can read values out of a page that is not live yet, and their numbers are as long as everything else in it.
        picture = new MarkupString(RendererInfo.IsInteractive ? Drawn.ToHtml() : Drawn.Svg);
        lane = MarkerChosen.HasDelegate ? Drawn.Lane() : [];
        unnamed = MarkerChosen.HasDelegate ? part.Markers.Count(marker => marker.Label.Length > 0) - lane.Count : 0;
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.###}%");

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
