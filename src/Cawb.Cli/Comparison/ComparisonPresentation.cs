using System.CommandLine;
using System.Globalization;
using Cawb.Reports.Tables;
using Cawb.Training.Comparison;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Comparison.Reports;
using Cawb.Training.Runs;
using Spectre.Console;

namespace Cawb.Cli.Comparison;

/// <summary>Carries a comparison out before a person's eyes.</summary>
/// <param name="plan">What is compared.</param>
/// <param name="folder">Where.</param>
/// <param name="command">What was typed; the report begins with it.</param>
/// <param name="streams">Where to.</param>
internal sealed class ComparisonPresentation(ComparisonPlan plan, string folder, string command, InvocationConfiguration streams)
{
    /// <summary>Says what there is to do and how long it takes, does it, writes the report.</summary>
    /// <param name="runner">Over the plan in the folder.</param>
    /// <param name="jobs">Runs at once.</param>
    /// <param name="cancellation">The user's wish to stop.</param>
    /// <returns>The process's exit code.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
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
            throw;
        }
    }

    /// <summary>Carries one run out and writes no report, as others may be carried out at the same time.</summary>
    /// <param name="runner">Over that run alone.</param>
    /// <param name="cancellation">The user's wish to stop.</param>
    /// <returns>The process's exit code.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public int ExecuteRun(ComparisonRunner runner, CancellationToken cancellation)
    {
        var run = runner.Runs[0];
        if (runner.Unfinished.Count == 0)
        {
            streams.Output.WriteLine($"{run.Title} is done already.");
            return ExitCode.Done;
        }

        return Failures(CarryOut(runner, jobs: 1, cancellation).Failures.Where(failure => failure.Key == run.Title));
    }

    /// <summary>Writes the report of what is done, and lists what is missing.</summary>
    /// <param name="results">Everything found so far.</param>
    /// <returns>The process's exit code.</returns>
    public int Show(ComparisonResults results)
    {
        ShowReport(results);
        ComparedState[] missing = [.. ComparisonOverview.Of(plan, folder).Runs.Where(state => !results.Of(state.Run.Arm.Name).Any(done => done.Seed == state.Run.Seed))];
        if (missing.Length == 0)
        {
            return ExitCode.Done;
        }

        streams.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{missing.Length} of {Counted.Of(results.Plan.Arms.Count * results.Plan.Seeds.Count, "run")} {(missing.Length == 1 ? "is" : "are")} missing:"));
        foreach (var (run, state) in missing)
        {
            streams.Error.WriteLine($"{run.Title}: {RunStateWords.Of(state)}");
        }

        return ExitCode.Incomplete;
    }

    /// <summary>Says how to go on.</summary>
    /// <returns>The process's exit code.</returns>
    public int Interrupted()
    {
        streams.Error.WriteLine($"Interrupted; everything so far is kept. Go on with the same command: {command}");
        return ExitCode.TryAgain;
    }

    private void Announce(ComparisonRunner runner, int jobs, CancellationToken cancellation)
    {
        var (all, left) = (runner.Runs.Count, runner.Unfinished.Count);
        streams.Output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.Name}: {Counted.Of(plan.Arms.Count, "arm")} x {Counted.Of(plan.Seeds.Count, "seed")} = {Counted.Of(all, "run")} of {Counted.Of(plan.Epochs, "epoch")} on {plan.Data}, in {folder}"));
        if (RunVersions.TakenOver(runner.Collect()) is { Length: > 0 } taken)
        {
            streams.Output.WriteLine(taken);
        }

        Advise(runner);
        if (left == 0)
        {
            streams.Output.WriteLine("All of them are done; writing the report.");
            return;
        }

        streams.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Counted.Of(left, "run")} to do, {Math.Min(jobs, left)} at once. Measuring the pace ..."));
        var cost = runner.EstimateAsync(jobs, cancellation).GetAwaiter().GetResult();
        if (CostWords.OfGpu(cost, plan.IsOnProcessor) is { Length: > 0 } gpu)
        {
            streams.Output.WriteLine(gpu);
        }

        streams.Output.WriteLine($"This takes about {ReportText.Duration(cost.Time)}. Ctrl-C ends it after the batch at hand, and the same command goes on.");
    }

    /// <summary>Says what a person should look at before anything is trained.</summary>
    /// <param name="runner">Over the plan in the folder.</param>
    public void Advise(ComparisonRunner runner)
    {
        if (plan.LeftOutContrasts.Count > 0)
        {
            streams.Output.WriteLine(plan.LeftOutWords);
        }

        foreach (var sentence in runner.Unfinished.Count == 0 ? [] : ComparisonPower.Before(plan))
        {
            streams.Output.WriteLine(sentence);
        }

        foreach (var warning in runner.Warnings)
        {
            streams.Output.WriteLine($"Warning: {warning}");
        }
    }

    private ComparisonResults CarryOut(ComparisonRunner runner, int jobs, CancellationToken cancellation)
    {
        IComparisonView view = Terminal.IsWindow(streams.Output)
            ? new LiveComparisonView(AnsiConsole.Console, plan, TimeProvider.System)
            : new PlainComparisonView(streams.Output, TimeProvider.System);
        return view.Show(runner.RunAsync(jobs, view, cancellation));
    }

    private int Conclude(ComparisonResults results)
    {
        ShowReport(results);
        return Failures(results.Failures);
    }

    private void ShowReport(ComparisonResults results)
    {
        Report(results);
        if (results.Runs.Count > 0)
        {
            streams.Output.WriteLine();
            streams.Output.Write(ComparisonReport.Table(results).ToText());
            streams.Output.WriteLine($"\n{string.Join("\n\n", ComparisonConclusion.Of(results))}\n\n{folder} holds report.html, report.md with its charts, results.csv, epochs.csv and pairs.csv.");
        }
    }

    private int Failures(IEnumerable<KeyValuePair<string, string>> failures)
    {
        var number = 0;
        foreach (var (title, reason) in failures)
        {
            streams.Error.WriteLine($"{title} failed: {reason.ReplaceLineEndings(" ")}");
            number++;
        }

        if (number > 0)
        {
            streams.Error.WriteLine($"{Counted.Of(number, "run")} failed; the same command tries again: {command}");
        }

        return number > 0 ? ExitCode.Failed : ExitCode.Done;
    }

    private void Report(ComparisonResults results)
    {
        if (results.Runs.Count > 0)
        {
            ComparisonReport.Write(folder, results, command);
        }
    }
}
