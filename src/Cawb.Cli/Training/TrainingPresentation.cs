using System.CommandLine;
using System.Globalization;
using Cawb.Training;
using Cawb.Training.Runs;
using Spectre.Console;

namespace Cawb.Cli.Training;

/// <summary>Runs a training before a person's eyes.</summary>
internal static class TrainingPresentation
{
    /// <summary>Trains to the end or until interrupted, writes the report, and says how it ended.</summary>
    /// <param name="run">What to train.</param>
    /// <param name="streams">Where to.</param>
    /// <param name="isLive">Whether a bar may move where the output is a window.</param>
    /// <param name="cancellation">The user's wish to stop.</param>
    /// <returns>Whether the run is finished.</returns>
    /// <exception cref="InputException">A file or the disk is not as it must be; the run can go on when that is corrected, and the message says how.</exception>
    public static bool Execute(TrainingRun run, InvocationConfiguration streams, bool isLive, CancellationToken cancellation)
    {
        try
        {
            return Present(run, streams.Output, streams.Error, isLive && Terminal.IsWindow(streams.Output), cancellation);
        }
        catch (Exception exception) when (BadInput.IsCause(exception))
        {
            throw new InputException($"{exception.Message} Then go on with: {ResumeCommand(run)}", exception);
        }
    }

    private static string ResumeCommand(TrainingRun run) => $"./cawb train --resume {run.Path}";

    private static bool Present(TrainingRun run, TextWriter output, TextWriter error, bool isLive, CancellationToken cancellation)
    {
        if (run.IsFinished)
        {
            // What a process that was killed after the last epoch has not written is written now.
            run.Complete(TimeProvider.System, cancellation);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{run.Path} is finished: nothing is left of its {Counted.Of(run.Options.Epochs, "epoch")}{(run.IsStoppedEarly ? ", as it stopped early" : "")}. To train it longer: {ResumeCommand(run)} --epochs {2 * run.Options.Epochs}\n"));
            output.Write(RunReport.Table(run.WriteReport()).ToText());
            return true;
        }

        var isFinished = isLive ? Live(run, cancellation) : run.Execute(new PlainTrainingView(output, TimeProvider.System), TimeProvider.System, cancellation);
        if (!isFinished)
        {
            error.WriteLine($"Interrupted; everything so far is kept. Go on with: {ResumeCommand(run)}");
            return false;
        }

        if (run.IsStoppedEarly)
        {
            output.WriteLine($"Stopped early: fitness (0.1 AP50 + 0.9 AP) has not risen for {Counted.Of(run.Options.Patience, "epoch")}.");
        }

        output.WriteLine($"\n{run.Path} holds best.safetensors, last.safetensors, report.html{(run.HasPictures ? ", results.png and other plots" : "")}, metrics.csv and results.csv.\n");
        output.Write(RunReport.Table(run.WriteReport()).ToText());
        return true;
    }

    private static bool Live(TrainingRun run, CancellationToken cancellation)
    {
        var console = AnsiConsole.Console;
        return console.Progress()
            .AutoClear(true)
            .HideCompleted(true)
            .Columns(new ProgressBarColumn { Width = 24 }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context => run.Execute(new LiveTrainingView(console, context.AddTask("starting", maxValue: 1), TimeProvider.System), TimeProvider.System, cancellation));
    }
}
