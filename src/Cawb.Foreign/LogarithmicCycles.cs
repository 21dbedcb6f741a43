namespace Cawb.Foreign;

/// <summary>Where a step lies among growing or shrinking cycles as timm and Keras find it: with a logarithm, whose rounding can miss a restart.</summary>
/// <param name="First">Steps of the first cycle.</param>
/// <param name="Multiplier">Each cycle is so many times as long as the one before.</param>
internal readonly record struct LogarithmicCycles(double First, double Multiplier)
{
    /// <summary>Cycle number, position in it and its length; an infinite cycle where the logarithm has no value.</summary>
    public (double Cycle, double Position, double Length) Locate(double step)
    {
        if (Multiplier == 1)
        {
            var index = Math.Floor(step / First);
            return (index, step - First * index, First);
        }
        if (LogarithmArgument(step) <= 0)
            return (double.PositiveInfinity, 0, 1);
        var cycle = Math.Floor(Math.Log(LogarithmArgument(step)) / Math.Log(Multiplier));
        var growth = Math.Pow(Multiplier, cycle);
        return (cycle, step - (1 - growth) / (1 - Multiplier) * First, growth * First);
    }

    /// <summary>With shrinking cycles all of them together have a finite length: from there on the library takes the logarithm of a number that is not positive.</summary>
    public string FaultAt(double step) => Multiplier != 1 && LogarithmArgument(step) <= 0
        ? "with cycles that shrink the library takes the logarithm of a number that is not positive here, and raises."
        : "";

    /// <summary>Whether the library restarts at every whole step at which a cycle ends, as ours do, in the run and among the first so many cycles.</summary>
    public bool AreExact(Clock clock, double limit = double.PositiveInfinity)
    {
        if (Multiplier == 1)
            return true;
        var (end, length) = (0.0, First);
        for (var cycle = 1; cycle <= Math.Min(limit, Clock.MostBoundaries); cycle++, length *= Multiplier)
        {
            end += length;
            if (end >= clock.RunSteps || end > int.MaxValue)
                return true;
            if (FaultAt(end).Length > 0 || (end == Math.Floor(end) && Locate(end).Cycle != cycle))
                return false;
        }
        return double.IsFinite(limit);
    }

    /// <summary>Why such cycles have no text form.</summary>
    public static string Why(Clock clock) => clock.KnowsTheRun
        ? "misses a restart by the rounding of a logarithm, or has cycles that shrink to nothing; nearest is our cosineRestarts schedule, which restarts at every boundary"
        : "goes on for ever with cycles that our cosineRestarts schedule has for a run of known length";

    private double LogarithmArgument(double step) => 1 - step / First * (1 - Multiplier);
}
