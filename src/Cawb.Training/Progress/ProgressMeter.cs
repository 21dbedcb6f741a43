namespace Cawb.Training.Progress;

/// <summary>Follows a training from batch to batch and says how fast it is and how long it will take.</summary>
/// <remarks>One thread feeds it; <see cref="Snapshot"/> may be called from another at any time.</remarks>
public sealed class ProgressMeter
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly int epochs;
    private readonly int batchesPerEpoch;
    private readonly string[] lossNames;
    private readonly double[] lossSums;
    private readonly long started;
    private long batches;
    private int lossCount;
    private long mark;
    private double images;
    private double trainingSeconds;
    private double weightedBatches;
    private double validationSeconds;
    private int validations;
    private double learningRate;

    /// <summary>A meter that starts now.</summary>
    /// <param name="clock">Where time comes from.</param>
    /// <param name="epochs">Of the whole run, 1 or more.</param>
    /// <param name="batchesPerEpoch">1 or more.</param>
    /// <param name="finishedBatches">How many batches of the run were done before, for one that goes on; 0 for a new one.</param>
    /// <param name="lossNames">Of the losses that come with each batch.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below its minimum, or more batches are finished than the run has.</exception>
    public ProgressMeter(TimeProvider clock, int epochs, int batchesPerEpoch, long finishedBatches, IEnumerable<string> lossNames)
    {
        this.clock = clock ?? throw new ArgumentNullException(nameof(clock));
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchesPerEpoch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(finishedBatches);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(finishedBatches, (long)epochs * batchesPerEpoch);
        (this.epochs, this.batchesPerEpoch, batches) = (epochs, batchesPerEpoch, finishedBatches);
        this.lossNames = [.. lossNames];
        lossSums = new double[this.lossNames.Length];
        started = mark = this.clock.GetTimestamp();
    }

    /// <summary>A batch is done: the time since the last call was spent on it.</summary>
    /// <param name="images">In the batch.</param>
    /// <param name="learningRate">It was trained with.</param>
    /// <param name="losses">One for each name.</param>
    /// <exception cref="ArgumentException">There are more or fewer losses than names.</exception>
    /// <exception cref="InvalidOperationException">All batches of the run are done already.</exception>
    public void BatchDone(int images, double learningRate, ReadOnlySpan<double> losses)
    {
        if (losses.Length != lossNames.Length)
        {
            throw new ArgumentException($"The meter follows {lossNames.Length} losses; got {losses.Length}.", nameof(losses));
        }
        lock (gate)
        {
            if (batches >= (long)epochs * batchesPerEpoch)
            {
                throw new InvalidOperationException($"All {epochs} epochs of {batchesPerEpoch} batches are done; there is no batch left to finish.");
            }
            if (batches % batchesPerEpoch == 0)
            {
                Array.Clear(lossSums);
                lossCount = 0;
            }
            var seconds = TakeSeconds();
            var keep = Math.Exp(-seconds / Memory.TotalSeconds);
            this.images = this.images * keep + images;
            trainingSeconds = trainingSeconds * keep + seconds;
            weightedBatches = weightedBatches * keep + 1;
            this.learningRate = learningRate;
            for (var i = 0; i < losses.Length; i++)
            {
                lossSums[i] += losses[i];
            }
            lossCount++;
            batches++;
        }
    }

    /// <summary>A validation is done: the time since the last call was spent on it.</summary>
    public void ValidationDone()
    {
        lock (gate)
        {
            validationSeconds += TakeSeconds();
            validations++;
        }
    }

    /// <summary>Time that belongs to neither, such as a checkpoint or a pause, ends now.</summary>
    public void SkipTime()
    {
        lock (gate)
        {
            _ = TakeSeconds();
        }
    }

    /// <summary>Where the training is now.</summary>
    public ProgressSnapshot Snapshot()
    {
        lock (gate)
        {
            var total = (long)epochs * batchesPerEpoch;
            var left = total - batches;
            var validationsLeft = left / (double)batchesPerEpoch;
            var secondsLeft = (weightedBatches > 0 ? left * trainingSeconds / weightedBatches : 0) + (validations > 0 ? Math.Ceiling(validationsLeft) * validationSeconds / validations : 0);
            var epoch = (int)Math.Min(epochs - 1, Math.Max(0, (batches - 1) / batchesPerEpoch));
            return new ProgressSnapshot(
                epoch + 1,
                epochs,
                (int)(batches - (long)epoch * batchesPerEpoch),
                batchesPerEpoch,
                trainingSeconds > 0 ? images / trainingSeconds : 0,
                learningRate,
                [.. lossNames.Select((name, i) => KeyValuePair.Create(name, lossCount > 0 ? lossSums[i] / lossCount : 0))],
                clock.GetElapsedTime(started),
                TimeSpan.FromSeconds(secondsLeft),
                batches / (double)total);
        }
    }

    private double TakeSeconds()
    {
        var now = clock.GetTimestamp();
        var seconds = clock.GetElapsedTime(mark, now).TotalSeconds;
        mark = now;
        return seconds;
    }
}
