using System.Globalization;
using System.Text;
using Cawb.Reports.Charts;
using Cawb.Reports.Files;
using Cawb.Reports.Tables;

namespace Cawb.Training.Runs;

/// <summary>A few runs side by side, one for each schedule: numbers and pictures, without a claim that one run each cannot carry.</summary>
public static class RunComparison
{
    private static string[] Heads => ["<run", "AP last", "AP50 last", "AP best", "AP50 best", "best epoch", "epochs", "time"];

    /// <summary>One row a run.</summary>
    /// <param name="runs">At least one.</param>
    public static TextTable Table(IEnumerable<ComparedRun> runs)
    {
        var table = new TextTable(Heads);
        foreach (var run in runs)
        {
            var summary = RunSummary.Of(run.Record.Metrics);
            table.Add(
                run.Name,
                ReportText.AveragePrecision(summary.LastAveragePrecision),
                ReportText.AveragePrecision(summary.LastAveragePrecision50),
                ReportText.AveragePrecision(summary.BestAveragePrecision),
                ReportText.AveragePrecision(summary.BestAveragePrecision50),
                summary.BestEpoch.ToString(CultureInfo.InvariantCulture),
                summary.Epochs.ToString(CultureInfo.InvariantCulture),
                ReportText.Duration(summary.Time));
        }
        return table;
    }

    /// <summary>Writes <c>comparison.svg</c> (AP and AP50), <c>comparison-lr.svg</c>, <c>comparison.md</c> and <c>comparison.csv</c> (every epoch of every run).</summary>
    /// <param name="folder">Exists.</param>
    /// <param name="runs">At least one; names are unique.</param>
    /// <exception cref="FileException">A file cannot be written.</exception>
    public static void Write(string folder, IReadOnlyList<ComparedRun> runs)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(runs);
        var precision = RunCharts.AveragePrecision("Average precision on the validation pictures", runs.Select(r => KeyValuePair.Create(r.Name, r.Record.Metrics)));
        var rates = RunCharts.LearningRate("Learning rate of every batch", runs.Select(r => r.Curve with { Name = r.Name }), AxisScale.Linear);
        AtomicFile.WriteText(Path.Combine(folder, "comparison.svg"), SvgChart.Render(precision, ChartSize.Readme));
        AtomicFile.WriteText(Path.Combine(folder, "comparison-lr.svg"), SvgChart.Render(rates, ChartSize.Readme));
        AtomicFile.WriteText(Path.Combine(folder, "comparison.csv"), Csv(runs));
        AtomicFile.WriteText(Path.Combine(folder, "comparison.md"), Page(runs));
    }

    /// <summary>What one run each can say.</summary>
    /// <param name="runs">At least one.</param>
    public static string Conclusion(IReadOnlyList<ComparedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var ranked = runs.Select(r => (r.Name, Summary: RunSummary.Of(r.Record.Metrics))).OrderByDescending(r => r.Summary.LastAveragePrecision).ToArray();
        if (ranked.Length < 2)
        {
            return "A single run compares with nothing.";
        }
        var (first, second) = (ranked[0], ranked[1]);
        var lead = first.Summary.LastAveragePrecision - second.Summary.LastAveragePrecision;
        return string.Create(CultureInfo.InvariantCulture,
            $"{first.Name} ended {lead:0.000} AP above {second.Name}. This is one run each: another seed moves either by as much, so it does not say which schedule is better. Several seeds would: ./cawb compare.");
    }

    private static string Page(IReadOnlyList<ComparedRun> runs)
    {
        var page = new StringBuilder("# Comparison of runs\n\n");
        page.Append(Table(runs).ToMarkdown()).Append('\n').Append(Conclusion(runs));
        page.Append("\n\n![AP and AP50 over the epochs](comparison.svg)\n\n![Learning rate of every batch](comparison-lr.svg)\n\nEvery number: [comparison.csv](comparison.csv).\n");
        foreach (var run in runs)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {run.Name}\n\n");
            RunReport.AppendSettings(page, run.Record.Definition);
        }
        return page.ToString();
    }

    private static string Csv(IReadOnlyList<ComparedRun> runs)
    {
        // Times would make two equal comparisons differ; they are in each run's own file.
        var names = runs.SelectMany(r => r.Record.Metrics.Columns.Values).Distinct(StringComparer.Ordinal).ToArray();
        var table = new TextTable(["run", "seed", .. names]);
        foreach (var run in runs)
        {
            var columns = names.Select(n => run.Record.Metrics.Has(n) ? run.Record.Metrics.Column(n) : []).ToArray();
            for (var i = 0; i < run.Record.Metrics.RowCount; i++)
            {
                table.Add([run.Name, run.Record.Definition.Seed.ToString(CultureInfo.InvariantCulture), .. columns.Select(c => i < c.Length ? c[i].ToString("R", CultureInfo.InvariantCulture) : "")]);
            }
        }
        return table.ToCsv();
    }
}
