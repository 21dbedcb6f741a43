using Cawb.Reports.Files;
using Cawb.Reports.Pages;
using Cawb.Reports.Tables;

namespace Cawb.Training.Comparison.Reports;

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
        var (plan, page, content) = (results.Plan, new ReportPage(), new ComparisonContent(results));
        page.AddHeading(1, plan.Name);
        if (plan.Description.Length > 0)
        {
            page.AddParagraph(plan.Description);
        }
        page.AddHeading(2, "What can be concluded");
        foreach (var paragraph in ComparisonConclusion.Of(results))
        {
            page.AddParagraph(paragraph);
        }
        if (content.IsPlanned)
        {
            page.AddHeading(2, "Planned contrasts");
            if (content.ContrastChart is { } planned)
            {
                page.AddChart("contrasts.svg", planned);
                page.AddTable(content.Contrasts);
                page.AddParagraph(content.ContrastNote);
            }
            page.AddTable(content.Power);
            page.AddParagraph(ComparisonPower.Note);
            page.AddHeading(2, "Arms");
        }
        page.AddTable(content.Arms);
        foreach (var note in content.ArmNotes)
        {
            page.AddParagraph(note);
        }
        if (content.Failures.Rows.Count > 0)
        {
            page.AddHeading(2, "Failed runs");
            page.AddTable(content.Failures);
            page.AddParagraph("The same command tries them again.");
        }
        if (content.DifferenceChart is { } differences)
        {
            page.AddHeading(2, content.DifferenceHeading);
            page.AddChart("differences.svg", differences);
            page.AddTable(content.Differences);
            page.AddParagraph(content.DifferenceNote);
        }
        if (content.Troughs is { Rows.Count: > 0 } troughs)
        {
            page.AddHeading(2, "What the troughs are worth");
            page.AddTable(troughs);
            page.AddParagraph(content.TroughNote);
        }
        page.AddHeading(2, "Curves");
        foreach (var (fileName, chart) in content.Curves)
        {
            page.AddChart(fileName, chart);
        }
        page.AddHeading(2, "Time and cost");
        page.AddTable(content.Times);
        page.AddParagraph(content.TimeNote);
        if (content.MixedVersions.Length > 0)
        {
            page.AddHeading(2, "Versions");
            page.AddParagraph(content.MixedVersions);
        }
        page.AddHeading(2, "Settings");
        page.AddTable(content.Settings);
        page.AddParagraph(content.SettingsNote);
        page.AddTable(content.ArmSettings);
        page.AddParagraph("Every number: results.csv (runs), epochs.csv (epochs), pairs.csv (differences by seed); the plan: plan.json.");
        if (command.Length > 0)
        {
            page.AddParagraph("Made by:");
            page.AddCode(command);
        }
        return page;
    }
}
