using System.Globalization;
using Cawb.Insight;
using Cawb.Reports.Charts;
using Cawb.Reports.Statistics;
using Cawb.Reports.Tables;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison.Reports;

/// <summary>What there is to show of a comparison, piece by piece: its report and its page are made of the same.</summary>
/// <param name="results">With at least one run.</param>
/// <param name="mostSamples">Of each curve of rates.</param>
public sealed class ComparisonContent(ComparisonResults results, int mostSamples = CurvePoints.MostPoints)
{
    private const string Pairing =
        "Pairs share the seed: the same initial weights, data order and augmentation. Interval: bootstrap of the mean difference, percentiles expanded for small samples (Hesterberg 2015). p: exact two-sided sign-flip test";

    private readonly IReadOnlyList<ArmComparison> compared = ArmComparison.Of(results);
    private readonly IReadOnlyList<ContrastResult> contrasts = ContrastResult.Of(results);

    /// <summary>Arms with mean, standard deviation and best, and the reference rows.</summary>
    public TextTable Arms => ComparisonTables.Arms(results);

    /// <summary>What the table of the arms shows, what it cannot show, and where its references come from.</summary>
    public IReadOnlyList<string> ArmNotes =>
    [
        $"AP (IoU 0.50 to 0.95) and AP50 on the validation images after the last of {Counted.Of(results.Plan.Epochs, "epoch")}, mean ± sample standard deviation over the seeds. \"Best epoch\" picks the best epoch of each run on the same images that judge it, and is therefore optimistic.",
        .. EarlyEnds(),
        .. results.Plan.References.Select(reference => $"* {reference.Name}: {reference.Note}"),
    ];

    /// <summary>Runs that failed, and why; no rows where none did.</summary>
    public TextTable Failures
    {
        get
        {
            var table = new TextTable("<run", "<why");
            foreach (var (title, reason) in results.Failures)
            {
                table.Add(title, reason.ReplaceLineEndings(" "));
            }
            return table;
        }
    }

    /// <summary>How planned contrasts are tested.</summary>
    public string ContrastNote => $"Written into the plan before any run. A contrast of several pairs is their mean, seed by seed. {Pairing}; corrected after Holm for the number of planned contrasts.{Drawn}";

    /// <summary>How the differences are made.</summary>
    public string DifferenceNote => IsPlanned ? $"{Pairing}; Holm's correction is for the number of arms. Nothing here was asked before any run: it is exploratory.{Drawn}" : $"{Pairing}; corrected after Holm for the number of arms.{Drawn}";

    /// <summary>The heading above the differences.</summary>
    public string DifferenceHeading => $"Differences to {results.Plan.Baseline}{(IsPlanned ? " (exploratory)" : "")}";

    /// <summary>Whether the plan has contrasts, so that everything else is exploratory.</summary>
    public bool IsPlanned => results.Plan.Contrasts.Count > 0;

    /// <summary>The planned contrasts with intervals; null while none can be paired.</summary>
    public IntervalChart? ContrastChart => contrasts.Count > 0 ? ComparisonCharts.Contrasts(contrasts) : null;

    /// <summary>The planned contrasts in numbers, and their pairs one by one; no rows while none can be paired.</summary>
    public TextTable Contrasts => ComparisonTables.Contrasts(results, contrasts);

    /// <summary>How small a difference each planned contrast can show, by a pilot's spread and by the one that was seen.</summary>
    public TextTable Power => ComparisonTables.Power(results.Plan, contrasts);

    /// <summary>The precision of all arms at the troughs of those with boots; no rows where no arm has any.</summary>
    public TextTable Troughs => TroughTable.Of(results);

    /// <summary>What the table of the troughs says.</summary>
    public string TroughNote =>
        "AP in the last epoch before each boot and at the end, mean ± sample standard deviation over the seeds: what a run would be worth that was ended there, beside the other arms at the same epoch. "
        + (results.Runs.Any(run => run.Extras.Count > 0)
            ? "Snapshot ensemble and averaged weights of the troughs are in the table of the arms."
            : "With keepTroughs in the plan's options the weights of the troughs are kept, and their ensemble and average are measured too.");

    /// <summary>Arm minus baseline with intervals; null while nothing can be paired.</summary>
    public IntervalChart? DifferenceChart => compared.Count > 0 ? ComparisonCharts.Differences(results, compared) : null;

    /// <summary>Arm minus baseline in numbers; no rows while nothing can be paired.</summary>
    public TextTable Differences => ComparisonTables.Differences(compared);

    /// <summary>AP, AP50, losses and rates over the epochs, with the names of their files beside a Markdown page.</summary>
    public IReadOnlyList<(string FileName, Chart Chart)> Curves
    {
        get
        {
            (string FileName, Chart? Chart)[] all =
            [
                ("ap.svg", ComparisonCharts.Precision(results, MetricNames.AveragePrecision, "AP")),
                ("ap50.svg", ComparisonCharts.Precision(results, MetricNames.AveragePrecision50, "AP50")),
                ("loss.svg", ComparisonCharts.Loss(results, "Training loss (box + objectness + class)", MetricNames.TrainingLosses)),
                ("validation-loss.svg", ComparisonCharts.Loss(results, "Validation loss (box + objectness + class)", MetricNames.ValidationLosses)),
                ("lr.svg", ComparisonCharts.LearningRates(results, mostSamples)),
            ];
            return [.. all.SelectMany(one => one.Chart is { } chart ? [(one.FileName, chart)] : Array.Empty<(string, Chart)>())];
        }
    }

    /// <summary>Time of each arm's runs and what it went into.</summary>
    public TextTable Times => ComparisonTables.Times(results);

    /// <summary>Time of all runs together, on which machine, and what limits it.</summary>
    public string TimeNote =>
        $"{Counted.Of(results.Runs.Count, "run")}, {ReportText.Duration(TimeSpan.FromSeconds(results.Runs.Sum(r => r.Summary.Time.TotalSeconds)))} of training and validation in all, each counted by itself, on {results.Setup.Machine}. {Limit()}";

    /// <summary>Which runs are of which version; empty where all are of one.</summary>
    public string MixedVersions => RunVersions.Mixed(results);

    /// <summary>What all runs share: seeds, length, data, options, versions.</summary>
    public TextTable Settings
    {
        get
        {
            var settings = new TextTable("<setting", "<value")
                .Add("seeds", string.Join(", ", results.Plan.Seeds))
                .Add("epochs", results.Plan.Epochs.ToString(CultureInfo.InvariantCulture))
                .Add("data set", results.Plan.Data)
                .Add("SHA-256 of the data set", results.Setup.DatasetSha256);
            foreach (var (name, value) in OptionList.Of(Sample.Definition.OptionsJson).Where(o => o.Key is not ("data" or "epochs" or "seed")))
            {
                settings.Add(name, value);
            }
            foreach (var (part, version) in Versions())
            {
                settings.Add(part, version);
            }
            return settings;
        }
    }

    /// <summary>Whose options the table of settings has.</summary>
    public string SettingsNote => $"Options are those of {Sample.ArmName}, defaults included; an arm's own options stand in its row.";

    /// <summary>Schedule and own options of each arm.</summary>
    public TextTable ArmSettings
    {
        get
        {
            var arms = new TextTable("<arm", "mean rate", "final rate", "<matched to", "<schedule", "<own options", "<fingerprint");
            foreach (var arm in results.Plan.Arms)
            {
                var curve = results.Setup.Curves[arm.Name];
                var match = arm.Match is { } matched ? $"{string.Join(" and ", ArmMatch.Words[matched.What])} of {matched.ArmName}" : "";
                arms.Add(
                    arm.Name,
                    Significant(curve.Schedule.Metrics(curve.Plan, curve.BaseLearningRate).Mean),
                    Significant(curve.Schedule.ValueAt(curve.Plan.Epochs, curve.BaseLearningRate)),
                    match,
                    arm.Schedule.ToString(),
                    arm.Options.ToString(),
                    arm.Schedule.Fingerprint);
            }
            return arms;
        }
    }

    private static string Significant(double rate) => rate.ToString("G3", CultureInfo.InvariantCulture);

    private FinishedRun Sample => results.Of(results.Plan.Baseline) is [var first, ..] ? first : results.Runs[0];

    // An arm with patience ends where its fitness no longer rises; its figures are then of another epoch than those beside it.
    private IEnumerable<string> EarlyEnds()
    {
        var early = results.Runs.Where(r => r.Summary.Epochs < results.Plan.Epochs).ToArray();
        if (early.Length > 0)
        {
            var list = string.Join("; ", early.Select(r => string.Create(CultureInfo.InvariantCulture, $"{r.ArmName}, seed {r.Seed}, after {r.Summary.Epochs}")));
            yield return string.Create(CultureInfo.InvariantCulture,
                $"{early.Length} of {Counted.Of(results.Runs.Count, "run")} ended before epoch {results.Plan.Epochs} because their fitness no longer rose; their AP is that of the last epoch they trained: {list}.");
        }
    }

    // What the runs recorded; several values where they were made on several machines or by several builds.
    private IEnumerable<KeyValuePair<string, string>> Versions() => results.Runs
        .SelectMany(r => r.Definition.Versions)
        .Concat(results.Setup.Versions.Where(v => results.Runs.All(r => !r.Definition.Versions.ContainsKey(v.Key))))
        .GroupBy(v => v.Key, v => v.Value, StringComparer.Ordinal)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => KeyValuePair.Create(g.Key, string.Join(" and ", g.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))));

    private string Drawn => results.Plan.Seeds.Count > SignFlipTest.MostExact ? $" Of more than {SignFlipTest.MostExact} pairs a million random sign patterns stand for all." : "";

    private string Limit()
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
