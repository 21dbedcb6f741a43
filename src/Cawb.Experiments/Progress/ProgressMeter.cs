namespace Cawb.Experiments.Progress;

/// <summary>Follows a training from batch to batch and says how fast it is and how long it will take.</summary>
/// <remarks>One thread feeds it; <see cref="Snapshot"/> may be called from another at any time.</remarks>
public sealed class ProgressMeter
{
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly int _epochs;
    private readonly int _batchesPerEpoch;
    private readonly string[] _lossNames;
    private readonly double[] _lossSums;
    private readonly long _started;
    private long _batches;
    private int _lossCount;
    private long _mark;
    private double _images;
    private double _trainingSeconds;
    private double _weightedBatches;
    private double _validationSeconds;
    private int _validations;
    private double _learningRate;

    /// <summary>A meter that starts now.</summary>
    /// <param name="clock">Where time comes from.</param>
    /// <param name="epochs">Of the whole run, 1 or more.</param>
    /// <param name="batchesPerEpoch">1 or more.</param>
    /// <param name="finishedBatches">How many batches of the run were done before, for one that goes on; 0 for a new one.</param>
    /// <param name="lossNames">Of the losses that come with each batch.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below its minimum, or more batches are finished than the run has.</exception>
    public ProgressMeter(TimeProvider clock, int epochs, int batchesPerEpoch, long finishedBatches, IEnumerable<string> lossNames)
    {
        _clock = clock ?? throw new ArgumentNullException(nameof(clock));
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchesPerEpoch, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(finishedBatches);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(finishedBatches, (long)epochs * batchesPerEpoch);
        (_epochs, _batchesPerEpoch, _batches) = (epochs, batchesPerEpoch, finishedBatches);
        _lossNames = [.. lossNames];
        _lossSums = new double[_lossNames.Length];
        _started = _mark = _clock.GetTimestamp();
    }

    /// <summary>A batch is done: the time since the last call was spent on it.</summary>
    /// <param name="images">In the batch.</param>
    /// <param name="learningRate">It was trained with.</param>
    /// <param name="losses">One for each name.</param>
    /// <exception cref="ArgumentException">There are more or fewer losses than names.</exception>
    /// <exception cref="InvalidOperationException">All batches of the run are done already.</exception>
    public void BatchDone(int images, double learningRate, ReadOnlySpan<double> losses)
    {
        if (losses.Length != _lossNames.Length)
        {
            throw new ArgumentException($"The meter follows {_lossNames.Length} losses; got {losses.Length}.", nameof(losses));
        }
        lock (_gate)
        {
            if (_batches >= (long)_epochs * _batchesPerEpoch)
            {
                throw new InvalidOperationException($"All {_epochs} epochs of {_batchesPerEpoch} batches are done; there is no batch left to finish.");
            }
            if (_batches % _batchesPerEpoch == 0)
            {
                Array.Clear(_lossSums);
                _lossCount = 0;
            }
            var seconds = TakeSeconds();
            var keep = Math.Exp(-seconds / Memory.TotalSeconds);
            _images = _images * keep + images;
            _trainingSeconds = _trainingSeconds * keep + seconds;
            _weightedBatches = _weightedBatches * keep + 1;
            _learningRate = learningRate;
            for (var i = 0; i < losses.Length; i++)
            {
                _lossSums[i] += losses[i];
            }
            _lossCount++;
            _batches++;
        }
    }

    /// <summary>A validation is done: the time since the last call was spent on it.</summary>
    public void ValidationDone()
    {
        lock (_gate)
        {
            _validationSeconds += TakeSeconds();
            _validations++;
        }
    }

    /// <summary>Time that belongs to neither, such as a checkpoint or a pause, ends now.</summary>
    public void SkipTime()
    {
        lock (_gate)
        {
            _ = TakeSeconds();
        }
    }

    /// <summary>Where the training is now.</summary>
    public ProgressSnapshot Snapshot()
    {
        lock (_gate)
        {
            var total = (long)_epochs * _batchesPerEpoch;
            var left = total - _batches;
            var validationsLeft = left / (double)_batchesPerEpoch;
            var secondsLeft = (_weightedBatches > 0 ? left * _trainingSeconds / _weightedBatches : 0) + (_validations > 0 ? Math.Ceiling(validationsLeft) * _validationSeconds / _validations : 0);
            var epoch = (int)Math.Min(_epochs - 1, Math.Max(0, (_batches - 1) / _batchesPerEpoch));
            return new ProgressSnapshot(
                epoch + 1,
                _epochs,
                (int)(_batches - (long)epoch * _batchesPerEpoch),
                _batchesPerEpoch,
                _trainingSeconds > 0 ? _images / _trainingSeconds : 0,
                _learningRate,
                [.. _lossNames.Select((name, i) => KeyValuePair.Create(name, _lossCount > 0 ? _lossSums[i] / _lossCount : 0))],
                _clock.GetElapsedTime(_started),
                TimeSpan.FromSeconds(secondsLeft),
                _batches / (double)total);
        }
    }

    private double TakeSeconds()
    {
        var now = _clock.GetTimestamp();
        var seconds = _clock.GetElapsedTime(_mark, now).TotalSeconds;
        _mark = now;
        return seconds;
    }
}
