using System.Globalization;
using Cawb.Web.Tests.Browser;
using Microsoft.Playwright;

namespace ServeSpeed;

/// <summary>From a key press in the schedule designer to the new curve on the screen.</summary>
internal static class Designing
{
    private const int Presses = 200;

    private static readonly string[] Schedules =
    [
        """{"type":"cawb","epochs":150,"bootEpochs":[30,80],"annealing":{"type":"cosine","scale":0.65,"offset":0.35},"stepScale":0.7,"epochScale":4,"warmupEpochs":3}""",
        """{"type":"cosine","durationEpochs":150,"end":0.05}""",
        """{"type":"oneCycle","totalEpochs":150,"riseEpochs":45,"start":0.04,"peak":1,"end":0.0001}""",
    ];

    // From the press to the frame after the chart has changed.
    private const string Watch = """
        () => {
          window.times = [];
          let pressed = 0;
          document.addEventListener('keydown', () => { pressed = performance.now(); }, true);
          new MutationObserver(() => {
            const from = pressed;
            pressed = 0;
            if (from) { requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - from))); }
          }).observe(document.querySelector('#rates .picture'), { childList: true, subtree: true, attributes: true });
        }
        """;

    public static async Task MeasureAsync(Chromium browser, string program, string runs, Figures figures)
    {
        using var server = await Server.StartAsync(program, runs);
        await using var window = await browser.OpenAsync(1280, 900);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"{server.Address}designer?{string.Join('&', Schedules.Select(schedule => "s=" + Uri.EscapeDataString(schedule)))}&epochs=150&batches=625");
        var field = page.GetByRole(AriaRole.Textbox, new() { Name = "stepScale" });
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Slider, new() { Name = "boot 2" })).ToHaveCountAsync(1);
        await page.EvaluateAsync(Watch);
        await field.FocusAsync();
        await page.Keyboard.PressAsync("End");
        for (var press = 0; press < Presses; press++)
        {
            await page.Keyboard.PressAsync(press % 2 == 0 ? (1 + (press / 2 % 9)).ToString(CultureInfo.InvariantCulture) : "Backspace");
            await page.WaitForFunctionAsync("count => times.length === count", press + 1);
        }

        // What is compiled while it is first used is not what somebody who works with it feels.
        var times = (await page.EvaluateAsync<double[]>("times"))[20..];
        figures.Add($"designer: key press to new curve, p95 of {times.Length}; 150 epochs x 625 batches, three schedules", Figures.Quantile(times, 0.95), 100, "ms");
        Figures.Note("the same, median", string.Create(CultureInfo.InvariantCulture, $"{Figures.Quantile(times, 0.5):F0} ms"));
    }
}
