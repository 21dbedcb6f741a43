using Cawb.Training.Loop;
using Cawb.Training.Progress;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison;

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
        meter = RunMeter.Of(run, epoch, batch, clock);
        Tell();
    }

    public void Batch(BatchOutcome outcome)
    {
        RunMeter.Tell(meter, outcome);
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
