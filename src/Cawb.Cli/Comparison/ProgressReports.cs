using Cawb.Cli.Training;
using Cawb.Detection.Training;
using Cawb.Experiments.Progress;

namespace Cawb.Cli.Comparison;

/// <summary>Tells how far one of many trainings is, now and then.</summary>
/// <param name="listener">Is told.</param>
/// <param name="clock">Where time comes from.</param>
internal sealed class ProgressReports(IProgress<ProgressSnapshot> listener, TimeProvider clock) : ITrainingView
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    private ProgressMeter? meter;
    private long last;

    public void Start(TrainingRun run, int epoch, int batch)
    {
        meter = EpochLine.Meter(run, epoch, batch, clock);
        Tell();
    }

    public void Batch(BatchOutcome outcome)
    {
        EpochLine.Tell(meter, outcome);
        if (clock.GetElapsedTime(last) >= Pause)
        {
            Tell();
        }
    }

    public void Epoch(EpochOutcome outcome, TimeSpan elapsed)
    {
        meter?.ValidationDone();
        Tell();
    }

    private void Tell()
    {
        last = clock.GetTimestamp();
        if (meter?.Snapshot() is { } snapshot)
        {
            listener.Report(snapshot);
        }
    }
}
