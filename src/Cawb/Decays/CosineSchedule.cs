namespace Cawb;

/// <summary>Half a cosine from one level to another, then flat.</summary>
/// <remarks>
/// <c>value(t) = end + (start - end)(1 + cos(pi t / T)) / 2</c>. Source: arXiv:1608.03983, equation 5, one cycle.
/// Differs from PyTorch's <c>CosineAnnealingLR</c> and Hugging Face's cosine: it stays at its end instead of rising again.
/// </remarks>
public sealed record CosineSchedule : DecaySchedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<CosineSchedule>(
        "cosine",
        "Half a cosine from one level to another, then flat.",
        [
            Field<CosineSchedule>.Time("durationEpochs", schedule => schedule.DurationEpochs, "Length of the half cosine in epochs.", NumberRange.Positive, EndMove.Follows),
            Field<CosineSchedule>.Level("start", schedule => schedule.Start, "Where the curve starts.", Level.Base),
            Field<CosineSchedule>.Level("end", schedule => schedule.End, "Where the curve ends.", Level.Zero),
        ],
        values => new CosineSchedule(values.Number("durationEpochs"), values.Level("start"), values.Level("end")));

    /// <summary>From the base down to a fraction of it.</summary>
    /// <param name="durationEpochs">Length of the half cosine in epochs, above 0.</param>
    /// <param name="minFactor">Where it ends, between 0 and 1 times the base.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public CosineSchedule(double durationEpochs, double minFactor = 0) : this(durationEpochs, Level.Base, Level.Factor(Require.Factor(minFactor)))
    {
    }

    /// <summary>Between any two levels, up or down.</summary>
    /// <param name="durationEpochs">Length of the half cosine in epochs, above 0.</param>
    /// <param name="start">Where the curve starts.</param>
    /// <param name="end">Where the curve ends.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is not above 0.</exception>
    public CosineSchedule(double durationEpochs, Level start, Level end) : base(durationEpochs, start, end)
    {
    }

    internal override ObjectFormat<Schedule> Format => TextFormat;

    internal override void FillCore(TrainingPlan plan, long firstBatch, double baseValue, Span<double> destination)
    {
        // The batches before the end are the curve; those after it all have its last value.
        var curve = (int)Math.Clamp(plan.BatchAt(DurationEpochs) - firstBatch, 0, destination.Length);
        HalfCosineTable.Fill(new HalfCosineCurve(plan.BatchesPerEpoch, DurationEpochs, Start, End, baseValue), firstBatch, destination[..curve]);
        destination[curve..].Fill(ValueAt(DurationEpochs, baseValue));
    }

    private protected override string ShareFormula => "(1 + cos(pi * t / durationEpochs)) / 2";

    private protected override double ShareAt(double progress) => HalfCosine.At(progress);
}
