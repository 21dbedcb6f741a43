using Cawb.Reports.Charts;
using Microsoft.JSInterop;

namespace Cawb.Web.Charts;

/// <summary>What cawb.js calls for a <see cref="ChartView"/>. A fault of who listens is the page's, as it would be of a button.</summary>
internal sealed class ChartBridge(ChartView view)
{
    /// <summary>The chart's place has become this wide.</summary>
    [JSInvokable]
    public Task Resize(int width) => view.GuardAsync(() => view.ResizeAsync(width));

    /// <summary>Somebody wants to see a part.</summary>
    [JSInvokable]
    public Task Zoom(double from, double to) =>
        double.IsFinite(from) && double.IsFinite(to) && from < to ? view.GuardAsync(() => view.ZoomAsync(new ChartRange(from, to))) : Task.CompletedTask;

    /// <summary>Somebody wants to see everything.</summary>
    [JSInvokable]
    public Task Reset() => view.GuardAsync(() => view.ZoomAsync(null));

    /// <summary>Somebody chose a place.</summary>
    [JSInvokable]
    public Task Point(double x) => view.GuardAsync(() => view.Pointed.InvokeAsync(x));

    /// <summary>The crosshair is at a place.</summary>
    [JSInvokable]
    public Task Hover(double x) => view.GuardAsync(() => view.Hovered.InvokeAsync(x));

    /// <summary>A handle is moved.</summary>
    [JSInvokable]
    public Task Move(string id, double x, bool isFinal) => view.GuardAsync(() => view.HandleMoved.InvokeAsync(new HandleMove(id, x, isFinal)));

    /// <summary>A handle is to go.</summary>
    [JSInvokable]
    public Task Delete(string id) => view.GuardAsync(() => view.HandleDeleted.InvokeAsync(id));
}
