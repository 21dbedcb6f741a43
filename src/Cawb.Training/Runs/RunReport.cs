using System.Globalization;
using System.Text;
using System.Text.Json;
using Cawb.Reports.Charts;
using Cawb.Reports.Files;
using Cawb.Reports.Pages;
using Cawb.Reports.Tables;
using Cawb.Training.Options;
using Cawb.Training.Pictures;

namespace Cawb.Training.Runs;

/// <summary>What a training leaves for its reader: a table, and a page as Markdown and as HTML.</summary>
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

    /// <summary>Writes <c>report.md</c> and <c>report.html</c> into the run's directory, with the pictures that lie there.</summary>
    /// <param name="run">With at least one finished epoch.</param>
    /// <param name="rates">The learning rate of every batch.</param>
    /// <returns>The run in one line.</returns>
    /// <exception cref="FileException">A file cannot be read or written.</exception>
    public static RunSummary Write(RunDirectory run, Chart rates)
    {
        ArgumentNullException.ThrowIfNull(run);
        var metrics = RunRecord.Read(run.Path).Metrics;
        var summary = RunSummary.Of(metrics);
        var page = new ReportPage();
        page.AddHeading(1, "Training run");
        page.AddParagraph(Verdict(run.Definition, metrics, summary));
        page.AddTable(Table(summary));
        AddPictures(page, new PictureFolder(run.Path), ResultsPicture.Charts(metrics, rates));
        AddSettings(page, run.Definition);
        AddEpochs(page, metrics);
        WriteText(run, "report.md", page.ToMarkdown());
        WriteText(run, "report.html", page.ToHtml($"{Path.GetFileName(run.Path)}: training run"));
        return summary;
    }

    /// <summary>The result in a few sentences.</summary>
    /// <param name="definition">Of the run.</param>
    /// <param name="metrics">With at least one finished epoch.</param>
    /// <param name="summary">Of these.</param>
    public static string Verdict(RunDefinition definition, MetricsTable metrics, RunSummary summary)
    {
        using var options = JsonDocument.Parse(definition.OptionsJson);
        var planned = options.RootElement.TryGetProperty(TrainOption.Of(nameof(TrainOptions.Epochs)).Key, out var epochs) ? epochs.GetInt32() : summary.Epochs;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Best epoch {summary.BestEpoch}: AP {ReportText.AveragePrecision(summary.BestAveragePrecision)}, ");
        text.Append(CultureInfo.InvariantCulture, $"AP50 {ReportText.AveragePrecision(summary.BestAveragePrecision50)}. ");
        text.Append(CultureInfo.InvariantCulture, $"{summary.Epochs} of {Counted.Of(planned, "epoch")}, in {ReportText.Duration(summary.Time)}.");
        string[] names = [MetricNames.ValidationBoxLoss, MetricNames.ValidationObjectnessLoss, MetricNames.ValidationClassLoss];
        if (names.All(metrics.Has))
        {
            var columns = names.Select(metrics.Column).ToArray();
            double[] losses = [.. Enumerable.Range(0, metrics.RowCount).Select(row => columns.Sum(column => column[row]))];
            var lowest = Array.IndexOf(losses, losses.Min());
            text.Append(CultureInfo.InvariantCulture, $" The validation loss is {ReportText.Short(losses[^1])} after epoch {summary.Epochs}");
            text.Append(lowest == losses.Length - 1
                ? ", the lowest of all epochs."
                : string.Create(CultureInfo.InvariantCulture, $"; it was lowest after epoch {Whole((int)metrics.Column(MetricNames.Epoch)[lowest])}, with {ReportText.Short(losses[lowest])}."));
        }

        return text.ToString();
    }

    private static void AddPictures(ReportPage page, PictureFolder folder, IReadOnlyList<Chart> charts)
    {
        page.AddHeading(2, "Course of the training");
        page.AddLiveCharts(folder.Find(PictureNames.Results), "Losses, precision and recall, average precision, and learning rates", charts, ResultsPicture.Panel);
        foreach (var group in PictureGroup.In(folder))
        {
            page.AddHeading(2, group.Heading);
            page.AddFiles(group.Files);
        }
    }

    private static void AddSettings(ReportPage page, RunDefinition definition)
    {
        page.AddHeading(2, "Settings");
        page.AddTable(Options(definition));
        page.AddParagraph("Schedule:");
        page.AddCode(definition.ScheduleJson.ReplaceLineEndings(" "));
        page.AddTable(VersionsOf(definition));
    }

    private static TextTable Options(RunDefinition definition)
    {
        var settings = new TextTable("<option", "<value");
        foreach (var (name, value) in OptionList.Of(definition.OptionsJson))
        {
            settings.Add(name, value.ReplaceLineEndings(" "));
        }

        return settings.Add("seed", definition.Seed.ToString(CultureInfo.InvariantCulture)).Add("data set", definition.DatasetName).Add("SHA-256 of the data set", definition.DatasetSha256);
    }

    /// <summary>The parts that decided the run's numbers, with their versions.</summary>
    /// <param name="definition">Of the run.</param>
    public static TextTable VersionsOf(RunDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var versions = new TextTable("<part", "<version");
        foreach (var (name, version) in definition.Versions)
        {
            versions.Add(name, version);
        }

        return versions;
    }

    private static void AddEpochs(ReportPage page, MetricsTable metrics)
    {
        page.AddHeading(2, "Every epoch");
        string[] names = [.. metrics.Columns.All];
        var columns = names.Select(metrics.Column).ToArray();
        var rows = new TextTable(names);
        for (var i = 0; i < metrics.RowCount; i++)
        {
            rows.Add([.. columns.Select((column, n) => names[n] == MetricNames.Epoch ? Whole((int)column[i]) : ReportText.Short(column[i]))]);
        }

        page.AddTable(rows);
        page.AddParagraph("All digits are in metrics.csv, the same under YOLOv5's names in results.csv, and what the run is in run.json.");
    }

    private static void WriteText(RunDirectory run, string name, string text) => run.WriteFile(name, s => s.Write(Encoding.UTF8.GetBytes(text)));

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
