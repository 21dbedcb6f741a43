namespace Cawb.Yolov5;

/// <summary>The whole warm-up and decay of a YOLOv5 run: learning rates of the bias group and the others, momentum, and batches per optimizer step.</summary>
/// <remarks>
/// Facts of versions 6.1 to 7.0: <c>n = max(round(warmupEpochs * batches), 100)</c> warm-up iterations, halves rounded to even; a floor of 1000 in versions 6.0 and 6.1.
/// With few batches the warm-up can be longer than the run.
/// </remarks>
public sealed record Yolov5Recipe
{
    /// <summary>A recipe for a plan.</summary>
    /// <param name="plan">Of whole epochs.</param>
    /// <param name="finalFactor">The original's lrf, between 0 and 1.</param>
    /// <param name="curve">How the rate falls.</param>
    /// <param name="warmupEpochs">0 or more; the floor makes it longer where an epoch has few batches.</param>
    /// <param name="warmupFloorBatches">Fewest warm-up iterations, 0 or more.</param>
    /// <param name="nominalAccumulation">Nominal batch over batch size, 64 over the batch size in the original; above 0, need not be whole.</param>
    /// <param name="warmupBiasLearningRate">Absolute rate that the biases start at, 0 or above.</param>
    /// <param name="warmupMomentum">Momentum at the start, between 0 and 1.</param>
    /// <exception cref="ArgumentException">A value outside its range, or a plan that ends inside an epoch.</exception>
    public Yolov5Recipe(
        TrainingPlan plan,
        double finalFactor = 0.01,
        Yolov5Curve curve = Yolov5Curve.Linear,
        double warmupEpochs = 3,
        int warmupFloorBatches = 100,
        double nominalAccumulation = 1,
        double warmupBiasLearningRate = 0.1,
        double warmupMomentum = 0.8)
    {
        Require.NotNull(plan);
        if (plan.Epochs != Math.Floor(plan.Epochs) || plan.Epochs > int.MaxValue)
            throw new ArgumentException($"The run must have whole epochs; it has {Require.Text(plan.Epochs)}.", nameof(plan));
        Require.NotNegative(warmupEpochs);
        NominalAccumulation = Require.Positive(nominalAccumulation);
        WarmupBatches = Math.Max((long)Math.Round(warmupEpochs * plan.BatchesPerEpoch, MidpointRounding.ToEven), Require.AtLeast(warmupFloorBatches, 0));
        var length = plan.EpochsFromBatches(WarmupBatches);
        LearningRate = new Yolov5Schedule((int)plan.Epochs, length, Level.Zero, finalFactor, curve);
        BiasLearningRate = new Yolov5Schedule((int)plan.Epochs, length, Level.Absolute(warmupBiasLearningRate), finalFactor, curve);
        Momentum = length > 0 ? new LinearSchedule(length, Level.Absolute(Require.Factor(warmupMomentum)), Level.Base) : new ConstantSchedule();
    }

    /// <summary>Number of the last warm-up iteration.</summary>
    public long WarmupBatches { get; }

    /// <summary>Nominal batch over batch size.</summary>
    public double NominalAccumulation { get; }

    /// <summary>Of every group but the biases: from 0.</summary>
    public Yolov5Schedule LearningRate { get; }

    /// <summary>Of the biases: from an absolute rate, 0.1 in the original.</summary>
    public Yolov5Schedule BiasLearningRate { get; }

    /// <summary>From an absolute value, 0.8 in the original, to the base.</summary>
    public Schedule Momentum { get; }

    /// <summary>Batches per optimizer step at a batch: rises from 1 to the nominal value over the warm-up, rounded half to even, at least 1.</summary>
    /// <param name="batch">0-based number of the batch in the run.</param>
    public int AccumulationAt(long batch)
    {
        var progress = WarmupBatches == 0 || batch >= WarmupBatches ? 1 : (double)batch / WarmupBatches;
        // Interpolated from the first value, as the original's library does; the other order rounds differently at the halves.
        var exact = 1 + (NominalAccumulation - 1) * progress;
        return Math.Max(1, (int)Math.Round(exact, MidpointRounding.ToEven));
    }
}
