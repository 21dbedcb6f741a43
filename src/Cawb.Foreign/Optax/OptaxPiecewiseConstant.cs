namespace Cawb.Foreign.Optax;

/// <summary>The initial value times the scale of every boundary that has been reached.</summary>
internal sealed record OptaxPiecewiseConstant(double Initial, OptaxBoundaries Boundaries) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue)
    {
        var value = Initial;
        foreach (var (step, scale) in Boundaries.Items)
        {
            if (epochs >= step)
                value *= scale;
        }
        return value;
    }
}
