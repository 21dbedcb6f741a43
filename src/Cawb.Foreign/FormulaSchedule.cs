namespace Cawb.Foreign;

/// <summary>A library's own numbers where none of our schedules has them, as a function of its step and the base value. It has no text form; equal identities are equal schedules.</summary>
internal sealed record FormulaSchedule : Schedule
{
    private readonly string identity;
    private readonly Func<double, double, double> value;

    /// <param name="identity">Function, arguments and everything else that the formula depends on.</param>
    /// <param name="value">Of the step and the base value, finite for every step.</param>
    /// <param name="isRelative">Whether it is the base value times a factor of the step.</param>
    /// <param name="endSteps">From where on the value stays.</param>
    public FormulaSchedule(string identity, Func<double, double, double> value, bool isRelative = false, double endSteps = double.PositiveInfinity)
    {
        this.identity = identity;
        this.value = value;
        IsRelative = isRelative;
        EndEpochs = endSteps;
    }

    public override bool IsRelative { get; }

    public override double EndEpochs { get; }

    protected override string Identity => identity;

    public override double ConstantUntil(double epochs) => epochs >= EndEpochs ? double.PositiveInfinity : epochs;

    public override double ValueAt(double epochs, double baseValue)
    {
        var step = Math.Max(epochs, 0);
        return IsRelative ? baseValue * value(step, 1) : value(step, baseValue);
    }

    public bool Equals(FormulaSchedule? other) => other is not null && identity == other.identity;

    public override int GetHashCode() => identity.GetHashCode(StringComparison.Ordinal);
}
