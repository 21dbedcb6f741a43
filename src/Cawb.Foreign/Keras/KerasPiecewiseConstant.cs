namespace Cawb.Foreign.Keras;

/// <summary>Values between boundaries; a boundary step still has the old value.</summary>
internal sealed record KerasPiecewiseConstant(double[] Boundaries, double[] Values) : ForeignOnlySchedule
{
    public override double ValueAt(double epochs, double baseValue)
    {
        for (var i = 0; i < Boundaries.Length; i++)
        {
            if (epochs <= Boundaries[i])
                return Values[i];
        }
        return Values[^1];
    }

    public bool Equals(KerasPiecewiseConstant? other) => other is not null && Boundaries.SequenceEqual(other.Boundaries) && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Boundaries.Length, Values[0], Values[^1]);

    // At whole steps "after the boundary" is "from the next step on".
    public override Schedule Candidate() => Boundaries.Length == 0
        ? new ConstantSchedule(Level.Absolute(Values[0]))
        : new PiecewiseConstantSchedule(Boundaries.Select(boundary => Math.Floor(boundary) + 1), Values.Select(Level.Absolute));
}
