using Cawb.Training.Loop;
using Cawb.Training.Progress;
using Cawb.Training.Runs;
using Spectre.Console;

namespace Cawb.Cli.Training;

/// <summary>A bar that moves, with the results of the epochs above it, for a terminal.</summary>
/// <param name="console">The terminal.</param>
/// <param name="bar">The bar's place.</param>
/// <param name="clock">Where time comes from.</param>
internal sealed class LiveTrainingView(IAnsiConsole console, ProgressTask bar, TimeProvider clock) : ITrainingView
{
    private ProgressMeter? meter;

    public void Start(TrainingRun run, int epoch, int batch)
    {
        meter = RunMeter.Of(run, epoch, batch, clock);
        console.MarkupLineInterpolated($"{run.Path}: {EpochLine.Opening(run, epoch, batch)}");
        foreach (var note in run.Notes)
        {
            console.MarkupLineInterpolated($"{note}");
        }

        Show();
    }

    public void Batch(BatchOutcome outcome)
    {
        RunMeter.Tell(meter, outcome);
        Show();
    }

    public void Epoch(EpochOutcome outcome, TimeSpan elapsed)
    {
        meter?.ValidationDone();
        console.MarkupLineInterpolated($"{EpochLine.Result(outcome, elapsed)}");
        Show();
    }

    private void Show()
    {
        if (meter?.Snapshot() is { } progress)
        {
            bar.Value = progress.Fraction * bar.MaxValue;
            bar.Description = Markup.Escape(ProgressLine.Format(progress));
        }
    }
}
