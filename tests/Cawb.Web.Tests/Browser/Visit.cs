using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cawb.Web.Tests.Browser;

/// <summary>A window on a server, which notes what must not happen in any.</summary>
internal sealed class Visit
{
    private const int Height = 900;
    private const int Patience = 30_000;

    private readonly Uri home;
    private readonly List<string> faults = [];

    private Visit(IPage page, Uri home)
    {
        (Page, this.home) = (page, home);
        page.Request += (_, request) => Note(IsHome(request.Url) ? null : $"asked for {request.Url}");
        page.WebSocket += (_, socket) => Note(IsHome(socket.Url) ? null : $"opened {socket.Url}");
        page.PageError += (_, fault) => Note($"an error in a script: {fault}");
        page.Dialog += (_, dialog) =>
        {
            Note($"a dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    /// <summary>Opens a page, carries something out on it, and demands that nothing went to another origin, no script failed and no dialog came.</summary>
    public static Task OfAsync(TestBrowser browser, Uri address, Func<IPage, Task> look, int width = 1280) => OfAsync(browser, address, (Visit visit) => look(visit.Page), width);

    /// <summary>The same with the window.</summary>
    public static async Task OfAsync(TestBrowser browser, Uri address, Func<Visit, Task> look, int width = 1280)
    {
        await using var window = await browser.Chromium.OpenAsync(width, Height);
        var visit = new Visit(await window.NewPageAsync(), address);
        await visit.GoToAsync(address);
        await look(visit);
        lock (visit.faults)
        {
            Assert.Empty(visit.faults);
        }
    }

    /// <summary>Opens a page and waits until it answers to a hand.</summary>
    public async Task GoToAsync(Uri address)
    {
        // The page comes drawn, and answers to a hand from the moment on at which it gives its heading the focus.
        await Page.GotoAsync(address.AbsoluteUri);
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync(new() { Timeout = Patience });
    }

    private bool IsHome(string url) => new Uri(url) is var to && (to.Scheme is "data" or "blob" || (to.Host == home.Host && to.Port == home.Port));

    private void Note(string? fault)
    {
        lock (faults)
        {
            faults.AddRange(fault is null ? [] : [fault]);
        }
    }
}
