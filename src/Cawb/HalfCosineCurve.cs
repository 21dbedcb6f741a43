namespace Cawb;

/// <summary>A half cosine over time for one group: what <see cref="HalfCosineTable.Fill"/> needs of a schedule.</summary>
/// <remarks>The batch before <see cref="DurationEpochs"/> is the last one it describes.</remarks>
internal readonly record struct HalfCosineCurve
{
    public HalfCosineCurve(int batchesPerEpoch, double durationEpochs, Level start, Level end, double baseValue)
    {
        BatchesPerEpoch = batchesPerEpoch;
        DurationEpochs = durationEpochs;
        var isRelative = new LevelSpan(start, end).IsRelative;
        // As in LevelSpan: with two factors the base is multiplied last. Multiplying by 1 changes no bit.
        (Start, End, Multiplier) = isRelative ? (start.Amount, end.Amount, baseValue) : (start.Of(baseValue), end.Of(baseValue), 1);
    }

    public int BatchesPerEpoch { get; }

    public double DurationEpochs { get; }

    public double Start { get; }

    public double End { get; }

    public double Multiplier { get; }

    public double ValueAt(long batch)
    {
        var share = HalfCosine.At((double)batch / BatchesPerEpoch / DurationEpochs);
        return Multiplier * (share == 1 ? Start : End + (Start - End) * share);
    }
}
