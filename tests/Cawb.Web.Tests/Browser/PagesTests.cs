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
            await page.GetByRole(AriaRole.Link, new() { Name = "Schedule designer", Exact = true }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Schedule designer");
        });
    }

    [Theory]
    [InlineData("nowhere", "There is no such page")]
    [InlineData("run/none", "There is no such run")]
    [InlineData("comparison/none", "There is no such comparison")]
    public async Task What_is_not_there_is_said(string address, string words)
    {
        await using var served = await Served.StartAsync();
        await Visit.OfAsync(browser, new Uri(served.Address, address), page => Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(words));
    }
}
