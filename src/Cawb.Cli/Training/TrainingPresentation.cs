namespace Cawb.Cli.Training;

/// <summary>Runs a training before a person's eyes.</summary>
internal static class TrainingPresentation
{
    /// <summary>Trains to the end or until interrupted, and says how it ended.</summary>
    /// <returns>The exit code.</returns>
    public static int Execute(TrainingRun run, string label, CancellationToken cancellation)
    {
        var view = new PlainTrainingView(Console.Out, label);
        if (!run.Execute(view, TimeProvider.System, cancellation))
        {
            Console.Error.WriteLine($"Interrupted; everything so far is kept. Go on with: cawb train --resume {run.Path}");
            return ExitCode.Failed;
        }

        Console.WriteLine($"Done: {run.Path}");
        return ExitCode.Done;
    }
}
