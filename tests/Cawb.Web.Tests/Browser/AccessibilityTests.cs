using Cawb.Web.Tests.Runs;
using Cawb.Web.Tests.Serving;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cawb.Web.Tests.Browser;

/// <summary>What makes the pages usable for everyone, held against each of them.</summary>
public sealed class AccessibilityTests(TestBrowser browser)
{
    private static readonly int[] Widths = [320, 1280, 2560];

    [Fact]
    public async Task Axe_finds_nothing_serious_on_any_page_in_light_and_dark_from_narrow_to_wide()
    {
        await using var served = await Served.StartAsync();
        FilledFolder.Write(served.Runs);
        await Visit.OfAsync(browser, served.Address, async visit =>
        {
            var page = visit.Page;
            foreach (var address in FilledFolder.Addresses)
            {
                await visit.GoToAsync(new Uri(served.Address, address));
                foreach (var width in Widths)
                {
                    await page.SetViewportSizeAsync(width, 900);
                    foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
                    {
                        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                        var found = await page.RunAxe();
                        Assert.True(
                            !found.Violations.Any(IsSerious),
                            $"/{address}, {width} px, {scheme}: {string.Join("; ", found.Violations.Where(IsSerious).Select(rule => $"{rule.Id}: {rule.Nodes[0].Html}"))}");
                    }
                }
            }
        });
    }

    [Fact]
    public async Task No_page_is_wider_than_a_window_of_320_pixels()
    {
        await using var served = await Served.StartAsync();
        FilledFolder.Write(served.Runs);
        await Visit.OfAsync(browser, served.Address, async visit =>
        {
            var page = visit.Page;
            foreach (var address in FilledFolder.Addresses)
            {
                await visit.GoToAsync(new Uri(served.Address, address));
                Assert.True(320 >= await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), $"/{address} scrolls sideways.");
            }
        }, width: 320);
    }

    [Fact]
    public async Task Tab_reaches_everything_that_answers_to_a_hand_and_shows_where_it_is()
    {
        await using var served = await Served.StartAsync();
        FilledFolder.Write(served.Runs);
        await Visit.OfAsync(browser, served.Address, async visit =>
        {
            var page = visit.Page;
            foreach (var address in FilledFolder.Addresses)
            {
                await visit.GoToAsync(new Uri(served.Address, address));
                // The last thing that the framework does on its own.
                await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
                await KeyboardWalk.AssertCompleteAsync(page, address);
            }
        });
    }

    private static bool IsSerious(Deque.AxeCore.Commons.AxeResultItem rule) => rule.Impact is "serious" or "critical";
}
