using System.Globalization;
using System.Text;
using Cawb.Reports.Charts;
using Cawb.Reports.Files;
using Cawb.Reports.Tables;

namespace Cawb.Training.Runs;

/// <summary>What a finished training leaves for its reader: a table, two pictures and a page.</summary>
public static class RunReport
{
    /// <summary>The run's result as a table of one row per quantity.</summary>
    /// <param name="summary">Of the run.</param>
    public static TextTable Table(RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new TextTable("<", "last epoch", "best epoch")
            .Add("epoch", Whole(summary.Epochs), Whole(summary.BestEpoch))
            .Add("AP", ReportText.AveragePrecision(summary.LastAveragePrecision), ReportText.AveragePrecision(summary.BestAveragePrecision))
            .Add("AP50", ReportText.AveragePrecision(summary.LastAveragePrecision50), ReportText.AveragePrecision(summary.BestAveragePrecision50))
            .Add("time", ReportText.Duration(summary.Time), "");
    }

    /// <summary>Writes <c>lr.svg</c>, <c>map.svg</c> and <c>report.md</c> into the run's directory.</summary>
    /// <param name="run">With at least one finished epoch.</param>
    /// <param name="curve">What the learning rate of every batch was.</param>
    /// <returns>The run in one line.</returns>
    /// <exception cref="FileException">A file cannot be read or written.</exception>
    public static RunSummary Write(RunDirectory run, LearningRateCurve curve)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(curve);
        var metrics = RunRecord.Read(run.Path).Metrics;
        var summary = RunSummary.Of(metrics);
        var rates = RunCharts.LearningRate("Learning rate of every batch", [curve], AxisScale.Linear);
        WriteText(run, "lr.svg", SvgChart.Render(rates, ChartSize.Readme));
        WriteText(run, "map.svg", SvgChart.Render(RunCharts.AveragePrecision("Average precision on the validation pictures", metrics), ChartSize.Readme));
        WriteText(run, "report.md", Page(run.Definition, metrics, summary));
        return summary;
    }

    /// <summary>The options and versions of a run as Markdown.</summary>
    private static void AppendSettings(StringBuilder page, RunDefinition definition)
    {
        var settings = new TextTable("<option", "<value");
        foreach (var (name, value) in OptionList.Of(definition.OptionsJson))
        {
            settings.Add(name, Code(value));
        }
        settings.Add("seed", definition.Seed.ToString(CultureInfo.InvariantCulture));
        settings.Add("data set", definition.DatasetName).Add("SHA-256 of the data set", Code(definition.DatasetSha256));
        page.Append(settings.ToMarkdown());
        page.Append("\nSchedule:\n\n```json\n").Append(definition.ScheduleJson).Append("\n```\n\n");
        var versions = new TextTable("<part", "<version");
        foreach (var (name, version) in definition.Versions)
        {
            versions.Add(name, version);
        }
        page.Append(versions.ToMarkdown());
    }

    private static string Page(RunDefinition definition, MetricsTable metrics, RunSummary summary)
    {
        var page = new StringBuilder("# Training run\n\n");
        page.Append(CultureInfo.InvariantCulture, $"{Counted.Of(summary.Epochs, "epoch")} in {ReportText.Duration(summary.Time)}. ");
        page.Append(CultureInfo.InvariantCulture, $"Best epoch {summary.BestEpoch}: AP {ReportText.AveragePrecision(summary.BestAveragePrecision)}, ");
        page.Append(CultureInfo.InvariantCulture, $"AP50 {ReportText.AveragePrecision(summary.BestAveragePrecision50)}.\n\n");
        page.Append(Table(summary).ToMarkdown());
        page.Append("\n![Learning rate of every batch](lr.svg)\n\n![AP and AP50 over the epochs](map.svg)\n\n## Settings\n\n");
        AppendSettings(page, definition);
        page.Append("\n## Every epoch\n\n");
        var names = metrics.Columns.All.ToArray();
        var columns = names.Select(metrics.Column).ToArray();
        var rows = new TextTable(names);
        for (var i = 0; i < metrics.RowCount; i++)
        {
            rows.Add([.. columns.Select((c, n) => names[n] == MetricNames.Epoch ? Whole((int)c[i]) : ReportText.Short(c[i]))]);
        }
        page.Append(rows.ToMarkdown()).Append("\nAll digits are in [metrics.csv](metrics.csv), what the run is in [run.json](run.json).\n");
        return page.ToString();
    }

    private static void WriteText(RunDirectory run, string name, string text) => run.WriteFile(name, s => s.Write(Encoding.UTF8.GetBytes(text)));

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Code(string text) => text.Length == 0 ? "" : $"`{text.ReplaceLineEndings(" ")}`";
}
