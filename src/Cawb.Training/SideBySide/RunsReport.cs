using System.Globalization;
using Cawb.Reports.Charts;
using Cawb.Reports.Pages;
using Cawb.Reports.Tables;
using Cawb.Training.Runs;

namespace Cawb.Training.SideBySide;

/// <summary>One run, or several over each other: verdict, table, curves, and what was set differently.</summary>
/// <param name="runs">At least one; names are unique.</param>
/// <param name="mostSamples">Of each curve of rates.</param>
public sealed class RunsReport(IReadOnlyList<ListedRun> runs, int mostSamples = CurvePoints.MostPoints)
{
    private readonly (string FileName, Chart Chart)[] charts = [.. ChartsOf(runs, mostSamples)];

    /// <summary>The curves, with the names of their files beside a Markdown page.</summary>
    public IReadOnlyList<(string FileName, Chart Chart)> Charts => charts;

    /// <summary>Whatever is recorded epoch by epoch in at least one run, in the order of its columns.</summary>
    public IReadOnlyList<string> Quantities => [.. runs.SelectMany(run => run.Record.Metrics.Columns.All).Distinct(StringComparer.Ordinal).Where(name => name != MetricNames.Epoch)];

    /// <summary>One of <see cref="Quantities"/> over the epochs of all runs that have it; null where it is a number in no epoch.</summary>
    /// <param name="quantity">A column of <c>metrics.csv</c>.</param>
    public Chart? Over(string quantity)
    {
        var name = quantity.Replace('_', ' ');
        return RunCharts.OverEpochs(
            $"{name} over the epochs", series => quantity.EndsWith("loss", StringComparison.Ordinal) ? RunCharts.Loss(series) : ChartAxis.Linear(name),
            runs.Select(run => KeyValuePair.Create(run.Name, run.Record.Metrics)), run => run.Has(quantity) ? [quantity] : []);
    }

    /// <summary>Settings in which the runs differ.</summary>
    public TextTable Differences => RunSettings.Differing(runs);

    /// <summary>What the numbers say, and what they do not.</summary>
    public string Verdict
    {
        get
        {
            var ranked = runs.Where(run => !double.IsNaN(run.State.AveragePrecision)).OrderByDescending(run => run.State.AveragePrecision).ToArray();
            if (ranked.Length == 0)
            {
                return runs.Any(run => run.State.Epoch > 0)
                    ? "AP is not defined: no validation image has a label."
                    : $"{(runs.Count == 1 ? "The run has" : "No run has")} finished {(runs.Count == 1 ? "no" : "an")} epoch yet.";
            }

            var best = ranked[0];
            var reached = $"AP {ReportText.AveragePrecision(best.State.AveragePrecision)} and AP50 {ReportText.AveragePrecision(best.State.AveragePrecision50)} after epoch {best.State.Epoch} of {best.State.Epochs}";
            if (runs.Count == 1)
            {
                return $"{best.Name}: {reached}; the best AP is {ReportText.AveragePrecision(best.State.BestAveragePrecision)}, after epoch {best.State.BestEpoch}.";
            }

            var lead = ranked.Length > 1 ? $", {ReportText.Difference(best.State.AveragePrecision - ranked[1].State.AveragePrecision)} to {ranked[1].Name}, the next" : "";
            return $"The highest AP has {best.Name}: {reached}{lead}. Single runs say little, as another seed can move a result as much as another setting does: cawb compare trains several seeds and tests the difference.";
        }
    }

    /// <summary>A row a run, in the order in which they were named.</summary>
    public TextTable Table()
    {
        var table = new TextTable("<run", "<state", "<schedule", "epochs", "AP50", "AP", "AP, best epoch", "best epoch", "time");
        foreach (var run in runs)
        {
            var state = run.State;
            table.Add(
                run.Name, RunStateWords.Word(state.Stage), state.Schedule, string.Create(CultureInfo.InvariantCulture, $"{state.Epoch} of {state.Epochs}"), Shown(state.AveragePrecision50), Shown(state.AveragePrecision),
                Shown(state.BestAveragePrecision), state.BestEpoch > 0 ? state.BestEpoch.ToString(CultureInfo.InvariantCulture) : "", ReportText.Duration(RunSummary.TimeOf(run.Record.Metrics)));
        }

        return table;
    }

    /// <summary>All of it as a page.</summary>
    /// <param name="command">That made it; empty where nobody typed one.</param>
    public ReportPage Page(string command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var page = new ReportPage();
        page.AddHeading(1, Title);
        page.AddParagraph(Verdict);
        page.AddTable(Table());
        page.AddParagraph("AP (IoU 0.50 to 0.95) and AP50 on the validation images after the last finished epoch. \"Best epoch\" is picked on the same images that judge it, and is therefore optimistic.");
        page.AddHeading(2, "Curves");
        foreach (var (fileName, chart) in charts)
        {
            page.AddChart(fileName, chart);
        }

        if (runs.Count > 1)
        {
            page.AddHeading(2, "What was set differently");
            if (Differences.Rows.Count > 0)
            {
                page.AddTable(Differences);
            }
            else
            {
                page.AddParagraph("Nothing: all settings, data and versions are the same.");
            }
        }

        page.AddHeading(2, runs.Count > 1 ? "What all share" : "Settings");
        page.AddTable(RunSettings.Shared(runs));
        if (command.Length > 0)
        {
            page.AddParagraph("Made by:");
            page.AddCode(command);
        }

        return page;
    }

    /// <summary>Of the page.</summary>
    public string Title => runs.Count == 1 ? runs[0].Name : Counted.Of(runs.Count, "run") + " side by side";

    private static IEnumerable<(string FileName, Chart Chart)> ChartsOf(IReadOnlyList<ListedRun> runs, int mostSamples)
    {
        var metrics = runs.Select(run => KeyValuePair.Create(run.Name, run.Record.Metrics)).ToArray();
        (string FileName, Chart? Chart)[] all =
        [
            ("ap.svg", Over("AP on the validation images", "AP (IoU 0.50 to 0.95)", MetricNames.AveragePrecision)),
            ("ap50.svg", Over("AP50 on the validation images", "AP50", MetricNames.AveragePrecision50)),
            ("loss.svg", RunCharts.OverEpochs("Training loss (box + objectness + class)", RunCharts.Loss, metrics, run => MetricNames.TrainingLosses(run.Columns))),
            ("validation-loss.svg", RunCharts.OverEpochs("Validation loss (box + objectness + class)", RunCharts.Loss, metrics, run => MetricNames.ValidationLosses(run.Columns))),
            ("lr.svg", Rates()),
        ];
        return all.SelectMany(one => one.Chart is { } chart ? [(one.FileName, chart)] : Array.Empty<(string, Chart)>());

        Chart? Over(string title, string label, string column) => RunCharts.OverEpochs(title, _ => ChartAxis.Linear(label), metrics, run => run.Has(column) ? [column] : []);

        // As planned, batch by batch, where every run says how many batches an epoch has; else what was recorded.
        Chart? Rates()
        {
            var curves = runs.Select(run => RunSchedules.Curve(run.Name, run.Record)).OfType<LearningRateCurve>().ToArray();
            return curves.Length == runs.Count
                ? RunCharts.LearningRate("Learning rate of every batch", curves, AxisScale.Linear, mostSamples)
                : Over("Learning rate of the last batch of each epoch", "learning rate", MetricNames.LearningRate);
        }
    }

    private static string Shown(double precision) => double.IsNaN(precision) ? "" : ReportText.AveragePrecision(precision);
}
