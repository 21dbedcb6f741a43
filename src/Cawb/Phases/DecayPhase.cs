namespace Cawb;

/// <summary>What schedules with a decay phase share.</summary>
internal static class DecayPhase
{
    public static DecayShape Checked(DecayShape shape, Level end)
    {
        Require.Defined(shape);
        if (shape is DecayShape.Exponential or DecayShape.InverseProportional && end.Amount == 0)
            throw new ArgumentException($"The shape {shape} cannot reach 0; give an end above 0, or take another shape.", nameof(end));
        return shape;
    }

    /// <summary>What holds in a warm-up, before a decay, or in it.</summary>
    public static Formula FormulaAt(double epochs, double warmupEpochs, double startEpochs, double endEpochs, Level peak, DecayShape shape, string decay)
    {
        if (epochs < warmupEpochs)
            return new Formula("start + (peak - start) * t / warmupEpochs") { Stretch = "the warm-up" };
        return epochs < startEpochs
            ? Formula.Of("peak", peak) with { Stretch = "the stable phase" }
            : new Formula(LevelSpan.Formula(shape, "peak", "end", "x / decayEpochs"), ("x", Math.Min(epochs, endEpochs) - startEpochs)) { Stretch = decay };
    }

    /// <summary>0 at the start of the phase, 1 from its end on.</summary>
    public static double ProgressAt(double epochs, double startEpochs, double endEpochs) =>
        epochs >= endEpochs ? 1 : (epochs - startEpochs) / (endEpochs - startEpochs);
}
