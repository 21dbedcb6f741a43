using System.CommandLine;
using System.Runtime.ExceptionServices;
using Cawb.Training;
using Cawb.Training.Runs;
using Spectre.Console;

namespace Cawb.Cli.Training;

/// <summary>Runs trainings before a person's eyes.</summary>
internal static class TrainingPresentation
{
    /// <summary>Trains to the end or until interrupted, side by side where there are several, writes the reports, and says how it ended.</summary>
    /// <param name="runs">At least one.</param>
    /// <param name="streams">Where to.</param>
    /// <param name="cancellation">The user's wish to stop.</param>
    /// <returns>Whether every run is finished.</returns>
    /// <exception cref="InputException">A file or the disk is not as it must be; the runs can go on when that is mended, and the message says how.</exception>
    public static bool Execute(IReadOnlyList<LabelledRun> runs, InvocationConfiguration streams, CancellationToken cancellation)
    {
        try
        {
            return Present(runs, streams.Output, streams.Error, cancellation);
        }
        catch (Exception exception) when (BadInput.IsCause(exception))
        {
            throw new InputException($"{exception.Message} Then go on with: {string.Join(" and ", runs.Select(ResumeCommand))}", exception);
        }
    }

    private static string ResumeCommand(LabelledRun run) => $"./cawb train --resume {run.Run.Path}";

    private static bool Present(IReadOnlyList<LabelledRun> runs, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var isFinished = Terminal.IsWindow(output) ? Live(runs, cancellation) : SideBySide(runs, run => new PlainTrainingView(output, run.Prefix, TimeProvider.System), cancellation);
        if (!isFinished)
        {
            foreach (var run in runs)
            {
                error.WriteLine($"Interrupted; everything so far is kept. Go on with: {ResumeCommand(run)}");
            }

            return false;
        }

        foreach (var run in runs)
        {
            if (run.Run.IsStoppedEarly)
            {
                output.WriteLine($"{run.Prefix}Stopped early: fitness (0.1 AP50 + 0.9 AP) has not risen for {run.Run.Options.Patience} epochs.");
            }

            output.WriteLine($"\n{run.Prefix}{run.Run.Path} holds best.safetensors, last.safetensors, metrics.csv, report.md, lr.svg and map.svg.\n");
            output.Write(RunReport.Table(run.Run.WriteReport()).ToText());
        }

        return true;
    }

    private static bool Live(IReadOnlyList<LabelledRun> runs, CancellationToken cancellation)
    {
        var console = AnsiConsole.Console;
        return console.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new ProgressBarColumn { Width = 24 }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => SideBySide(
                runs, run => new LiveTrainingView(console, context.AddTask(Markup.Escape($"{run.Prefix}starting"), maxValue: 1), run.Prefix, TimeProvider.System), cancellation));
    }

    /// <summary>A thread for each run, as all tensor work of a run belongs on one thread; a run that fails stops the others after their batch.</summary>
    private static bool SideBySide(IReadOnlyList<LabelledRun> runs, Func<LabelledRun, ITrainingView> view, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var finished = new bool[runs.Count];
        var faults = new ExceptionDispatchInfo?[runs.Count];
        var threads = runs.Select((run, index) => new Thread(() => Train(index, view(run))) { Name = run.Label, IsBackground = true }).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Array.Find(faults, fault => fault is not null)?.Throw();
        return Array.TrueForAll(finished, isFinished => isFinished);

        void Train(int index, ITrainingView shown)
        {
            try
            {
                finished[index] = runs[index].Run.Execute(shown, TimeProvider.System, stop.Token);
            }
#pragma warning disable CA1031 // Thrown again on the caller's thread.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                faults[index] = ExceptionDispatchInfo.Capture(exception);
                stop.Cancel();
            }
        }
    }
}
