using Cawb.Web.Tests.Serving;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cawb.Web.Tests.Browser;

public sealed class PagesTests(TestBrowser browser)
{
    [Fact]
    public async Task The_navigation_leads_from_page_to_page()
    {
        await using var served = await Served.StartAsync();
        await Visit.OfAsync(browser, served.Address, async page =>
        {
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Runs");
            await page.GetByRole(AriaRole.Link, new() { Name = "Schedule designer" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Schedule designer");
        });
    }
}
