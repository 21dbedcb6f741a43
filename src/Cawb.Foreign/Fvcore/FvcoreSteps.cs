namespace Cawb.Foreign.Fvcore;

/// <summary>Values in a row, each for an equal share of the run.</summary>
internal sealed record FvcoreSteps(double[] Values) : ForeignOnlySchedule
{
    /// <summary>What fvcore adds to <c>where</c> against rounding.</summary>
    public const double Slack = 1e-6;

    public override string FaultAt(double position) => IndexAt(position) >= Values.Length ? "the library's list of values has none for this 'where'." : "";

    public override double ValueAt(double epochs, double baseValue) => Values[(int)Math.Clamp(IndexAt(epochs), 0, Values.Length - 1)];

    public bool Equals(FvcoreSteps? other) => other is not null && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => HashCode.Combine(Values.Length, Values[0]);

    private double IndexAt(double where) => Math.Truncate((where + Slack) * Values.Length);
}
