using Cawb.Web.Tests.Runs;
using Cawb.Web.Tests.Serving;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cawb.Web.Tests.Browser;

/// <summary>What makes the pages usable for everyone, held against each of them.</summary>
public sealed class AccessibilityTests(TestBrowser browser)
{
    // Colours do not depend on the width: each of either is looked at once or twice.
    private static readonly (int Width, ColorScheme Scheme)[] Windows = [(320, ColorScheme.Dark), (1280, ColorScheme.Light), (2560, ColorScheme.Dark)];

    [Fact]
    public async Task Axe_finds_nothing_serious_in_light_and_dark_from_narrow_to_wide_and_nothing_scrolls_sideways()
    {
        await OfEveryPageAsync(async (page, address) =>
        {
            foreach (var (width, scheme) in Windows)
            {
                await page.SetViewportSizeAsync(width, 900);
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await Expect(page.Locator("html")).ToHaveJSPropertyAsync("scrollWidth", width);
                var found = await page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
                var serious = found.Violations.Where(rule => rule.Impact is "serious" or "critical").Select(rule => $"{rule.Id}: {rule.Nodes[0].Html}");
                Assert.True(!serious.Any(), $"/{address}, {width} px, {scheme}: {string.Join("; ", serious)}");
            }
        });
    }

    [Fact]
    public async Task Tab_reaches_everything_that_answers_to_a_hand_and_shows_where_it_is() => await OfEveryPageAsync(KeyboardWalk.AssertCompleteAsync);

    private async Task OfEveryPageAsync(Func<IPage, string, Task> look)
    {
        await using var served = await Served.StartAsync();
        FilledFolder.Write(served.Runs);
        await Visit.OfAsync(browser, served.Address, async visit =>
        {
            foreach (var address in FilledFolder.Addresses)
            {
                await visit.GoToAsync(new Uri(served.Address, address));
                await look(visit.Page, address);
            }
        });
    }
}
