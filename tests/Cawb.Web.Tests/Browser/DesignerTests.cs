using System.Text.RegularExpressions;
using Cawb.Tests.Compilation;
using Cawb.Web.Tests.Serving;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Cawb.Web.Tests.Browser;

/// <summary>The schedule designer under a hand: keys, pointer, clipboard, address.</summary>
public sealed class DesignerTests(TestBrowser browser)
{
    [Fact]
    public async Task A_boot_that_is_typed_changes_the_curve_the_events_and_the_findings() => await OnDesignerAsync(async page =>
    {
        await page.GetByRole(AriaRole.Tab, new() { Name = "Findings" }).ClickAsync();
        var before = await CurveAsync(page);
        await Expect(Findings(page)).Not.ToContainTextAsync("epoch 148");
        await BootEpochs(page).FillAsync("");
        await BootEpochs(page).PressSequentiallyAsync("30, 80, 148");
        await Expect(Handle(page, "boot 3")).ToHaveAttributeAsync("aria-valuenow", "148");
        await Expect(Findings(page)).ToContainTextAsync("epoch 148");
        Assert.NotEqual(before, await CurveAsync(page));
        await Expect(page.GetByRole(AriaRole.Img).First).ToHaveAccessibleNameAsync(new Regex("boot 3 at 148"));
    });

    [Fact]
    public async Task A_boot_is_dragged_along_the_axis() => await OnDesignerAsync(async page =>
    {
        var before = await CurveAsync(page);
        var box = await Handle(page, "boot 1").BoundingBoxAsync() ?? throw new InvalidOperationException("The boot is not to be seen.");
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2) + 100, box.Y + (box.Height / 2), new() { Steps = 5 });
        await page.Mouse.UpAsync();
        // 100 of the plot's 614 pixels, which are 150 epochs.
        await Expect(BootEpochs(page)).ToHaveValueAsync(new Regex("^5[345], 80$"));
        await Expect(Handle(page, "boot 1")).ToHaveAttributeAsync("aria-valuenow", (await BootEpochs(page).InputValueAsync())[..2]);
        Assert.NotEqual(before, await CurveAsync(page));
    });

    [Fact]
    public async Task A_boot_is_moved_and_removed_by_keys_alone() => await OnDesignerAsync(async page =>
    {
        await Handle(page, "boot 2").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(BootEpochs(page)).ToHaveValueAsync("30, 81");
        await page.Keyboard.PressAsync("PageUp");
        await Expect(BootEpochs(page)).ToHaveValueAsync("30, 91");
        await Expect(Handle(page, "boot 2")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Delete");
        await Expect(BootEpochs(page)).ToHaveValueAsync("30");
        await Expect(Handle(page, "boot 2")).ToHaveCountAsync(0);
    });

    [Fact]
    public async Task The_copied_code_compiles_and_gives_the_curve_of_the_copied_text() => await OnDesignerAsync(async page =>
    {
        await page.GetByRole(AriaRole.Tab, new() { Name = "Copy" }).ClickAsync();
        var json = await CopyAsync(page, "JSON", "\"type\": \"cawb\"");
        var code = await CopyAsync(page, "C#", "using Cawb;");
        var scheduler = Assert.IsType<LearningRateScheduler>(CompiledCode.Methods([code], "", "scheduler")[0].Invoke(null, []));
        var asText = new LearningRateScheduler(TrainingPlan.FromEpochs(150, 625), ScheduleText.Parse(json), 0.1);
        while (!asText.IsFinished)
        {
            Assert.Equal(asText.LearningRates[0], scheduler.LearningRates[0], 1e-12);
            asText.Step();
            scheduler.Step();
        }

        Assert.True(scheduler.IsFinished);
    });

    [Fact]
    public async Task The_address_shows_the_same_page_again() => await OnDesignerAsync(async page =>
    {
        await BootEpochs(page).FillAsync("40, 90");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Log axis" }).CheckAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "Figures" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("40.*90.*log=1.*panel=figures"));
        var (curve, main) = (await CurveAsync(page), await page.Locator("main").InnerTextAsync());
        await page.ReloadAsync();
        await Expect(BootEpochs(page)).ToHaveValueAsync("40, 90");
        await Expect(page.GetByRole(AriaRole.Tab, new() { Name = "Figures" })).ToHaveAttributeAsync("aria-selected", "true");
        await Expect(page.Locator("main")).ToHaveTextAsync(main, new() { UseInnerText = true });
        await Settled(page);
        Assert.Equal(curve, await CurveAsync(page));
    });

    private static ILocator BootEpochs(IPage page) => page.GetByRole(AriaRole.Textbox, new() { Name = "bootEpochs" });

    private static ILocator Handle(IPage page, string name) => page.GetByRole(AriaRole.Slider, new() { Name = name, Exact = true });

    private static ILocator Findings(IPage page) => page.GetByRole(AriaRole.Tabpanel);

    // Drawn in the width that there is, not in that of the first guess.
    private static Task Settled(IPage page) => Expect(page.Locator("#rates .drawing")).Not.ToHaveAttributeAsync("style", new Regex("max-width:960px"));

    // The lines of the rate chart, as they are drawn.
    private static async Task<string> CurveAsync(IPage page) => string.Join('\n', await page.Locator("#rates svg path").EvaluateAllAsync<string[]>("paths => paths.map(path => path.getAttribute('d'))"));

    private static async Task<string> CopyAsync(IPage page, string language, string start)
    {
        await page.GetByLabel("As", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = language });
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Text to copy" })).ToContainTextAsync(start);
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy", Exact = true }).ClickAsync();
        await Expect(page.GetByText("Copied.")).ToBeVisibleAsync();
        return await page.EvaluateAsync<string>("navigator.clipboard.readText()");
    }

    private async Task OnDesignerAsync(Func<IPage, Task> look)
    {
        await using var served = await Served.StartAsync();
        await Visit.OfAsync(browser, new Uri(served.Address, "designer"), async page =>
        {
            await Settled(page);
            await look(page);
        });
    }
}
