namespace Cawb;

/// <summary>A drop, or a rise, at listed epochs.</summary>
/// <remarks>
/// <c>value(t) = base * factor^k</c> with k milestones at or before t. Source: PyTorch's <c>MultiStepLR</c>, whose values these are.
/// Differs from timm's <c>MultiStepLRScheduler</c>, which drops one epoch early.
/// </remarks>
public sealed record MultiStepSchedule : Schedule
{
    internal static ObjectFormat<Schedule> TextFormat { get; } = ObjectFormat<Schedule>.Of<MultiStepSchedule>(
        "multiStep",
        "A drop, or a rise, at listed epochs.",
        [
            Field<MultiStepSchedule>.Times("milestoneEpochs", schedule => schedule.MilestoneEpochs, "When the value changes, rising.", NumberRange.Positive),
            Field<MultiStepSchedule>.Number("factor", schedule => schedule.Factor, "What each milestone multiplies by.", NumberRange.NotNegative),
        ],
        values => new MultiStepSchedule(values.Numbers("milestoneEpochs"), values.Number("factor")));

    private readonly ValueList<double> milestones;
    private readonly ValueList<double> factors;

    /// <summary>Multiplies by the same factor at each milestone.</summary>
    /// <param name="milestoneEpochs">When the value changes: after 0 and rising; may be empty.</param>
    /// <param name="factor">What each milestone multiplies by, 0 or above.</param>
    /// <exception cref="ArgumentException">The milestones do not rise, or a value is outside its range.</exception>
    public MultiStepSchedule(IEnumerable<double> milestoneEpochs, double factor)
    {
        milestones = Boundaries.Checked(milestoneEpochs);
        Factor = Require.NotNegative(factor);
        factors = new ValueList<double>(Powers(factor, milestones.Count));
        if (!double.IsFinite(factors[^1]))
            throw new ArgumentOutOfRangeException(nameof(factor), $"{Require.Text(factor)} to the power of {milestones.Count} is too large for a number.");
    }

    /// <summary>When the value changes, in epochs, rising.</summary>
    public IReadOnlyList<double> MilestoneEpochs => milestones;

    /// <summary>What each milestone multiplies by.</summary>
    public double Factor { get; }

    /// <inheritdoc/>
    public override bool IsRelative => true;

    /// <inheritdoc/>
    public override double EndEpochs => milestones.Count > 0 ? milestones[^1] : 0;

    internal override ObjectFormat<Schedule> Format => TextFormat;

    /// <inheritdoc/>
    public override double ValueAt(double epochs, double baseValue) => baseValue * factors[Boundaries.CountUpTo(milestones, epochs)];

    internal override Formula FormulaAt(double epochs, double baseValue)
    {
        var passed = Boundaries.CountUpTo(milestones, epochs);
        return new Formula("base * factor ** passed", ("passed", passed)) { Stretch = $"stair {passed + 1} of {milestones.Count + 1}" };
    }

    /// <inheritdoc/>
    public override double ConstantUntil(double epochs) => Boundaries.Next(milestones, epochs);

    /// <inheritdoc/>
    public override IEnumerable<ScheduleEvent> Events(double endEpochs) =>
        milestones.TakeWhile(milestone => milestone <= endEpochs).Select((milestone, i) => new ScheduleEvent(ScheduleEventKind.Phase, milestone, i));

    private static IEnumerable<double> Powers(double factor, int count)
    {
        var power = 1.0;
        for (var i = 0; i <= count; i++, power *= factor)
            yield return power;
    }
}
