namespace Cawb.Foreign;

/// <summary>The clock on which a row writes its schedule, and the run for which it writes it.</summary>
/// <param name="StepsPerEpoch">So many of the library's steps are one unit of the clock; 1 leaves them as they are.</param>
/// <param name="RunSteps">The steps of the run: what comes later is never trained with. Infinite where the run is not known.</param>
/// <param name="Offset">The step at which a part begins whose own time starts at 0.</param>
/// <param name="Stretch">What one of the library's units is multiplied by: the length of the run for a library that counts its shares.</param>
internal sealed record Clock(int StepsPerEpoch, double RunSteps, double Offset = 0, double Stretch = 1)
{
    /// <summary>A longer list of boundaries is no schedule that anybody reads.</summary>
    public const int MostBoundaries = 1000;

    public static Clock OwnSteps { get; } = new(1, double.PositiveInfinity);

    /// <summary>Whether it begins, and whatever it is a part of, with a whole unit.</summary>
    private bool StartsWhole { get; init; } = true;

    public bool KnowsTheRun => double.IsFinite(RunSteps);

    public double At(double steps) => steps * Stretch / StepsPerEpoch;

    /// <summary>The moment of a jump. In a part that begins later, moments are differences, whose rounding must not put the jump after its batch.</summary>
    public double JumpAt(double steps)
    {
        if (Offset == 0 || IsWhole(steps))
            return At(steps);
        // A few units in the last place early: no batch starts in between.
        var moment = At(Offset + steps);
        return At(steps) - 4 * (Math.BitIncrement(moment) - moment);
    }

    /// <summary>The end of a curve that is a power of what is left of it: a root is as steep there as a jump.</summary>
    public double EndAt(double steps, double power) => power < 1 ? JumpAt(steps) : At(steps);

    /// <summary>Whether multiples of this many steps are hit exactly by multiples of their moment.</summary>
    public bool IsWhole(double steps) => StepsPerEpoch == 1 || (StartsWhole && steps % StepsPerEpoch == 0);

    /// <summary>The same for a part that begins so many steps later.</summary>
    public Clock After(double steps) => Entered(steps) with { RunSteps = Math.Max(0, RunSteps - steps) };

    /// <summary>The same for a part that has run on underneath and is entered after so many steps.</summary>
    public Clock Entered(double steps) => this with { Offset = Offset + steps, StartsWhole = StartsWhole && steps % StepsPerEpoch == 0 };

    /// <summary>The multiples of an interval before the end of the run; none where there are too many of them.</summary>
    public IReadOnlyList<double>? Multiples(double interval) => RunSteps / interval <= MostBoundaries
        ? [.. Enumerable.Range(1, MostBoundaries).Select(count => count * interval).TakeWhile(step => step < RunSteps)]
        : null;
}
