namespace Cawb.Foreign.Keras;

/// <summary>Half a cosine per cycle, each <c>t_mul</c> times as long and <c>m_mul</c> times as high as the one before.</summary>
/// <remarks>The cycle is found with a logarithm, so a restart can be missed by its rounding.</remarks>
internal sealed record KerasCosineRestarts(double Initial, double FirstLength, double LengthMultiplier, double HeightMultiplier, double Alpha) : ForeignOnlySchedule
{
    public override string FaultAt(double position) => LengthMultiplier != 1 && LogarithmArgument(position) <= 0
        ? "with t_mul below 1 the library takes the logarithm of a number that is not positive here."
        : "";

    public override double ValueAt(double epochs, double baseValue)
    {
        var step = Math.Max(epochs, 0);
        if (FaultAt(step).Length > 0)
            return Initial * Alpha;
        var (cycle, share) = Locate(step / FirstLength);
        var cosine = 0.5 * Math.Pow(HeightMultiplier, cycle) * (1 + Math.Cos(Math.PI * share));
        return Initial * ((1 - Alpha) * cosine + Alpha);
    }

    private (double Cycle, double Share) Locate(double completed)
    {
        if (LengthMultiplier == 1)
            return (Math.Floor(completed), completed - Math.Floor(completed));
        var cycle = Math.Floor(Math.Log(1 - completed * (1 - LengthMultiplier)) / Math.Log(LengthMultiplier));
        var growth = Math.Pow(LengthMultiplier, cycle);
        return (cycle, (completed - (1 - growth) / (1 - LengthMultiplier)) / growth);
    }

    private double LogarithmArgument(double step) => 1 - step / FirstLength * (1 - LengthMultiplier);

    public override Schedule? Candidate()
    {
        if (HeightMultiplier == 1 || Alpha == 0)
            return Equivalent.EndlessRestarts(FirstLength, LengthMultiplier, Level.Absolute(Initial), Level.Absolute(Initial * Alpha), HeightMultiplier);
        // The floor stays while the height above it shrinks.
        var above = Equivalent.EndlessRestarts(FirstLength, LengthMultiplier, Level.Absolute(Initial * (1 - Alpha)), Level.Zero, HeightMultiplier);
        return above is null ? null : new SumSchedule(new ConstantSchedule(Level.Absolute(Initial * Alpha)), above);
    }
}
