namespace Cawb;

/// <summary>How long a run is and how time is counted: converts batches, optimizer steps, samples and shares of the run into epochs.</summary>
/// <remarks>
/// Batch number b (0-based) starts at <c>b / BatchesPerEpoch</c> epochs, one division, correctly rounded: the first batch of every epoch
/// is at a whole number exactly. Every conversion here ends in that same division, so a boundary given as batches and the position of a scheduler meet exactly.
/// </remarks>
public sealed record TrainingPlan
{
    // Doubles count batches exactly up to here.
    private const long MostBatches = 1L << 53;

    private TrainingPlan(long totalBatches, int batchesPerEpoch, int accumulation, long samplesPerEpoch)
    {
        TotalBatches = totalBatches;
        BatchesPerEpoch = batchesPerEpoch;
        Accumulation = accumulation;
        SamplesPerEpoch = samplesPerEpoch;
    }

    /// <summary>Batches of the whole run.</summary>
    public long TotalBatches { get; }

    /// <summary>Batches in each epoch.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>Batches whose gradients add up to one optimizer step. Steps are counted through the run: step s ends after batch (s + 1) * Accumulation.</summary>
    public int Accumulation { get; }

    /// <summary>Samples in each epoch; 0 when the plan was made without them.</summary>
    public long SamplesPerEpoch { get; }

    /// <summary>Length of the run in epochs.</summary>
    public double Epochs => EpochsFromBatches(TotalBatches);

    /// <summary>A run of whole epochs.</summary>
    /// <param name="epochs">1 or more.</param>
    /// <param name="batchesPerEpoch">1 or more.</param>
    /// <param name="accumulation">Batches per optimizer step, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1, or the run has more than 2^53 batches.</exception>
    public static TrainingPlan FromEpochs(int epochs, int batchesPerEpoch, int accumulation = 1)
    {
        Require.AtLeast(epochs, 1);
        Require.AtLeast(batchesPerEpoch, 1);
        Require.AtLeast(accumulation, 1);
        return new TrainingPlan((long)epochs * batchesPerEpoch, batchesPerEpoch, accumulation, samplesPerEpoch: 0);
    }

    /// <summary>A run counted in batches, which may end inside an epoch.</summary>
    /// <param name="totalBatches">1 or more.</param>
    /// <param name="batchesPerEpoch">1 or more.</param>
    /// <param name="accumulation">Batches per optimizer step, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1, or the run has more than 2^53 batches.</exception>
    public static TrainingPlan FromBatches(long totalBatches, int batchesPerEpoch, int accumulation = 1)
    {
        if (totalBatches is < 1 or > MostBatches)
            throw new ArgumentOutOfRangeException(nameof(totalBatches), $"Must be between 1 and {MostBatches}; got {totalBatches}.");
        Require.AtLeast(batchesPerEpoch, 1);
        Require.AtLeast(accumulation, 1);
        return new TrainingPlan(totalBatches, batchesPerEpoch, accumulation, samplesPerEpoch: 0);
    }

    /// <summary>A run over a data set, as a data loader cuts it into batches.</summary>
    /// <param name="epochs">1 or more.</param>
    /// <param name="samplesPerEpoch">Size of the data set, 1 or more.</param>
    /// <param name="batchSize">1 or more.</param>
    /// <param name="dropsLastBatch">Whether a last batch with fewer samples is left out.</param>
    /// <param name="accumulation">Batches per optimizer step, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1, or no batch would be left.</exception>
    public static TrainingPlan FromSamples(int epochs, int samplesPerEpoch, int batchSize, bool dropsLastBatch = false, int accumulation = 1)
    {
        Require.AtLeast(epochs, 1);
        Require.AtLeast(samplesPerEpoch, 1);
        Require.AtLeast(batchSize, 1);
        Require.AtLeast(accumulation, 1);
        var batches = (int)(dropsLastBatch ? samplesPerEpoch / batchSize : ((long)samplesPerEpoch + batchSize - 1) / batchSize);
        if (batches == 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(batchSize), $"A batch of {batchSize} is larger than the {samplesPerEpoch} samples and the incomplete batch is dropped; nothing would be trained.");
        }

        return new TrainingPlan((long)epochs * batches, batches, accumulation, samplesPerEpoch);
    }

    /// <summary>A plan as a checkpoint has it; the counts have been checked.</summary>
    internal static TrainingPlan Restored(long totalBatches, int batchesPerEpoch, int accumulation, long samplesPerEpoch) =>
        new(totalBatches, batchesPerEpoch, accumulation, samplesPerEpoch);

    /// <summary>The moment at which batch number <paramref name="batches"/> (0-based) starts: exact at whole epochs.</summary>
    public double EpochsFromBatches(long batches) => (double)batches / BatchesPerEpoch;

    /// <summary>The moment after <paramref name="steps"/> optimizer steps.</summary>
    public double EpochsFromSteps(long steps) => EpochsFromBatches(checked(steps * Accumulation));

    /// <summary>The moment after <paramref name="samples"/> samples.</summary>
    /// <exception cref="InvalidOperationException">The plan was made without the number of samples.</exception>
    public double EpochsFromSamples(long samples) => SamplesPerEpoch > 0
        ? (double)samples / SamplesPerEpoch
        : throw new InvalidOperationException($"The plan does not know how many samples an epoch has; make it with {nameof(TrainingPlan)}.{nameof(FromSamples)}.");

    /// <summary>The moment at which this share of the run's batches is done, rounded to the nearest batch.</summary>
    /// <param name="fraction">0 is the start of the run and 1 its end.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not between 0 and 1.</exception>
    public double EpochsFromFraction(double fraction) => EpochsFromBatches((long)Math.Round(Require.Factor(fraction) * TotalBatches));

    /// <summary>The number of the first batch that starts at this moment or later.</summary>
    /// <param name="epochs">0 or later; times past all counting give <see cref="long.MaxValue"/>.</param>
    public long BatchAt(double epochs)
    {
        var estimate = Math.Ceiling(epochs * BatchesPerEpoch);
        if (estimate >= MostBatches)
            return long.MaxValue;
        // The product is rounded, so the estimate may be one off in either direction.
        var batch = Math.Max(0, (long)estimate);
        while (batch > 0 && EpochsFromBatches(batch - 1) >= epochs)
            batch--;
        while (EpochsFromBatches(batch) < epochs)
            batch++;
        return batch;
    }
}
