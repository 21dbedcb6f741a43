namespace Cawb.Foreign.Optax;

/// <summary>From one boundary's value to the next in a line or half a cosine; the values are the cumulated products of the scales.</summary>
internal sealed record OptaxPiecewiseInterpolate(double Initial, OptaxBoundaries Boundaries, bool IsCosine) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue)
    {
        var (start, value) = (0.0, Initial);
        foreach (var (step, scale) in Boundaries.Items)
        {
            if (epochs < step)
                return Between(value, value * scale, (Math.Max(epochs, 0) - start) / (step - start));
            (start, value) = (step, value * scale);
        }
        return value;
    }

    private double Between(double from, double to, double share) =>
        IsCosine ? to + (from - to) / 2 * (Math.Cos(Math.PI * share) + 1) : (to - from) * share + from;

    public override Schedule Candidate()
    {
        var (value, levels, steps) = (Initial, new List<Level> { Level.Absolute(Initial) }, new List<double> { 0 });
        foreach (var (step, scale) in Boundaries.Items)
        {
            value *= scale;
            levels.Add(Level.Absolute(value));
            steps.Add(step);
        }
        var past = steps.Count(step => step <= 0) - 1;
        return new InterpolatedSchedule(steps.Skip(past), levels.Skip(past), IsCosine ? Interpolation.Cosine : Interpolation.Linear);
    }
}
