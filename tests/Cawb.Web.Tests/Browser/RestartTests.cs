using Cawb.Web.Tests.Serving;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cawb.Web.Tests.Browser;

public sealed class RestartTests(TestBrowser browser)
{
    [Fact]
    public async Task An_open_page_says_that_the_server_is_gone_and_comes_back_with_it()
    {
        await using var served = await Served.StartAsync();
        await Visit.OfAsync(browser, new Uri(served.Address, "designer"), async page =>
        {
            await Expect(page.GetByText("The server does not answer.")).ToBeHiddenAsync();
            await served.StopAsync();
            await Expect(page.GetByText("The server does not answer.")).ToBeVisibleAsync();
            await served.StartAgainAsync();
            await Expect(page.GetByText("The server does not answer.")).ToBeHiddenAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "Runs" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Runs");
        });
    }
}
