namespace Cawb;

/// <summary>A curve from one level to another over a number of epochs, flat ever after.</summary>
/// <remarks><c>value(t) = end + (start - end) * share(t / T)</c> for t &lt; T, with a share that falls from 1; the value at T for all t &gt;= T.</remarks>
public abstract record DecaySchedule : Schedule
{
    private readonly LevelSpan span;

    private protected DecaySchedule(double durationEpochs, Level start, Level end)
    {
        DurationEpochs = Require.Positive(durationEpochs);
        span = new LevelSpan(start, end);
    }

    /// <summary>T, the length of the curve in epochs, above 0.</summary>
    public double DurationEpochs { get; }

    /// <summary>Where the curve starts.</summary>
    public Level Start => span.Start;

    /// <summary>What the curve falls towards.</summary>
    public Level End => span.End;

    /// <inheritdoc/>
    public sealed override bool IsRelative => span.IsRelative;

    /// <inheritdoc/>
    public sealed override double EndEpochs => DurationEpochs;

    /// <inheritdoc/>
    public sealed override double ValueAt(double epochs, double baseValue) => span.ValueAt(ShareAt(ProgressAt(epochs)), baseValue);

    /// <inheritdoc/>
    public sealed override double ConstantUntil(double epochs) => epochs >= DurationEpochs ? double.PositiveInfinity : epochs;

    /// <summary>The share of the way from end to start that is left.</summary>
    /// <param name="progress">0 at the start of the curve, 1 at its end.</param>
    private protected abstract double ShareAt(double progress);

    /// <summary><see cref="ShareAt"/> in the names of the fields, and t.</summary>
    private protected abstract string ShareFormula { get; }

    internal sealed override Formula FormulaAt(double epochs, double baseValue) => new($"end + (start - end) * {ShareFormula}") { Stretch = "the curve" };

    private double ProgressAt(double epochs) => epochs <= 0 ? 0 : epochs >= DurationEpochs ? 1 : epochs / DurationEpochs;
}
