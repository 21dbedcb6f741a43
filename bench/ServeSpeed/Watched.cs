using System.Diagnostics;
using System.Globalization;
using Cawb.Web.Tests.Browser;
using Microsoft.Playwright;

namespace ServeSpeed;

/// <summary>What an open page costs the training that it shows: in one training, every other epoch has a page open.</summary>
internal static class Watched
{
    private const int Epochs = 25;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task MeasureAsync(Chromium browser, string program, string data, string folder, Figures figures)
    {
        var run = Path.Combine(folder, "run");
        using var server = await Server.StartAsync(program, folder);
        using var training = Process.Start(new ProcessStartInfo(
            "dotnet",
            [program, "train", "--data", data, "--out", run, "--image-size", "96", "--epochs", $"{Epochs}", "--schedule", "cosine", "--no-plots"])
        { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("The training did not start.");
        training.OutputDataReceived += (_, _) => { };
        training.BeginOutputReadLine();
        var (watchedTime, opened) = (TimeSpan.Zero, TimeSpan.Zero);
        IBrowserContext? window = null;
        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            while (Rows(run).Count < epoch && !training.HasExited)
            {
                await Task.Delay(Pause);
            }

            // Odd rows are trained with a page from here on to the next row.
            if (window is null)
            {
                opened = server.ProcessorTime;
                window = await browser.OpenAsync(1280, 900);
                await (await window.NewPageAsync()).GotoAsync($"{server.Address}run/run");
            }
            else
            {
                await window.DisposeAsync();
                window = null;
                watchedTime += server.ProcessorTime - opened;
            }
        }

        await training.WaitForExitAsync();
        // The first epochs compile; the last has nothing after it.
        double[] times = [.. Rows(run)[2..]];
        double[] watched = [.. times.Where((_, i) => i % 2 == 1)], alone = [.. times.Where((_, i) => i % 2 == 0)];
        var cost = (Figures.Quantile(watched, 0.5) / Figures.Quantile(alone, 0.5)) - 1;
        figures.Add($"a page open on a live run: time of {watched.Length} epochs with it over {alone.Length} without, medians, the browser on the same cores", 100 * cost, 2, "%");
        Figures.Note("the server's processor time in an epoch with it", string.Create(CultureInfo.InvariantCulture, $"{watchedTime.TotalSeconds / (Epochs / 2):F2} of {Figures.Quantile(alone, 0.5):F1} s"));
    }

    // Seconds that each epoch has trained for.
    private static List<double> Rows(string run)
    {
        var file = Path.Combine(run, "metrics.csv");
        if (!File.Exists(file))
        {
            return [];
        }

        var lines = File.ReadAllText(file).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var column = Array.IndexOf(lines[0].Split(','), "train_seconds");
        return [.. lines.Skip(1).Select(line => double.Parse(line.Split(',')[column], CultureInfo.InvariantCulture))];
    }
}
