namespace Cawb.Foreign.Timm;

/// <summary>Where a step lies among timm's cycles. The cycle is found with a logarithm, so a restart can be missed by its rounding.</summary>
/// <param name="FirstLength">Steps of the first cycle (<c>t_initial</c>).</param>
/// <param name="LengthMultiplier">Each cycle is so many times as long as the one before (<c>cycle_mul</c>).</param>
/// <param name="Decay">Each peak is so many times as high (<c>cycle_decay</c>).</param>
/// <param name="Limit">How many cycles there are (<c>cycle_limit</c>); after them the rate is the floor.</param>
internal readonly record struct TimmCycles(double FirstLength, double LengthMultiplier, double Decay, double Limit)
{
    public static TimmCycles Read(Arguments arguments) => new(
        arguments.Number("t_initial", value => value > 0, "above 0"),
        arguments.Number("cycle_mul", value => value > 0, "above 0"),
        arguments.Number("cycle_decay"),
        arguments.Number("cycle_limit"));

    /// <summary>With shrinking cycles all of them together have a finite length: from there on the logarithm has no value.</summary>
    public bool IsPastAllCycles(double t) => LengthMultiplier != 1 && LogarithmArgument(t) <= 0;

    /// <summary>Cycle number, position in it and its length.</summary>
    public (double Cycle, double Position, double Length) Locate(double t)
    {
        if (LengthMultiplier == 1)
        {
            var index = Math.Floor(t / FirstLength);
            return (index, t - FirstLength * index, FirstLength);
        }
        if (IsPastAllCycles(t))
            return (double.PositiveInfinity, 0, 0);
        var cycle = Math.Floor(Math.Log(LogarithmArgument(t)) / Math.Log(LengthMultiplier));
        var growth = Math.Pow(LengthMultiplier, cycle);
        return (cycle, t - (1 - growth) / (1 - LengthMultiplier) * FirstLength, growth * FirstLength);
    }

    /// <summary>timm's <c>get_cycle_length</c>; 0 cycles mean all of them.</summary>
    public double TotalLength(int cycles, TimmWarmup warmup)
    {
        var count = Math.Max(1, cycles == 0 ? Limit : cycles);
        var length = LengthMultiplier == 1
            ? FirstLength * count
            : Math.Floor(-FirstLength * (Math.Pow(LengthMultiplier, count) - 1) / (1 - LengthMultiplier));
        return warmup.IsPrefix ? length + warmup.Steps : length;
    }

    private double LogarithmArgument(double t) => 1 - t / FirstLength * (1 - LengthMultiplier);
}
