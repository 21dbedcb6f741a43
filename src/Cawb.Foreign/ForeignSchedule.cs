namespace Cawb.Foreign;

/// <summary>A schedule of another library, with that library's numbers.</summary>
/// <remarks>
/// Time is counted in the library's own step: 1.0 is one <c>step()</c> call (PyTorch, Hugging Face, mmengine, katsura, pytorch_warmup), one unit of
/// the argument (timm's t, the step of optax and Keras), one batch (Composer), one epoch (yolov5, the published CAWB), or the whole run (fvcore's <c>where</c>).
/// A plan with one batch per epoch, <c>TrainingPlan.FromBatches(steps, batchesPerEpoch: 1)</c>, counts the same way; <see cref="OverEpochs"/> puts the steps on a clock of epochs.
/// </remarks>
public sealed class ForeignSchedule
{
    private const double UsualUnits = 100;

    private readonly Func<ForeignScheduler> start;

    internal ForeignSchedule(ForeignRequest request, string atBoundaryAndPastEnd, ForeignRecipe recipe)
    {
        Name = request.Name;
        AtBoundaryAndPastEnd = atBoundaryAndPastEnd;
        start = recipe.Start;
        Calls = recipe.Calls;
        TimeUnit = ForeignTimeUnits.Of(Library, Function);
        var groups = start().Groups;
        var replay = new Replay(request.Identity, recipe.Start, recipe.Calls);
        var rates = recipe.LearningRates.Count > 0
            ? recipe.LearningRates
            : [.. Enumerable.Range(0, groups.Count).Select(group => new ReplayedSchedule(replay, group, IsMomentum: false))];
        var momenta = !groups.MomentumIsDriven || recipe.Momenta.Count > 0
            ? recipe.Momenta
            : [.. Enumerable.Range(0, groups.Count).Select(group => new ReplayedSchedule(replay, group, IsMomentum: true))];
        var times = recipe.CheckTimes.Count > 0 ? recipe.CheckTimes : request.StepsToCheck;
        BaseRates = recipe.BaseRates.Count > 0 ? recipe.BaseRates : request.BaseRates;
        LearningRates = [.. rates.Select((rate, group) => Ours(rate, recipe.Candidates, group, BaseRates[Math.Min(group, BaseRates.Count - 1)], times))];
        Momenta = [.. momenta.Select((momentum, group) => Ours(momentum, recipe.MomentumCandidates, group, baseRate: 1, times))];
        UnitsToShow = recipe.Length > 0 ? recipe.Length : request.NamedRun > 0 ? request.NamedRun : Shown(LearningRates, request.Arguments.Steps());
    }

    /// <summary>Library and function, such as <c>torch.CosineAnnealingLR</c>.</summary>
    public string Name { get; }

    /// <summary>The library, such as <c>torch</c>.</summary>
    public string Library => Name[..Name.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>The function, such as <c>CosineAnnealingLR</c>.</summary>
    public string Function => Name[(Name.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>What the library does at its boundaries and past its end, in one sentence.</summary>
    public string AtBoundaryAndPastEnd { get; }

    /// <summary>What 1.0 of the schedules' time is.</summary>
    public ForeignTimeUnit TimeUnit { get; }

    /// <summary>
    /// How much time, in its own unit, shows the whole schedule: the run that the arguments name, or the end; of one that goes on for ever 100 units, or as many as the
    /// largest number of steps among its arguments.
    /// </summary>
    public double UnitsToShow { get; }

    /// <summary>What <see cref="Schedule.ValueAt"/> of each group's learning rate wants for its base; 1 where a library's schedule takes none.</summary>
    public IReadOnlyList<double> BaseRates { get; }

    /// <summary>The learning rate of each parameter group as a function of time; give it the group's own base rate.</summary>
    /// <remarks>
    /// At every whole step it has the library's number; where the library raises, it holds the last value. What depends on metrics follows
    /// the <c>metrics</c> argument if there was one and stays at the first value otherwise: use <see cref="Start"/> for live metrics.
    /// </remarks>
    public IReadOnlyList<Schedule> LearningRates { get; }

    /// <summary>The momentum (beta 1 of Adam) of each parameter group; empty where the library leaves momentum alone.</summary>
    public IReadOnlyList<Schedule> Momenta { get; }

    /// <summary>
    /// Whether every group is a schedule of Cawb itself, which has a text form; false where the library does something that ours does not do.
    /// </summary>
    public bool HasTextForm => LearningRates.Concat(Momenta).All(schedule => schedule is not ForeignOnlySchedule);

    /// <summary>The calls that the arguments listed; empty means <c>step()</c> for ever.</summary>
    internal IReadOnlyList<ForeignCall> Calls { get; }

    /// <summary>A fresh scheduler, right after the library's constructor.</summary>
    public ForeignScheduler Start() => start();

    /// <summary>The learning rates on a clock of epochs, for a library that is stepped after every batch: batch b of the run trains with the library's step b.</summary>
    /// <param name="plan">Says how many batches an epoch has and, for schedules of the share of the run, how long the run is. Gradients are not accumulated.</param>
    /// <returns>One per group. Where <see cref="TimeUnit"/> is an epoch, nothing changes.</returns>
    public IReadOnlyList<Schedule> OverEpochs(TrainingPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return TimeUnit switch
        {
            ForeignTimeUnit.Epoch => LearningRates,
            ForeignTimeUnit.Run => [.. LearningRates.Select(rate => new SpreadSchedule(rate, plan.Epochs))],
            _ => [.. LearningRates.Select(rate => new SteppedSchedule(rate, plan.BatchesPerEpoch))],
        };
    }

    // Cycles that go on for ever are cut far out, at an end that means nothing.
    private static double Shown(IReadOnlyList<Schedule> schedules, IEnumerable<double> steps) =>
        schedules.Max(schedule => schedule.EndEpochs) is var end && end < Equivalent.Endless ? end : steps.Append(UsualUnits).Max();

    private static Schedule Ours(Schedule library, IReadOnlyList<Schedule?> candidates, int group, double baseRate, IReadOnlyList<double> times) =>
        Equivalent.Checked(
            Equivalent.Attempt(() => candidates.Count > 0 ? candidates[group] : (library as ForeignOnlySchedule)?.Candidate()), library, baseRate, times);
}
