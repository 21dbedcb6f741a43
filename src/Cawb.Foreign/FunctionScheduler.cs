namespace Cawb.Foreign;

/// <summary>Walks schedules that are functions of the position: <c>step()</c> goes one on, <c>step(position)</c> jumps.</summary>
internal sealed class FunctionScheduler : ForeignScheduler
{
    private readonly IReadOnlyList<ForeignOnlySchedule> schedules;
    private readonly double[] baseRates;
    private double position;

    /// <param name="name">Library and function.</param>
    /// <param name="schedules">One per group.</param>
    /// <param name="baseRates">One per group.</param>
    /// <param name="initialRates">What the library's constructor leaves; the values at position 0 where it computes them.</param>
    public FunctionScheduler(string name, IReadOnlyList<ForeignOnlySchedule> schedules, IReadOnlyList<double> baseRates, IReadOnlyList<double> initialRates)
        : base(name, ParameterGroups.Fresh(initialRates, momentum: 0))
    {
        this.schedules = schedules;
        this.baseRates = [.. baseRates];
    }

    internal override void Advance() => AdvanceTo(position + 1);

    internal override void AdvanceTo(double position)
    {
        if (schedules.Select(schedule => schedule.FaultAt(position)).FirstOrDefault(fault => fault.Length > 0) is { } problem)
            throw Raised(problem);
        for (var group = 0; group < Groups.Count; group++)
            Groups.Rates[group] = schedules[group].ValueAt(position, baseRates[group]);
        this.position = position;
    }
}
