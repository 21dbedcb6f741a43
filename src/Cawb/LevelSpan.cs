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

    /// <summary>The same as a formula of texts; the progress is a name or a quotient of names.</summary>
    public static string Formula(DecayShape shape, string start, string end, string progress) => shape switch
    {
        DecayShape.Linear => $"{end} + ({start} - {end}) * (1 - {progress})",
        DecayShape.Cosine => $"{end} + ({start} - {end}) * (1 + cos(pi * {progress})) / 2",
        DecayShape.MirrorCosine => $"{end} + ({start} - {end}) * (2 * (1 - {progress}) - (1 + cos(pi * {progress})) / 2)",
        DecayShape.SquareRoot => $"{end} + ({start} - {end}) * (1 - sqrt({progress}))",
        DecayShape.Square => $"{end} + ({start} - {end}) * (1 - ({progress}) ** 2)",
        DecayShape.Exponential => $"{start} * ({end} / {start}) ** ({progress})",
        _ => $"1 / ({progress} / {end} + (1 - {progress}) / {start})",
    };

    /// <summary>The formula of a line or a half cosine.</summary>
    public static string Formula(Interpolation interpolation, string start, string end, string progress) =>
        Formula(interpolation == Interpolation.Linear ? DecayShape.Linear : DecayShape.Cosine, start, end, progress);

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
