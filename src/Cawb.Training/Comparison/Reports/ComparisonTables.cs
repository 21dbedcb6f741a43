using System.Globalization;
using Cawb.Reports.Statistics;
using Cawb.Reports.Tables;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison.Reports;

/// <summary>The tables of a comparison.</summary>
internal static class ComparisonTables
{
    /// <summary>The article's table: AP50 (its mAP@.5) and AP (its mAP@.5:.95) of each arm; mean, standard deviation and best over the seeds.</summary>
    public static TextTable Arms(ComparisonResults results)
    {
        var table = new TextTable("<arm", "seeds", "AP50", "AP50, best seed", "AP", "AP, best seed", "AP, best epoch");
        foreach (var arm in results.Plan.Arms)
        {
            var runs = results.Of(arm.Name);
            if (runs.Count == 0)
            {
                table.Add(arm.Name, "0", "", "", "", "", "");
                continue;
            }
            var precision = Column(runs, r => r.Summary.LastAveragePrecision);
            var precision50 = Column(runs, r => r.Summary.LastAveragePrecision50);
            table.Add(arm.Name, Whole(runs.Count), Spread(precision50), Three(precision50.Most), Spread(precision), Three(precision.Most), Spread(Column(runs, r => r.Summary.BestAveragePrecision)));
            foreach (var extra in runs.SelectMany(r => r.Extras).GroupBy(e => e.Name))
            {
                var (extra50, extra95) = (SampleSummary.Of([.. extra.Select(e => e.AveragePrecision50)]), SampleSummary.Of([.. extra.Select(e => e.AveragePrecision)]));
                table.Add($"{arm.Name}, {extra.Key}", Whole(extra.Count()), Spread(extra50), Three(extra50.Most), Spread(extra95), Three(extra95.Most), "");
            }
        }
        foreach (var reference in results.Plan.References)
        {
            table.Add($"{reference.Name} *", "", Three(reference.AveragePrecision50), "", Three(reference.AveragePrecision), "", "");
        }
        return table;
    }

    public static TextTable Differences(IReadOnlyList<ArmComparison> arms)
    {
        var table = new TextTable("<arm minus baseline", "pairs", "mean", "95 % interval", "above in", "p", "p, Holm");
        foreach (var arm in arms)
        {
            table.Add([arm.ArmName, .. Paired(arm.Paired), Probability(arm.HolmP)]);
        }
        return table;
    }

    /// <summary>Each planned contrast and, where it is the mean of several pairs, each of these below it.</summary>
    public static TextTable Contrasts(ComparisonResults results, IReadOnlyList<ContrastResult> contrasts)
    {
        var table = new TextTable("<planned contrast", "pairs", "mean", "95 % interval", "above in", "p", "p, Holm");
        foreach (var one in contrasts)
        {
            var pairs = one.Contrast.Pairs;
            table.Add([pairs.Count > 1 ? one.Contrast.Name : $"{one.Contrast.Name}: {Minus(pairs[0])}", .. Paired(one.Paired), Probability(one.HolmP)]);
            foreach (var pair in pairs.Count > 1 ? pairs : [])
            {
                if (ContrastResult.Over(results, [pair]) is { } alone)
                {
                    table.Add([$"of which {Minus(pair)}", .. Paired(alone), ""]);
                }
            }
        }
        return table;
    }

    /// <summary>How small a difference each planned contrast can show.</summary>
    public static TextTable Power(ComparisonPlan plan, IReadOnlyList<ContrastResult> contrasts)
    {
        var table = new TextTable("<planned contrast", "seeds planned", "spread in the pilot", "smallest difference", "seeds done", "spread seen", "smallest difference ");
        foreach (var contrast in plan.Contrasts)
        {
            var seen = contrasts.FirstOrDefault(one => one.Contrast == contrast)?.Paired;
            table.Add([contrast.Name, Whole(plan.Seeds.Count), .. Shown(plan.Seeds.Count, contrast.PilotSpread), Whole(seen?.Differences.Count ?? 0), .. Shown(seen?.Differences.Count ?? 0, seen?.Summary.StandardDeviation)]);
        }
        return table;

        string[] Shown(int seeds, double? spread) =>
        [
            seeds > 1 && spread is { } known ? Four(known) : "",
            ComparisonPower.SmallestDifference(plan, seeds, spread) is { } difference ? Four(difference) : seeds < ComparisonPower.FewestSeeds(plan) ? "none" : "unknown",
        ];
    }

    /// <summary>Time of each arm's runs and what it went into.</summary>
    public static TextTable Times(ComparisonResults results)
    {
        var parts = results.Runs.SelectMany(r => r.Metrics.Columns.Times).Distinct(StringComparer.Ordinal).ToArray();
        var table = new TextTable(["<arm", "runs", "time per run", .. parts.Select(PartName)]);
        foreach (var arm in results.Plan.Arms.Where(a => results.Of(a.Name).Count > 0))
        {
            var runs = results.Of(arm.Name);
            var seconds = runs.Average(r => r.Summary.Time.TotalSeconds);
            table.Add([arm.Name, Whole(runs.Count), ReportText.Duration(TimeSpan.FromSeconds(seconds)), .. parts.Select(p => Share(runs.Average(r => r.Metrics.Has(p) ? r.Metrics.Column(p).Sum() : 0), seconds))]);
        }
        return table;
    }

    /// <summary>Seconds of all runs together, by what they went into.</summary>
    public static IReadOnlyList<KeyValuePair<string, double>> TimeParts(ComparisonResults results) =>
        [.. results.Runs.SelectMany(r => r.Metrics.Columns.Times).Distinct(StringComparer.Ordinal)
            .Select(p => KeyValuePair.Create(PartName(p), results.Runs.Sum(r => r.Metrics.Has(p) ? r.Metrics.Column(p).Sum() : 0)))];

    /// <summary>One row a run, times last.</summary>
    public static TextTable Runs(ComparisonResults results)
    {
        var table = new TextTable("<arm", "seed", "epochs", "ap", "ap50", "best_epoch", "best_ap", "best_ap50", "seconds");
        foreach (var run in results.Runs)
        {
            table.Add(run.ArmName, Whole(run.Seed), Whole(run.Summary.Epochs), Exact(run.Summary.LastAveragePrecision), Exact(run.Summary.LastAveragePrecision50), Whole(run.Summary.BestEpoch),
                Exact(run.Summary.BestAveragePrecision), Exact(run.Summary.BestAveragePrecision50), run.Summary.Time.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture));
            foreach (var extra in run.Extras)
            {
                table.Add($"{run.ArmName}, {extra.Name}", Whole(run.Seed), Whole(run.Summary.Epochs), Exact(extra.AveragePrecision), Exact(extra.AveragePrecision50), "", "", "", "");
            }
        }
        return table;
    }

    /// <summary>Every epoch of every run, without times.</summary>
    public static TextTable Epochs(ComparisonResults results)
    {
        var names = results.Runs.SelectMany(r => r.Metrics.Columns.Values).Distinct(StringComparer.Ordinal).ToArray();
        var table = new TextTable(["<arm", "seed", .. names]);
        foreach (var run in results.Runs)
        {
            var columns = names.Select(n => run.Metrics.Has(n) ? run.Metrics.Column(n) : []).ToArray();
            for (var i = 0; i < run.Metrics.RowCount; i++)
            {
                table.Add([run.ArmName, Whole(run.Seed), .. columns.Select(c => i < c.Length ? Exact(c[i]) : "")]);
            }
        }
        return table;
    }

    /// <summary>Each seed's difference to the baseline, and of each pair of a planned contrast.</summary>
    public static TextTable Pairs(ComparisonResults results)
    {
        var table = new TextTable("<arm", "<against", "seed", "ap_difference", "ap50_difference");
        var baseline = results.Plan.Baseline;
        foreach (var (arm, against) in results.Plan.Arms.Where(a => a.Name != baseline).Select(a => new ContrastPair(a.Name, baseline)).Union(results.Plan.Contrasts.SelectMany(contrast => contrast.Pairs)))
        {
            foreach (var (run, other) in results.Pairs(arm, against))
            {
                table.Add(arm, against, Whole(run.Seed), Exact(run.Summary.LastAveragePrecision - other.Summary.LastAveragePrecision), Exact(run.Summary.LastAveragePrecision50 - other.Summary.LastAveragePrecision50));
            }
        }
        return table;
    }

    private static string Minus(ContrastPair pair) => $"{pair.Arm} minus {pair.Against}";

    private static string[] Paired(PairedComparison paired) =>
    [
        Whole(paired.Differences.Count),
        ReportText.Difference(paired.Summary.Mean),
        paired.Differences.Count > 1 ? $"{ReportText.Difference(paired.Interval.Lower)} to {ReportText.Difference(paired.Interval.Upper)}" : "",
        Whole(paired.Wins),
        Probability(paired.Test.TwoSidedP),
    ];

    private static string Probability(double p) => p.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string Four(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    private static string PartName(string column) => column[..^MetricsColumns.TimeSuffix.Length].Replace('_', ' ');

    private static SampleSummary Column(IReadOnlyList<FinishedRun> runs, Func<FinishedRun, double> value) => SampleSummary.Of([.. runs.Select(value)]);

    internal static string Spread(SampleSummary sample) => sample.Count == 1 ? Three(sample.Mean) : $"{Three(sample.Mean)} ± {Three(sample.StandardDeviation)}";

    private static string Share(double seconds, double all) => string.Create(CultureInfo.InvariantCulture, $"{ReportText.Duration(TimeSpan.FromSeconds(seconds))} ({(all > 0 ? 100 * seconds / all : 0):0} %)");

    private static string Three(double value) => ReportText.AveragePrecision(value);

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
