using Cawb.Detection.Data.Loading;
using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Training.Loop;

public sealed partial class TrainingSession
{
    /// <summary>A learning-rate range test from the position at hand: steps with a rate that rises exponentially, until the loss diverges. Afterwards everything is as before.</summary>
    /// <remarks>
    /// Batches, accumulation, weight decay, momentum and clipping are the training's own, and all groups have the same rate. Weights, running statistics, their averages, momentum,
    /// gathered gradients and the position are put back, so a training after it gives the same bits as one without it.
    /// </remarks>
    /// <param name="options">From where to where.</param>
    /// <param name="progress">Told of every point.</param>
    /// <param name="cancellation">Ends the test after the batch at hand.</param>
    /// <exception cref="OperationCanceledException">Cancelled; everything is as before.</exception>
    /// <exception cref="TrainingException">The loss is not finite at the first rate already.</exception>
    public RangeTestResult FindLearningRate(RangeTestOptions options, Action<RangeTestPoint>? progress, CancellationToken cancellation)
    {
        var state = CaptureState();
        using var tensors = new MemoryStream();
        WriteTensors(tensors);
        try
        {
            step.Forget();
            return Ramp(options, progress, cancellation);
        }
        finally
        {
            tensors.Position = 0;
            Restore(state, tensors, "the state before the range test");
        }
    }

    private RangeTestResult Ramp(RangeTestOptions options, Action<RangeTestPoint>? progress, CancellationToken cancellation)
    {
        var points = new List<RangeTestPoint>();
        var (average, lowest) = (0.0, double.PositiveInfinity);
        using var batches = Batches(cancellation).GetEnumerator();
        using var start = CopyOfModel();
        while (points.Count < options.Points)
        {
            var rate = options.RateOf(points.Count);
            foreach (var group in groups.Groups)
            {
                group.LearningRate = rate;
            }

            var (loss, relative, isFinite) = RampStep(batches, start);
            average = (options.Smoothing * average) + ((1 - options.Smoothing) * relative);
            var smoothed = average / (1 - Math.Pow(options.Smoothing, points.Count + 1));
            if (!isFinite || !double.IsFinite(smoothed))
            {
                return points.Count > 0
                    ? new RangeTestResult(points.AsReadOnly(), IsDiverged: true, options.Smoothing)
                    : throw new TrainingException(FormattableString.Invariant($"The loss or its gradient is not finite at the first rate, {rate:g3}; no lower rate helps. Look at the weights and the hyper-parameters."));
            }

            points.Add(new RangeTestPoint(rate, loss, relative, smoothed));
            progress?.Invoke(points[^1]);
            lowest = Math.Min(lowest, smoothed);
            if (smoothed > options.DivergenceFactor * lowest)
            {
                return new RangeTestResult(points.AsReadOnly(), IsDiverged: true, options.Smoothing);
            }
        }

        return new RangeTestResult(points.AsReadOnly(), IsDiverged: false, options.Smoothing);
    }

    private (double Loss, double Relative, bool IsFinite) RampStep(IEnumerator<TrainingBatch> batches, YoloModel start)
    {
        var (sum, startSum) = (0.0, 0.0);
        for (var i = 0; i < Plan.Accumulation; i++)
        {
            batches.MoveNext();
            using var scope = NewDisposeScope();
            var (images, rows) = (Images(batches.Current), batches.Current.Labels.ToArray());
            var terms = step.Accumulate(images, rows);
            sum += terms.Box + terms.Objectness + terms.Class;
            using var noGrad = no_grad();
            var known = loss.Compute(start.Forward(images, training: true), rows);
            startSum += known.Box + known.Objectness + known.Class;
        }

        return (sum / Plan.Accumulation, sum / startSum, double.IsFinite(sum) && double.IsFinite(step.Apply()));
    }

    private YoloModel CopyOfModel()
    {
        using var noGrad = no_grad();
        var copy = new YoloModel(model.Size, model.ClassCount, model.Anchors, model.Type, model.Device);
        copy.CopyFrom(model);
        return copy;
    }

    // The training's own batches, and those of later epochs where it runs out.
    private IEnumerable<TrainingBatch> Batches(CancellationToken cancellation)
    {
        for (var (epoch, first) = (Epoch, Batch); ; epoch++, first = 0)
        {
            foreach (var batch in trainingLoader.Read(epoch, first, cancellation))
            {
                yield return batch;
            }
        }
    }
}
