using Cawb.Web.Tests.Runs;
using Cawb.Web.Tests.Serving;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cawb.Web.Tests.Browser;

public sealed class LiveRunTests(TestBrowser browser)
{
    [Fact]
    public async Task A_training_appears_in_open_pages_moves_and_ends()
    {
        await using var served = await Served.StartAsync();
        await Visit.OfAsync(browser, served.Address, async page =>
        {
            var own = await page.Context.NewPageAsync();
            await Expect(page.GetByText("There is no run in")).ToBeVisibleAsync();
            using var training = new TinyTraining(Path.Combine(served.Runs, "exp"), 2);
            var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "exp" });
            await Expect(row).ToContainTextAsync("running", Soon);
            await Expect(row).ToContainTextAsync("0 of 2", Soon);
            await own.GotoAsync(new Uri(served.Address, "run/exp").AbsoluteUri);
            await Expect(own.GetByText("It has finished no epoch yet.")).ToBeVisibleAsync();

            training.GoOn();
            await Expect(row).ToContainTextAsync("1 of 2", Soon);
            await Expect(own.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("value", "1", new() { Timeout = 15_000 });
            await Expect(own.GetByRole(AriaRole.Heading, new() { Name = "Course of the training" })).ToBeVisibleAsync();

            training.GoOn();
            await Expect(row).ToContainTextAsync("2 of 2", Soon);
            training.GoOn();
            training.Join();
            await Expect(row).ToContainTextAsync("done", Soon);
            await Expect(own.GetByText("done", new() { Exact = true })).ToBeVisibleAsync(new() { Timeout = 15_000 });
        });
    }

    private static LocatorAssertionsToContainTextOptions Soon => new() { Timeout = 15_000 };
}
