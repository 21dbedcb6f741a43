namespace Cawb.Foreign;

/// <summary>The phases of a one-cycle schedule, which PyTorch and mmengine compute alike.</summary>
internal sealed class OneCyclePhases
{
    private readonly (double End, int From, int To)[] phases;
    private readonly bool isCosine;

    public OneCyclePhases(Arguments arguments, int totalSteps)
    {
        TotalSteps = totalSteps;
        var share = arguments.Number("pct_start", value => value is >= 0 and <= 1, "between 0 and 1");
        isCosine = arguments.Choice("anneal_strategy", "cos", "linear") == "cos";
        // Levels: 0 = initial, 1 = peak, 2 = final. Phase ends are fractional on purpose: the library rounds nothing.
        phases = arguments.Flag("three_phase")
            ? [(share * totalSteps - 1, 0, 1), (2 * share * totalSteps - 2, 1, 0), (totalSteps - 1, 0, 2)]
            : [(share * totalSteps - 1, 0, 1), (totalSteps - 1, 1, 2)];
    }

    public int TotalSteps { get; }

    /// <summary>Ours over a run that does not go past the end; a formula where the step counts that the library extrapolates.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="start">Where the cycle starts.</param>
    /// <param name="peak">Where it turns.</param>
    /// <param name="end">Where it ends.</param>
    public Schedule Of(ForeignRequest request, Clock clock, double start, double peak, double end)
    {
        var levels = new[] { start, peak, end };
        FormulaSchedule Formula() => request.Formula(
            clock.RunSteps > TotalSteps
                ? $"has {TotalSteps} steps, after which the library extrapolates one and raises; for a run of no more steps it is our oneCycle schedule"
                : "has a rise of less than a step, or phases longer than the run; nearest is our oneCycle schedule",
            (step, _) => At(Math.Min(step, TotalSteps), levels),
            Text.List(levels),
            endSteps: TotalSteps);
        return clock.RunSteps <= TotalSteps && phases[0].End > 0
            ? Shapes.Attempt(
                () => new OneCycleSchedule(
                    clock.At(TotalSteps - 1),
                    clock.At(phases[0].End),
                    Level.Absolute(start),
                    Level.Absolute(peak),
                    Level.Absolute(end),
                    isCosine ? Interpolation.Cosine : Interpolation.Linear,
                    hasThreePhases: phases.Length == 3),
                Formula)
            : Formula();
    }

    public string FaultAt(double step) => step > TotalSteps
        ? $"the library raises after {TotalSteps} steps, its total."
        : PhaseAt(step) is var (start, phase) && phase.End == start ? "a phase of this schedule has no length, and the library divides by it." : "";

    /// <summary>The library's own value, extrapolated past the last phase.</summary>
    public double At(double step, double[] levels)
    {
        var (start, (end, from, to)) = PhaseAt(step);
        if (end == start)
            return levels[from];
        var share = (step - start) / (end - start);
        return isCosine
            ? levels[to] + (levels[from] - levels[to]) / 2 * (Math.Cos(Math.PI * share) + 1)
            : (levels[to] - levels[from]) * share + levels[from];
    }

    private (double Start, (double End, int From, int To) Phase) PhaseAt(double step)
    {
        var (start, i) = (0.0, 0);
        for (; i < phases.Length - 1 && step > phases[i].End; i++)
            start = phases[i].End;
        return (start, phases[i]);
    }
}
