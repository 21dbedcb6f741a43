using Cawb.Web.Tests.Browser;
using Microsoft.Playwright;

namespace ServeSpeed;

/// <summary>From the wish for a page, in an open window that has nothing of it in its cache, to its first paint with what it is about.</summary>
internal static class Painting
{
    public const int Runs = 500;
    public const int Epochs = 1000;

    private const int Visits = 20;

    // A window that opens keeps the browser busy with its own parts. Whoever wants to see a page has one open.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private const string FirstPaint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1";

    public static async Task OfManyRunsAsync(Chromium browser, string program, string runs, Figures figures)
    {
        var (first, later) = await TimesAsync(browser, program, runs, "", page => Assertions.Expect(page.GetByRole(AriaRole.Row)).ToHaveCountAsync(Runs + 1));
        figures.Add($"folder of {Runs} runs: first paint with all rows, the first visit of a server that has just started", first, 1000, "ms");
        figures.Add($"the same, p95 of {Visits} later visits", Figures.Quantile(later, 0.95), 1000, "ms");
    }

    public static async Task OfALongRunAsync(Chromium browser, string program, string runs, Figures figures)
    {
        var (first, later) = await TimesAsync(browser, program, runs, "run/run", page => Assertions.Expect(page.Locator("figure.chart svg")).Not.ToHaveCountAsync(0));
        figures.Add($"run of {Epochs} epochs: first paint with all charts, the first visit of a server that has just started", first, 300, "ms");
        figures.Add($"the same, p95 of {Visits} later visits", Figures.Quantile(later, 0.95), 300, "ms");
    }

    private static async Task<(double First, List<double> Later)> TimesAsync(Chromium browser, string program, string runs, string address, Func<IPage, Task> complete)
    {
        using var server = await Server.StartAsync(program, runs);
        var times = new List<double>();
        for (var visit = 0; visit <= Visits; visit++)
        {
            await using var window = await browser.OpenAsync(1280, 900);
            var page = await window.NewPageAsync();
            await Task.Delay(Settling);
            await page.GotoAsync($"{server.Address}{address}", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
            // What the server sent at once is what was painted first.
            await complete(page);
            double time;
            while ((time = await page.EvaluateAsync<double>(FirstPaint)) < 0)
            {
                await Task.Delay(Pause);
            }

            times.Add(time);
        }

        return (times[0], times[1..]);
    }
}
