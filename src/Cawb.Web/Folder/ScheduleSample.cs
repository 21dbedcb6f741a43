using System.Collections.Concurrent;
using System.Globalization;

namespace Cawb.Web.Folder;

/// <summary>Schedules as small curves. Many runs share one, so each is drawn once.</summary>
internal sealed class ScheduleSample
{
    private const int Points = 64;

    // Of a folder with more schedules than this all are forgotten at once, and drawn anew where they are still there.
    private const int MostKept = 2000;

    private readonly ConcurrentDictionary<string, IReadOnlyList<double>> kept = new(StringComparer.Ordinal);

    /// <summary>The factor at even steps over a run; empty where this version does not know the schedule.</summary>
    /// <param name="json">Its text form.</param>
    /// <param name="epochs">Length of the run.</param>
    public IReadOnlyList<double> Of(string json, int epochs)
    {
        if (epochs < 1)
        {
            return [];
        }

        if (kept.Count > MostKept)
        {
            kept.Clear();
        }

        return kept.GetOrAdd(string.Create(CultureInfo.InvariantCulture, $"{epochs} {json}"), _ => Draw(json, epochs));
    }

    private static double[] Draw(string json, int epochs)
    {
        try
        {
            var schedule = ScheduleText.Parse(json);
            double[] values = [.. Enumerable.Range(0, Points).Select(i => schedule.ValueAt(epochs * (double)i / Points, 1))];
            return values.All(double.IsFinite) ? values : [];
        }
        catch (Exception fault) when (fault is ScheduleTextException or ArgumentException or InvalidOperationException)
        {
            return [];
        }
    }
}
