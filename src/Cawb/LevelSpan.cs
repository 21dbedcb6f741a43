namespace Cawb;

/// <summary>The two ends of a curve. A share of 1 is the start and 0 the end.</summary>
internal readonly record struct LevelSpan(Level Start, Level End)
{
    public bool IsRelative => !Start.IsAbsolute && !End.IsAbsolute;

    /// <summary><c>end + (start - end) * share</c>, exact at shares 0 and 1.</summary>
    public double ValueAt(double share, double baseValue)
    {
        // With two factors the base is multiplied last, which is what IsRelative promises.
        if (IsRelative)
            return baseValue * Between(Start.Amount, End.Amount, share);
        return Between(Start.Of(baseValue), End.Of(baseValue), share);
    }

    /// <summary>The value of a decay of this shape at a progress of 0 to 1.</summary>
    public double ValueAt(DecayShape shape, double progress, double baseValue)
    {
        if (IsRelative)
            return baseValue * Decayed(shape, Start.Amount, End.Amount, progress);
        return Decayed(shape, Start.Of(baseValue), End.Of(baseValue), progress);
    }

    private static double Decayed(DecayShape shape, double start, double end, double u)
    {
        if (u == 1 || start == end)
            return end;
        if (shape is DecayShape.Exponential or DecayShape.InverseProportional && (start == 0 || end == 0))
            (start, end) = OffZero(start, end, shape);
        return shape switch
        {
            DecayShape.Linear => Between(start, end, 1 - u),
            DecayShape.Cosine => Between(start, end, HalfCosine.At(u)),
            DecayShape.MirrorCosine => Between(start, end, 2 * (1 - u) - HalfCosine.At(u)),
            DecayShape.SquareRoot => Between(start, end, 1 - Math.Sqrt(u)),
            DecayShape.Square => Between(start, end, 1 - u * u),
            DecayShape.Exponential => start * Math.Pow(end / start, u),
            _ => 1 / (u / end + (1 - u) / start),
        };
    }

    // 0 as DecayShape says it: the exponential curve needs no visible distance from 0 to be continuous, the inverse-proportional one does.
    private static (double Start, double End) OffZero(double start, double end, DecayShape shape)
    {
        var least = Math.Max(double.Epsilon, Math.Max(start, end) * (shape == DecayShape.Exponential ? 1e-300 : 1e-6));
        return (Math.Max(start, least), Math.Max(end, least));
    }

    // end + (start - end) can miss start by a rounding; a curve that begins at the peak has to begin at it exactly.
    private static double Between(double start, double end, double share) => share == 1 ? start : end + (start - end) * share;
}
