using Cawb.Training.Loop;
using Cawb.Training.Progress;
using Cawb.Training.Runs;

namespace Cawb.Cli.Training;

/// <summary>Plain lines, for logs and pipes: how far the training is now and then, and the result of every epoch.</summary>
/// <param name="output">Where to.</param>
/// <param name="clock">Where time comes from.</param>
internal sealed class PlainTrainingView(TextWriter output, TimeProvider clock) : ITrainingView
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private ProgressMeter? meter;
    private long lastLine;

    public void Start(TrainingRun run, int epoch, int batch)
    {
        meter = RunMeter.Of(run, epoch, batch, clock);
        lastLine = clock.GetTimestamp();
        output.WriteLine($"{run.Path}: {EpochLine.Opening(run, epoch, batch)}");
        foreach (var note in run.Notes)
        {
            output.WriteLine(note);
        }
    }

    public void Batch(BatchOutcome outcome)
    {
        RunMeter.Tell(meter, outcome);
        if (meter is not null && clock.GetElapsedTime(lastLine) >= Pause)
        {
            lastLine = clock.GetTimestamp();
            output.WriteLine(ProgressLine.Format(meter.Snapshot()));
        }
    }

    public void Epoch(EpochOutcome outcome, TimeSpan elapsed)
    {
        meter?.ValidationDone();
        output.WriteLine(EpochLine.Result(outcome, elapsed));
    }
}
