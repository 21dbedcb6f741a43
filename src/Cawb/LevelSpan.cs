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

    // end + (start - end) can miss start by a rounding; a curve that begins at the peak has to begin at it exactly.
    private static double Between(double start, double end, double share) => share == 1 ? start : end + (start - end) * share;
}
