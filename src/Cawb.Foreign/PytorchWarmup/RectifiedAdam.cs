namespace Cawb.Foreign.PytorchWarmup;

/// <summary>The warm-up that RAdam's variance rectification amounts to (arXiv:1908.03265), started where it is defined.</summary>
internal sealed class RectifiedAdam
{
    private readonly double beta2;
    private readonly double limit;
    private readonly int firstStep = 1;

    /// <param name="beta2">Above 0.6, so that the rectification is defined at all, and below 1.</param>
    public RectifiedAdam(double beta2)
    {
        this.beta2 = beta2;
        limit = 2 / (1 - beta2) - 1;
        while (LengthAt(firstStep) <= 4)
            firstStep++;
    }

    public double FactorAt(double step)
    {
        var length = LengthAt(step + firstStep);
        return Math.Sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length));
    }

    private double LengthAt(double step)
    {
        var power = Math.Pow(beta2, step);
        return limit - 2 * step * power / (1 - power);
    }
}
