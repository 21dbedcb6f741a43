using Cawb.Web.Tests.Browser;
using Microsoft.Playwright;

// Screenshots ADDRESS FOLDER [NAME=PAGE ...]   NAME.png of each page of a server
if (args is not [var address, var folder, .. var pages])
{
    Console.Error.WriteLine("Screenshots ADDRESS FOLDER [NAME=PAGE ...]");
    return 2;
}

await using var browser = await Chromium.StartAsync();
foreach (var (name, page) in pages.Select(pair => pair.Split('=', 2)).Select(pair => (pair[0], pair[1])))
{
    await using var window = await browser.OpenAsync(1280, 960);
    var shown = await window.NewPageAsync();
    await shown.GotoAsync(new Uri(new Uri(address), page).AbsoluteUri);
    await Assertions.Expect(shown.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
    // Charts are drawn once more in the width that they have.
    await Assertions.Expect(shown.Locator("figure.chart .drawing[style*='max-width:960px']")).ToHaveCountAsync(0);
    await shown.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), Caret = ScreenshotCaret.Hide });
}

return 0;
