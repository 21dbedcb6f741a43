using System.Diagnostics;
using System.Globalization;
using Cawb.Web.Tests.Browser;

namespace ServeSpeed;

/// <summary>What an open page costs the training that it shows. It is open all the time; in every other epoch server and browser are stopped.</summary>
/// <remarks>
/// The browser shares the training's cores and has to wait for it (lowest priority), for whoever watches from another machine has it there. The first epochs, in which all three programs compile, do not
/// count. An epoch with the page is held against those before and after it, for the machine's own pace changes.
/// </remarks>
internal static class Watched
{
    private const int FirstEpochs = 12;
    private const int Epochs = FirstEpochs + 49;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public static async Task MeasureAsync(string program, string data, string folder, Figures figures)
    {
        var run = Path.Combine(folder, "run");
        using var server = await Server.StartAsync(program, folder);
        await using var browser = await Chromium.StartAsync(Path.Combine(AppContext.BaseDirectory, "patient-chromium.sh"));
        await using var window = await browser.OpenAsync(1280, 900);
        var page = await window.NewPageAsync();
        using var training = Process.Start(new ProcessStartInfo(
            "dotnet",
            [program, "train", "--data", data, "--out", run, "--image-size", "96", "--epochs", $"{Epochs}", "--schedule", "cosine", "--no-plots"])
        { RedirectStandardOutput = true })
            ?? throw new InvalidOperationException("The training did not start.");
        training.OutputDataReceived += (_, _) => { };
        training.BeginOutputReadLine();
        var (used, before) = (new List<double>(), TimeSpan.Zero);
        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            while (Rows(run).Count < epoch && !training.HasExited)
            {
                await Task.Delay(Pause);
            }

            if (epoch == 1)
            {
                await page.GotoAsync($"{server.Address}run/run");
            }

            if (epoch > FirstEpochs && IsWatched(epoch))
            {
                used.Add((server.ProcessorTime - before).TotalSeconds);
            }

            before = server.ProcessorTime;
            Signal(epoch == Epochs || IsWatched(epoch + 1) ? "CONT" : "STOP", server);
        }

        await training.WaitForExitAsync();
        var times = Rows(run);
        int[] watched = [.. Enumerable.Range(FirstEpochs + 1, Epochs - FirstEpochs).Where(IsWatched)];
        var cost = Figures.Quantile(watched.Select(epoch => times[epoch - 1] / ((times[epoch - 2] + times[epoch]) / 2)), 0.5) - 1;
        figures.Add($"a page open on a live run: time of an epoch with it over those beside it without, median of {watched.Length}, the browser on the same cores with the lowest priority", 100 * cost, 2, "%");
        Figures.Note("the server's processor time in an epoch with it, median", string.Create(CultureInfo.InvariantCulture, $"{Figures.Quantile(used, 0.5):F3} of {2 * Figures.Quantile(times, 0.5):F1} s"));
    }

    // Epochs from 1 on; the first and the last that count are without.
    private static bool IsWatched(int epoch) => epoch <= FirstEpochs || (epoch - FirstEpochs) % 2 == 0;

    private static void Signal(string signal, Server server)
    {
        int[] processes = [server.ProcessId, .. Process.GetProcessesByName("chromium").Select(process => process.Id)];
        using var kill = Process.Start("kill", [$"-{signal}", .. processes.Select(process => process.ToString(CultureInfo.InvariantCulture))]);
        kill.WaitForExit();
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
