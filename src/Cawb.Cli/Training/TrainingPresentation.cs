using Cawb.Experiments.Runs;
using Spectre.Console;

namespace Cawb.Cli.Training;

/// <summary>Runs a training before a person's eyes.</summary>
internal static class TrainingPresentation
{
    /// <summary>Trains to the end or until interrupted, writes the report, and says how it ended.</summary>
    /// <param name="run">The training.</param>
    /// <param name="label">Stands before every line; empty for a single run.</param>
    /// <param name="cancellation">The user's wish to stop.</param>
    /// <returns>Whether the run is finished.</returns>
    /// <exception cref="InputException">A file or the disk is not as it must be; the run can go on when that is mended, and the message says how.</exception>
    public static bool Execute(TrainingRun run, string label, CancellationToken cancellation)
    {
        try
        {
            return Present(run, label, cancellation);
        }
        catch (Exception exception) when (FaultReport.IsBadInput(exception))
        {
            throw new InputException($"{exception.Message} Then go on with: ./cawb train --resume {run.Path}", exception);
        }
    }

    private static bool Present(TrainingRun run, string label, CancellationToken cancellation)
    {
        var isFinished = Terminal.IsInteractive ? Live(run, label, cancellation) : run.Execute(new PlainTrainingView(Console.Out, label, TimeProvider.System), TimeProvider.System, cancellation);
        if (!isFinished)
        {
            Console.Error.WriteLine($"Interrupted; everything so far is kept. Go on with: ./cawb train --resume {run.Path}");
            return false;
        }

        Console.Out.WriteLine();
        Console.Out.Write(RunReport.Table(run.WriteReport()).ToText());
        Console.Out.WriteLine($"\n{run.Path} holds best.safetensors, last.safetensors, metrics.csv, report.md, lr.svg and map.svg.");
        return true;
    }

    private static bool Live(TrainingRun run, string label, CancellationToken cancellation)
    {
        var console = AnsiConsole.Console;
        return console.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new ProgressBarColumn { Width = 24 }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => run.Execute(new LiveTrainingView(console, context.AddTask(Markup.Escape($"{label}starting"), maxValue: 1), label, TimeProvider.System), TimeProvider.System, cancellation));
    }
}
