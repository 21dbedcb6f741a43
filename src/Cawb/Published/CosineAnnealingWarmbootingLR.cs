namespace Cawb.Published;

/// <summary>
/// The published CAWB scheduler, number for number, with the author's names: for reproducing old runs. New runs take <see cref="CawbSchedule"/>.
/// </summary>
/// <remarks>
/// <para>Source: Huangdebo/CAWB, commit 542f86da577237f7b7979f56067c17cf0fca87be (2021-09-24); behaviour only, the code is ours.
/// With <see cref="EpochScaleMode.Multiply"/> it gives the numbers of the article's figures, which the published code does not.</para>
/// <para>What a user will notice, and <see cref="CawbSchedule"/> does not do:</para>
/// <list type="bullet">
/// <item>A listed epoch belongs to the segment it ends: the boot comes one epoch later and starts at x = 1, so the peak is never produced.</item>
/// <item>In the usual loop, <see cref="Step()"/> after the batches, training lags one epoch behind, and the last value is never used.</item>
/// <item>During the warm-up epochs <see cref="Step()"/> evaluates the curve at negative x; the first epoch after the warm-up trains with x = -1.</item>
/// <item>The ramp of <see cref="StepBatch"/> starts at 0, counts calls and not epochs, goes to the plain base rate, and is replayed on resume.</item>
/// <item>The default <c>epochScale</c> is 1, which lengthens every curve but the last by an epoch.</item>
/// <item>Past the end there is no segment: the rate is that of a curve at the raw epoch number and may be negative.</item>
/// <item>Listed epochs at or outside warm-up and end are dropped silently; one listed twice scales twice.</item>
/// <item>All defaults, and a warm-up as long as the run, leave a curve of length 0: an error on the first step.</item>
/// </list>
/// <para>Faults of the original that are no numbers are not reproduced: the caller's list is not sorted, and nothing touches an optimizer.</para>
/// </remarks>
public sealed class CosineAnnealingWarmbootingLR
{
    private readonly double[] baseLearningRates;
    private readonly double[] learningRates;
    private readonly ValueList<double> segments;
    private readonly Annealing annealing;
    private readonly double stepScale;
    private readonly double epochScale;
    private readonly EpochScaleMode epochScaleMode;
    private double batchIters = -1;

    /// <summary>With the built-in formula, a cosine down to <paramref name="etaMin"/>.</summary>
    /// <param name="learningRates">Of the optimizer's groups at construction, which the class takes for the base rates.</param>
    /// <param name="epochs">Length of the run.</param>
    /// <param name="steps">Epochs after which the rate is booted, in any order; may be empty.</param>
    /// <param name="stepScale">Multiplies the start of each further segment.</param>
    /// <param name="etaMin">Floor of the cosine as a fraction of the segment's start.</param>
    /// <param name="batchs">Batches per epoch, for the ramp of the warm-up; spelled as the author does.</param>
    /// <param name="warmupEpoch">Length of the warm-up in epochs.</param>
    /// <param name="epochScale">Stretches the curve of every segment but the last.</param>
    /// <param name="epochScaleMode">Added, as in the published code, or multiplied, as in the article.</param>
    /// <exception cref="ArgumentException">There is no group, or a number is not finite.</exception>
    public CosineAnnealingWarmbootingLR(
        ReadOnlySpan<double> learningRates,
        double epochs,
        IEnumerable<double> steps,
        double stepScale = 0.8,
        double etaMin = 0.05,
        double batchs = 0,
        double warmupEpoch = 0,
        double epochScale = 1,
        EpochScaleMode epochScaleMode = EpochScaleMode.Add)
        : this(learningRates, epochs, steps, Annealing.CosineTo(etaMin), stepScale, batchs, warmupEpoch, epochScale, epochScaleMode)
    {
    }

    /// <summary>With a formula of one's own, the author's <c>lf</c>, which knows no <c>eta_min</c>.</summary>
    /// <param name="learningRates">Of the optimizer's groups at construction, which the class takes for the base rates.</param>
    /// <param name="epochs">Length of the run.</param>
    /// <param name="steps">Epochs after which the rate is booted, in any order; may be empty.</param>
    /// <param name="lf">The factor at x epochs into a curve of y epochs.</param>
    /// <param name="stepScale">Multiplies the start of each further segment.</param>
    /// <param name="batchs">Batches per epoch, for the ramp of the warm-up; spelled as the author does.</param>
    /// <param name="warmupEpoch">Length of the warm-up in epochs.</param>
    /// <param name="epochScale">Stretches the curve of every segment but the last.</param>
    /// <param name="epochScaleMode">Added, as in the published code, or multiplied, as in the article.</param>
    /// <exception cref="ArgumentException">There is no group, or a number is not finite.</exception>
    public CosineAnnealingWarmbootingLR(
        ReadOnlySpan<double> learningRates,
        double epochs,
        IEnumerable<double> steps,
        Annealing lf,
        double stepScale = 0.8,
        double batchs = 0,
        double warmupEpoch = 0,
        double epochScale = 1,
        EpochScaleMode epochScaleMode = EpochScaleMode.Add)
    {
        if (learningRates.IsEmpty)
            throw new ArgumentException("There must be at least one parameter group; got none.", nameof(learningRates));
        foreach (var rate in learningRates)
            Require.Finite(rate, nameof(learningRates));
        baseLearningRates = learningRates.ToArray();
        this.learningRates = learningRates.ToArray();
        Require.Finite(epochs);
        Require.Finite(warmupEpoch);
        segments = new ValueList<double>([warmupEpoch, .. Require.NotNull(steps).Where(step => step > warmupEpoch && step < epochs).Order(), epochs]);
        annealing = Require.NotNull(lf);
        this.stepScale = Require.Finite(stepScale);
        this.epochScale = Require.Finite(epochScale);
        this.epochScaleMode = Require.Defined(epochScaleMode);
        WarmupIters = Require.Finite(batchs) * warmupEpoch;
    }

    /// <summary>Added to the counter of epochs; set it after construction to resume, as the author does.</summary>
    public int LastEpoch { get; set; }

    /// <summary>Counter of epochs: -1 before the first <see cref="Step()"/>, a fraction after one with a fraction.</summary>
    public double Iters { get; private set; } = -1;

    /// <summary>y, the length of the curve that the last step used; 0 before the first.</summary>
    public double Gap { get; private set; }

    /// <summary>Calls of <see cref="StepBatch"/> that the ramp takes.</summary>
    public double WarmupIters { get; }

    /// <summary>The warm-up's end, the boots that were kept, and the end.</summary>
    public IReadOnlyList<double> Segments => segments;

    /// <summary>The current rates, one per group.</summary>
    public ReadOnlySpan<double> LearningRates => learningRates;

    /// <summary>Goes on to the next epoch; the first call is epoch 0.</summary>
    /// <returns>The rate of the first group.</returns>
    /// <exception cref="InvalidOperationException">The curve has length 0, where the original divides by zero, or gives no real number.</exception>
    public double Step() => StepTo(Iters + 1);

    /// <summary>Goes to a given epoch, from which further calls of <see cref="Step()"/> count on.</summary>
    /// <param name="externalIter">Any epoch; <see cref="LastEpoch"/> is added to it.</param>
    /// <returns>The rate of the first group.</returns>
    /// <exception cref="InvalidOperationException">The curve has length 0, where the original divides by zero, or gives no real number.</exception>
    public double Step(double externalIter) => StepTo(Require.Finite(externalIter));

    /// <summary>One batch of the warm-up's ramp; call it before every batch.</summary>
    /// <returns>The rate of the first group; nothing after the ramp, when the rates are left alone.</returns>
    public double? StepBatch()
    {
        batchIters++;
        if (!(batchIters < WarmupIters))
            return null;
        for (var i = 0; i < learningRates.Length; i++)
            learningRates[i] = baseLearningRates[i] * (batchIters / WarmupIters);
        return learningRates[0];
    }

    private double StepTo(double iters)
    {
        Iters = iters;
        var epoch = iters + LastEpoch;
        var (x, scale) = (epoch, 1.0);
        // Past the end no segment matches: x stays the raw epoch, the gap that of the call before, and every segment scales.
        for (var i = 0; i + 1 < segments.Count; i++, scale *= stepScale)
        {
            if (!(epoch <= segments[i + 1]))
                continue;
            Gap = GapOf(i);
            x = epoch - segments[i];
            break;
        }

        var factor = FactorAt(x);
        for (var i = 0; i < learningRates.Length; i++)
            learningRates[i] = scale * baseLearningRates[i] * factor;
        return learningRates[0];
    }

    private double GapOf(int segment)
    {
        var length = segments[segment + 1] - segments[segment];
        if (segment + 2 == segments.Count)
            return length;
        return epochScaleMode == EpochScaleMode.Add ? length + epochScale : length * epochScale;
    }

    private double FactorAt(double x)
    {
        if (Gap == 0)
        {
            throw new InvalidOperationException(
                $"The annealing curve at epoch {Require.Text(Iters + LastEpoch)} has length 0, where the published code divides by zero: segments {string.Join(", ", segments.Select(Require.Text))}. "
                + "Let the warm-up end before the run does, and the stretch leave every segment a length.");
        }

        var factor = annealing.FactorAt(x, Gap);
        return double.IsFinite(factor)
            ? factor
            : throw new InvalidOperationException($"The annealing gives no real number at x = {Require.Text(x)} of y = {Require.Text(Gap)}.");
    }
}
