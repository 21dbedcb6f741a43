namespace Cawb.Foreign;

/// <summary>Walks schedules that are functions of the position: <c>step()</c> goes one on, <c>step(position)</c> jumps.</summary>
internal sealed class FunctionScheduler : ForeignScheduler
{
    private readonly IReadOnlyList<ForeignOnlySchedule> schedules;
    private readonly IReadOnlyList<ForeignOnlySchedule> momenta;
    private readonly double[] baseRates;
    private double position;

    /// <param name="name">Library and function.</param>
    /// <param name="schedules">One per group.</param>
    /// <param name="baseRates">One per group.</param>
    /// <param name="initialRates">What the library's constructor leaves; the values at position 0 where it computes them.</param>
    public FunctionScheduler(string name, IReadOnlyList<ForeignOnlySchedule> schedules, IReadOnlyList<double> baseRates, IReadOnlyList<double> initialRates)
        : this(name, schedules, baseRates, initialRates, momenta: [], start: 0)
    {
    }

    /// <param name="name">Library and function.</param>
    /// <param name="schedules">One per group.</param>
    /// <param name="baseRates">One per group.</param>
    /// <param name="initialRates">What the library's constructor leaves.</param>
    /// <param name="momenta">One per group, or none.</param>
    /// <param name="start">The first position.</param>
    public FunctionScheduler(
        string name,
        IReadOnlyList<ForeignOnlySchedule> schedules,
        IReadOnlyList<double> baseRates,
        IReadOnlyList<double> initialRates,
        IReadOnlyList<ForeignOnlySchedule> momenta,
        double start)
        : base(name, ParameterGroups.Fresh(initialRates, momentum: momenta.Count > 0 ? momenta[0].ValueAt(start, 1) : 0))
    {
        this.schedules = schedules;
        this.momenta = momenta;
        this.baseRates = [.. baseRates];
        position = start;
        Groups.MomentumIsDriven = momenta.Count > 0;
    }

    internal override void Advance() => AdvanceTo(position + 1);

    internal override void AdvanceTo(double position)
    {
        if (schedules.Select(schedule => schedule.FaultAt(position)).FirstOrDefault(fault => fault.Length > 0) is { } problem)
            throw Raised(problem);
        for (var group = 0; group < Groups.Count; group++)
            Groups.Rates[group] = schedules[group].ValueAt(position, baseRates[group]);
        for (var group = 0; group < momenta.Count; group++)
            Groups.Momenta[group] = momenta[group].ValueAt(position, 1);
        this.position = position;
    }
}
