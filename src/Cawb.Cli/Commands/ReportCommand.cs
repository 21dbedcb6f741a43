using System.CommandLine;
using Cawb.Reports.Files;
using Cawb.Reports.Pages;
using Cawb.Training;
using Cawb.Training.SideBySide;
using Cawb.Training.Slurm;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb report</c>: one run, or several over each other.</summary>
internal static class ReportCommand
{
    private const string Html = ".html";
    private const string Markdown = ".md";

    // Of a chart in the terminal, so that a screen holds two of them.
    private const int MostColumns = 100;
    private const int MostRows = 16;

    private const string Help = """
        Lays runs over each other: AP, losses and learning rates as curves, and what was set differently. For one run it shows that run. A comparison stands for its runs. Nothing is trained and nothing in the runs is changed.

        Examples:
          cawb report runs/train
          cawb report runs/train runs/train-2 runs/train-3 --out report.html
          cawb report runs/digits-boots --out page.html page.md
        """;

    private static readonly Argument<string[]> Runs = new("RUN")
    {
        Description = "Run directories, or comparisons (cawb runs lists both).",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> Files = new("--out")
    {
        Description = $"Pages to write instead of showing the report in the terminal: {Html} with everything inside, or {Markdown} with its charts beside it.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
        HelpName = "PAGE",
    };

    public static Command Create()
    {
        var command = new Command("report", Help) { Runs };
        command.Options.Add(Files);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        var files = result.GetValue(Files) ?? [];
        if (Array.Find(files, file => !IsHtml(file) && !IsMarkdown(file)) is { } unknown)
        {
            throw new InputException($"--out {unknown}: pages end in {Html} or {Markdown}.");
        }

        var report = new RunsReport(ListedRun.Find(result.GetRequiredValue(Runs)));
        var output = result.InvocationConfiguration.Output;
        if (files.Length == 0)
        {
            Show(report, output);
            return ExitCode.Done;
        }

        var page = report.Page("./cawb " + ShellWord.Joined(result.Tokens.Select(token => token.Value)));
        foreach (var file in files)
        {
            Write(page, report.Title, file);
            output.WriteLine(file);
        }

        return ExitCode.Done;
    }

    private static void Show(RunsReport report, TextWriter output)
    {
        output.WriteLine(report.Verdict);
        output.WriteLine();
        output.Write(report.Table().ToText());
        foreach (var (_, chart) in report.Charts)
        {
            output.WriteLine();
            Terminal.Draw(chart, output, MostColumns, MostRows);
        }

        if (report.Differences is { Rows.Count: > 0 } differences)
        {
            output.WriteLine();
            output.Write(differences.ToText());
        }
    }

    private static void Write(ReportPage page, string title, string file)
    {
        if (IsHtml(file))
        {
            AtomicFile.WriteText(file, page.ToHtml(title));
            return;
        }

        var name = Path.GetFileNameWithoutExtension(file);
        foreach (var (fileName, svg) in page.Pictures)
        {
            AtomicFile.WriteText(Path.Combine(Path.GetDirectoryName(file) ?? "", $"{name}-{fileName}"), svg);
        }

        AtomicFile.WriteText(file, page.ToMarkdown(picture => $"{name}-{picture}"));
    }

    private static bool IsHtml(string file) => Path.GetExtension(file).Equals(Html, StringComparison.OrdinalIgnoreCase);

    private static bool IsMarkdown(string file) => Path.GetExtension(file).Equals(Markdown, StringComparison.OrdinalIgnoreCase);
}
