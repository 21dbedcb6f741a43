using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Cawb.Foreign;
using Cawb.Tests.Reference;

namespace Cawb.Bench.Schedules;

/// <summary>How long it takes to make a library's schedule from its name and arguments, warm, for every case of the reference files.</summary>
internal static class CreationTimes
{
    private const int Rounds = 40;

    /// <summary>A row of the report for the middle case and one for the slowest, each by the minimum, the median and the mean of its rounds.</summary>
    public static IEnumerable<string> Rows()
    {
        List<(string Id, double[] Milliseconds)> cases = [.. Directory.GetFiles(ReferenceFolder.Of("schedules"), "*.json").Order(StringComparer.Ordinal).SelectMany(Cases)];
        cases.Sort((one, other) => Median(one.Milliseconds).CompareTo(Median(other.Milliseconds)));
        return
        [
            Row($"a library's schedule from name and arguments, the middle one of {cases.Count} reference cases", cases[cases.Count / 2].Milliseconds),
            Row($"the slowest of them, {cases[^1].Id}", cases[^1].Milliseconds),
        ];
    }

    private static IEnumerable<(string Id, double[] Milliseconds)> Cases(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        foreach (var item in document.RootElement.GetProperty("cases").EnumerateArray())
        {
            var id = item.GetProperty("id").GetString() ?? "";
            string[] parts = [.. id.Split('.').Where(part => part != "misc")];
            double[] rates = item.TryGetProperty("base_lrs", out var given) ? [.. given.EnumerateArray().Select(rate => rate.GetDouble())] : [];
            // Cases that are no function of their own (the article's CAWB) or are refused have nothing to be made.
            if (parts.Length == 3 && Times(string.Join('.', parts.SkipLast(1)), item.GetProperty("params").Clone(), rates) is { } times)
            {
                yield return (id, times);
            }
        }
    }

    private static double[]? Times(string name, JsonElement arguments, double[] rates)
    {
        try
        {
            var times = new double[Rounds];
            for (var round = -Rounds; round < Rounds; round++)
            {
                var start = Stopwatch.GetTimestamp();
                ForeignSchedules.Create(name, arguments, rates);
                // The first rounds warm up.
                times[Math.Max(round, 0)] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }

            return times;
        }
        catch (ForeignScheduleException)
        {
            return null;
        }
    }

    private static double Median(double[] times) => times.Order().ElementAt(times.Length / 2);

    private static string Row(string work, double[] times) => string.Create(
        CultureInfo.InvariantCulture, $"| {work} | <= 1 ms | {times.Min():0.###} ms | {Median(times):0.###} ms | {times.Average():0.###} ms | |");
}
