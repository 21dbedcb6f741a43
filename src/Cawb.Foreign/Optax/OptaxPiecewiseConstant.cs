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

    public override Schedule Candidate()
    {
        var (value, levels, steps) = (Initial, new List<Level> { Level.Absolute(Initial) }, new List<double>());
        foreach (var (step, scale) in Boundaries.Items)
        {
            value *= scale;
            levels.Add(Level.Absolute(value));
            steps.Add(step);
        }
        // What is reached at step 0 already is where the schedule starts.
        var past = steps.Count(step => step <= 0);
        return steps.Count == past ? new ConstantSchedule(levels[past]) : new PiecewiseConstantSchedule(steps.Skip(past), levels.Skip(past));
    }
}
