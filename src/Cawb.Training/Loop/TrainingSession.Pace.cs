using System.Diagnostics;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Inference;
using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Training.Loop;

public sealed partial class TrainingSession
{
    // The first batches find cold caches and code that is not compiled yet.
    private const int ColdBatches = 3;
    private const int MostMeasuredBatches = 40;

    /// <summary>Time that <see cref="TrainEpoch"/> spent waiting for images in its latest call.</summary>
    public TimeSpan WaitedForData { get; private set; }

    /// <summary>Floating-point operations of the convolutions in an epoch with its validation: a forward pass for each image, and for each that is trained with twice as many again for the gradients.</summary>
    public double OperationsPerEpoch => (double)model.Operations(options.ImageSize) * ((3.0 * data.Training.Images.Count) + data.Validation.Images.Count);

    /// <summary>Trains and validates a few batches to see how long they take. The session is spent then: dispose it.</summary>
    /// <param name="clock">Where time comes from.</param>
    /// <param name="budget">How long to measure, about; at least two batches of training and of validation are taken however long they are.</param>
    /// <param name="cancellation">Ends the measurement by <see cref="OperationCanceledException"/>.</param>
    public TrainingPace MeasurePace(TimeProvider clock, TimeSpan budget, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var training = PerBatch(clock, budget / 2, TrainEpoch(cancellation).Select(_ => true));
        cancellation.ThrowIfCancellationRequested();
        var detector = new Detector(average.Model, SuppressionOptions.Validation);
        var validation = PerBatch(clock, budget / 2, validationLoader.Read(cancellation).Select(batch =>
        {
            using var scope = NewDisposeScope();
            return detector.Detect(PixelTensor.From(batch.Pixels, batch.Count, batch.Height, batch.Width, device)).Length > 0;
        }));
        return new TrainingPace(training, validation * validationLoader.BatchCount);
    }

    private static TimeSpan PerBatch(TimeProvider clock, TimeSpan budget, IEnumerable<bool> batches)
    {
        var (count, warm, start, mark) = (0, 0, clock.GetTimestamp(), clock.GetTimestamp());
        foreach (var _ in batches)
        {
            count++;
            var isWarmingUp = count == 1 || (count <= ColdBatches && clock.GetElapsedTime(start) < budget / 4);
            if (isWarmingUp)
            {
                (warm, mark) = (count, clock.GetTimestamp());
            }
            else if (clock.GetElapsedTime(start) >= budget || count == MostMeasuredBatches)
            {
                break;
            }
        }

        // A single batch is all there is: its time, cold as it was, must do.
        return count > warm ? clock.GetElapsedTime(mark) / (count - warm) : clock.GetElapsedTime(start) / Math.Max(1, count);
    }

    private IEnumerable<TrainingBatch> Timed(IEnumerable<TrainingBatch> batches)
    {
        WaitedForData = TimeSpan.Zero;
        using var each = batches.GetEnumerator();
        while (true)
        {
            var start = Stopwatch.GetTimestamp();
            var isThere = each.MoveNext();
            WaitedForData += Stopwatch.GetElapsedTime(start);
            if (!isThere)
            {
                yield break;
            }

            yield return each.Current;
        }
    }
}
