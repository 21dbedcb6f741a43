using System.Globalization;
using Cawb.Reports.Files;
using Cawb.Reports.Pages;
using Cawb.Reports.Tables;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison;

/// <summary>What a comparison leaves for its reader.</summary>
/// <remarks>
/// <c>report.md</c> with its pictures, <c>report.html</c> with everything inside, and the numbers: <c>results.csv</c> (one row a run), <c>epochs.csv</c> (every epoch of
/// every run), <c>pairs.csv</c> (differences by seed). The same runs give the same bytes, but for times.
/// </remarks>
public static class ComparisonReport
{
    /// <summary>Arms with mean, standard deviation and best, and the reference rows, for the terminal.</summary>
    /// <param name="results">Of a comparison.</param>
    public static TextTable Table(ComparisonResults results)
    {
        ArgumentNullException.ThrowIfNull(results);
        return ComparisonTables.Arms(results);
    }

    /// <summary>Writes all files.</summary>
    /// <param name="folder">Of the comparison.</param>
    /// <param name="results">With at least one finished run.</param>
    /// <param name="command">The command that made the results; empty where nobody typed one.</param>
    /// <exception cref="ArgumentException">No run is finished.</exception>
    /// <exception cref="FileException">A file cannot be written.</exception>
    public static void Write(string folder, ComparisonResults results, string command)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(command);
        if (results.Runs.Count == 0)
        {
            throw new ArgumentException("No run is finished; there is nothing to report.", nameof(results));
        }
        var page = Page(results, command);
        foreach (var (fileName, svg) in page.Pictures)
        {
            AtomicFile.WriteText(Path.Combine(folder, fileName), svg);
        }
        AtomicFile.WriteText(Path.Combine(folder, "results.csv"), ComparisonTables.Runs(results).ToCsv());
        AtomicFile.WriteText(Path.Combine(folder, "epochs.csv"), ComparisonTables.Epochs(results).ToCsv());
        AtomicFile.WriteText(Path.Combine(folder, "pairs.csv"), ComparisonTables.Pairs(results).ToCsv());
        AtomicFile.WriteText(Path.Combine(folder, "report.md"), page.ToMarkdown());
        AtomicFile.WriteText(Path.Combine(folder, "report.html"), page.ToHtml(results.Plan.Name));
    }

    private static ReportPage Page(ComparisonResults results, string command)
    {
        var (plan, page, arms) = (results.Plan, new ReportPage(), ArmComparison.Of(results));
        page.AddHeading(1, plan.Name);
        if (plan.Description.Length > 0)
        {
            page.AddParagraph(plan.Description);
        }
        page.AddHeading(2, "What can be concluded");
        page.AddParagraph(ComparisonConclusion.Of(results));
        page.AddTable(ComparisonTables.Arms(results));
        page.AddParagraph($"AP (IoU 0.50 to 0.95) and AP50 on the validation images after the last of {Counted.Of(plan.Epochs, "epoch")}, mean ± sample standard deviation over the seeds. \"Best epoch\" picks the best epoch of each run on the same images that judge it, and is therefore optimistic.");
        AddEarlyEnds(page, results);
        foreach (var reference in plan.References)
        {
            page.AddParagraph($"* {reference.Name}: {reference.Note}");
        }
        AddFailures(page, results);
        if (arms.Count > 0)
        {
            page.AddHeading(2, $"Differences to {plan.Baseline}");
            page.AddChart("differences.svg", ComparisonCharts.Differences(results, arms));
            page.AddTable(ComparisonTables.Differences(arms));
            page.AddParagraph("Pairs share the seed: the same initial weights, data order and augmentation. Interval: bootstrap of the mean difference, percentiles expanded for small samples (Hesterberg 2015). "
                + "p: exact two-sided sign-flip test; corrected after Holm for the number of arms.");
        }
        page.AddHeading(2, "Curves");
        page.AddChart("ap.svg", ComparisonCharts.Precision(results, MetricNames.AveragePrecision, "AP"));
        page.AddChart("ap50.svg", ComparisonCharts.Precision(results, MetricNames.AveragePrecision50, "AP50"));
        page.AddChart("loss.svg", ComparisonCharts.Loss(results, "Training loss (box + objectness + class)", MetricNames.TrainingLosses));
        page.AddChart("validation-loss.svg", ComparisonCharts.Loss(results, "Validation loss (box + objectness + class)", MetricNames.ValidationLosses));
        page.AddChart("lr.svg", ComparisonCharts.LearningRates(results));
        page.AddHeading(2, "Time and cost");
        page.AddTable(ComparisonTables.Times(results));
        page.AddParagraph($"{Counted.Of(results.Runs.Count, "run")}, {ReportText.Duration(TimeSpan.FromSeconds(results.Runs.Sum(r => r.Summary.Time.TotalSeconds)))} of training and validation in all, each counted by itself, on {results.Setup.Machine}. {Limit(results)}");
        AddTakenOver(page, results);
        AddSettings(page, results);
        if (command.Length > 0)
        {
            page.AddParagraph("Made by:");
            page.AddCode(command);
        }
        return page;
    }

    // An arm with patience ends where its fitness no longer rises; its figures are then of another epoch than those beside it.
    private static void AddEarlyEnds(ReportPage page, ComparisonResults results)
    {
        var early = results.Runs.Where(r => r.Summary.Epochs < results.Plan.Epochs).ToArray();
        if (early.Length > 0)
        {
            var list = string.Join("; ", early.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.ArmName}, seed {r.Seed}, after {r.Summary.Epochs}")));
            page.AddParagraph(string.Create(CultureInfo.InvariantCulture,
                $"{early.Length} of {Counted.Of(results.Runs.Count, "run")} ended before epoch {results.Plan.Epochs} because their fitness no longer rose; their AP is that of the last epoch they trained: {list}."));
        }
    }

    private static void AddFailures(ReportPage page, ComparisonResults results)
    {
        if (results.Failures.Count == 0)
        {
            return;
        }
        page.AddHeading(2, "Failed runs");
        var table = new TextTable("<run", "<why");
        foreach (var (title, reason) in results.Failures)
        {
            table.Add(title, reason.ReplaceLineEndings(" "));
        }
        page.AddTable(table);
        page.AddParagraph("The same command tries them again.");
    }

    private static void AddTakenOver(ReportPage page, ComparisonResults results)
    {
        if (TakenOverRuns.Of(results) is { Length: > 0 } text)
        {
            page.AddHeading(2, "Taken over");
            page.AddParagraph(text);
        }
    }

    private static void AddSettings(ReportPage page, ComparisonResults results)
    {
        var plan = results.Plan;
        page.AddHeading(2, "Settings");
        var settings = new TextTable("<setting", "<value")
            .Add("seeds", string.Join(", ", plan.Seeds))
            .Add("epochs", plan.Epochs.ToString(CultureInfo.InvariantCulture))
            .Add("data set", plan.Data)
            .Add("SHA-256 of the data set", results.Setup.DatasetSha256);
        foreach (var (name, value) in OptionList.Of(Sample(results).Definition.OptionsJson).Where(o => o.Key is not ("data" or "epochs" or "seed")))
        {
            settings.Add(name, value);
        }
        foreach (var (part, version) in Versions(results))
        {
            settings.Add(part, version);
        }
        page.AddTable(settings);
        page.AddParagraph($"Options are those of {Sample(results).ArmName}, defaults included; an arm's own options stand in its row.");
        var arms = new TextTable("<arm", "<schedule", "<own options", "<fingerprint");
        foreach (var arm in plan.Arms)
        {
            arms.Add(arm.Name, arm.Schedule.ToString(), arm.Options.ToString(), arm.Schedule.Fingerprint);
        }
        page.AddTable(arms);
        page.AddParagraph("Every number: results.csv (runs), epochs.csv (epochs), pairs.csv (differences by seed); the plan: plan.json.");
    }

    private static FinishedRun Sample(ComparisonResults results) => results.Of(results.Plan.Baseline) is [var first, ..] ? first : results.Runs[0];

    // What the runs recorded; several values where they were made on several machines or by several builds.
    private static IEnumerable<KeyValuePair<string, string>> Versions(ComparisonResults results) => results.Runs
        .SelectMany(r => r.Definition.Versions)
        .Concat(results.Setup.Versions.Where(v => results.Runs.All(r => !r.Definition.Versions.ContainsKey(v.Key))))
        .GroupBy(v => v.Key, v => v.Value, StringComparer.Ordinal)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => KeyValuePair.Create(g.Key, string.Join(" and ", g.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))));

    private static string Limit(ComparisonResults results)
    {
        var parts = ComparisonTables.TimeParts(results);
        var all = parts.Sum(p => p.Value);
        if (all <= 0)
        {
            return "";
        }
        var shares = parts.OrderByDescending(p => p.Value).Select(p => string.Create(CultureInfo.InvariantCulture, $"{100 * p.Value / all:0} % {p.Key}"));
        return $"A run takes {ReportText.Duration(TimeSpan.FromSeconds(all / results.Runs.Count))} on average, of which {string.Join(", ", shares)}: the first is what limits it.";
    }
}
