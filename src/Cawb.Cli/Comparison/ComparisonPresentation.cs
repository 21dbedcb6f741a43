using System.Globalization;
using Cawb.Experiments.Comparison;
using Cawb.Experiments.Tables;
using Spectre.Console;

namespace Cawb.Cli.Comparison;

/// <summary>Carries a comparison out before a person's eyes.</summary>
/// <param name="plan">What is compared.</param>
/// <param name="folder">Where.</param>
/// <param name="command">What was typed; the report begins with it.</param>
internal sealed class ComparisonPresentation(ComparisonPlan plan, string folder, string command)
{
    /// <summary>Says what there is to do and how long it takes, does it, writes the report.</summary>
    /// <param name="runner">Over the plan in the folder.</param>
    /// <param name="jobs">Runs at once.</param>
    /// <param name="cancellation">The user's wish to stop.</param>
    /// <returns>The process's exit code.</returns>
    public int Execute(ComparisonRunner runner, int jobs, CancellationToken cancellation)
    {
        try
        {
            Announce(runner, jobs, cancellation);
            return Conclude(CarryOut(runner, jobs, cancellation));
        }
        catch (OperationCanceledException)
        {
            Report(runner.Collect());
            Console.Error.WriteLine($"Interrupted; everything so far is kept. Go on with the same command: {command}");
            return ExitCode.Failed;
        }
    }

    private void Announce(ComparisonRunner runner, int jobs, CancellationToken cancellation)
    {
        var (all, left) = (runner.Runs.Count, runner.Unfinished.Count);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Name}: {Count(plan.Arms.Count, "arm")} x {Count(plan.Seeds.Count, "seed")} = {Count(all, "run")} of {Count(plan.Epochs, "epoch")} on {plan.Data}, in {folder}"));
        if (left == 0)
        {
            Console.Out.WriteLine("All of them are done; writing the report.");
            return;
        }

        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Count(left, "run")} to do, {Math.Min(jobs, left)} at once. Measuring the pace ..."));
        var time = runner.EstimateAsync(jobs, cancellation).GetAwaiter().GetResult();
        Console.Out.WriteLine($"This takes about {ReportText.Duration(time)}. Ctrl-C ends it after the batch at hand, and the same command goes on.");
    }

    private ComparisonResults CarryOut(ComparisonRunner runner, int jobs, CancellationToken cancellation)
    {
        IComparisonView view = Terminal.IsInteractive
            ? new LiveComparisonView(AnsiConsole.Console, plan, TimeProvider.System)
            : new PlainComparisonView(Console.Out, TimeProvider.System);
        return view.Show(runner.RunAsync(jobs, view, cancellation));
    }

    private int Conclude(ComparisonResults results)
    {
        Report(results);
        if (results.Runs.Count > 0)
        {
            Console.Out.WriteLine();
            Console.Out.Write(ComparisonReport.Table(results).ToText());
            Console.Out.WriteLine($"\n{ComparisonConclusion.Of(results)}\n{folder} holds report.html, report.md with its pictures, results.csv, epochs.csv and pairs.csv.");
        }

        foreach (var (title, reason) in results.Failures)
        {
            Console.Error.WriteLine($"{title} failed: {reason.ReplaceLineEndings(" ")}");
        }

        if (results.Failures.Count > 0)
        {
            Console.Error.WriteLine($"{Count(results.Failures.Count, "run")} failed; the same command tries again: {command}");
        }

        return results.Failures.Count > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private void Report(ComparisonResults results)
    {
        if (results.Runs.Count > 0)
        {
            ComparisonReport.Write(folder, results, command);
        }
    }

    private static string Count(int number, string thing) => string.Create(CultureInfo.InvariantCulture, $"{number} {thing}{(number == 1 ? "" : "s")}");
}
