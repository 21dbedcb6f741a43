using System.Collections.Concurrent;
using System.Globalization;
using Cawb.Web.Tests.Browser;
using Cawb.Web.Tests.Runs;
using Microsoft.Playwright;

namespace ServeSpeed;

/// <summary>Many open pages on runs that go on: how long after a row is written each shows it, and what the server takes.</summary>
internal static class Crowd
{
    private const int Runs = 10;
    private const int Pages = 50;
    private const int Begun = 100;
    private const int Rounds = 8;
    private static readonly TimeSpan Epoch = TimeSpan.FromSeconds(4);

    // When each number of epochs is first seen; on the table of runs that of its first row.
    private const string Watch = """
        () => {
          window.seen = {};
          const look = () => {
            const bar = document.querySelector('main progress');
            const epoch = bar ? bar.value : Number(/(\d+) of 200/.exec(document.querySelector('main tbody')?.textContent ?? '')?.[1]);
            if (epoch) { seen[epoch] ??= Date.now(); }
          };
          look();
          new MutationObserver(look).observe(document.querySelector('main'), { childList: true, subtree: true, attributes: true, characterData: true });
        }
        """;

    public static async Task MeasureAsync(Chromium browser, string program, string folder, Figures figures)
    {
        WrittenRun[] runs = [.. Enumerable.Range(0, Runs).Select(i => WrittenRun.Begin(Path.Combine(folder, $"run-{i}"), 200, i))];
        foreach (var run in runs)
        {
            run.WriteEpochs(Begun);
        }

        using var server = await Server.StartAsync(program, folder);
        await using var window = await browser.OpenAsync(1000, 700);
        var pages = new List<(IPage Page, int Run)>();
        for (var i = 0; i < Pages; i++)
        {
            // Every run has four pages, the table of all of them has ten.
            var page = await window.NewPageAsync();
            await page.GotoAsync($"{server.Address}{(i < Pages - Runs ? $"run/run-{i % Runs}" : "")}");
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync(new() { Timeout = 60_000 });
            await page.EvaluateAsync(Watch);
            pages.Add((page, i < Pages - Runs ? i % Runs : 0));
        }

        var written = new ConcurrentDictionary<(int Run, int Epoch), double>();
        var (before, start) = (server.ProcessorTime, TimeProvider.System.GetTimestamp());
        for (var round = 0; round < Rounds; round++)
        {
            for (var run = 0; run < Runs; run++)
            {
                runs[run].WriteEpochs();
                written[(run, runs[run].Epoch)] = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
                await Task.Delay(Epoch / Runs);
            }
        }

        var elapsed = TimeProvider.System.GetElapsedTime(start);
        var busy = server.ProcessorTime - before;
        var delays = new List<double>();
        foreach (var (page, run) in pages)
        {
            for (var epoch = Begun + 1; epoch <= Begun + Rounds; epoch++)
            {
                var handle = await page.WaitForFunctionAsync("epoch => seen[epoch]", epoch);
                delays.Add((await handle.JsonValueAsync<double>() - written[(run, epoch)]) / 1000);
            }
        }

        figures.Add($"{Pages} open pages on {Runs} live runs: from a row in metrics.csv to the page, the slowest of {delays.Count}", delays.Max(), 2, "s");
        Figures.Note("the same, median", string.Create(CultureInfo.InvariantCulture, $"{Figures.Quantile(delays, 0.5):F2} s"));
        figures.Add("the server's memory at its most", server.PeakMegabytes, 300, "MB");
        Figures.Note($"its processor time, with an epoch of each run every {Epoch.TotalSeconds:F0} s", string.Create(CultureInfo.InvariantCulture, $"{100 * busy / elapsed:F0} % of a core"));
        foreach (var run in runs)
        {
            run.Dispose();
        }
    }
}
