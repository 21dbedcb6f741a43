namespace Cawb.Foreign;

/// <summary>A schedule of another library, with that library's numbers.</summary>
/// <remarks>
/// Time is counted in the library's own step: 1.0 is one <c>step()</c> call (PyTorch, Hugging Face, mmengine, katsura, pytorch_warmup), one unit of
/// the argument (timm's t, the step of optax and Keras), one batch (Composer), one epoch (yolov5, the published CAWB, lists of mmengine that count both), or the whole run (fvcore's <c>where</c>).
/// A plan with one batch per epoch, <c>TrainingPlan.FromBatches(steps, batchesPerEpoch: 1)</c>, counts the same way; <see cref="OverEpochs"/> writes the schedule for a run in epochs.
/// </remarks>
public sealed class ForeignSchedule
{
    private const double UsualUnits = 100;

    private readonly ForeignFunction function;
    private readonly ForeignRequest request;
    private readonly ForeignRecipe recipe;

    internal ForeignSchedule(ForeignFunction function, ForeignRequest request)
    {
        (this.function, this.request) = (function, request);
        recipe = Build(function, request);
        TimeUnit = recipe.TimeUnit ?? function.TimeUnit;
        LearningRates = recipe.LearningRates;
        Momenta = recipe.Momenta;
        BaseRates = recipe.BaseRates.Count > 0 ? recipe.BaseRates : request.BaseRates;
        WhyNoTextForm = request.Obstacles.Count > 0 ? $"{Name} {request.Obstacles[^1]}." : "";
    }

    /// <summary>Library and function, such as <c>torch.CosineAnnealingLR</c>.</summary>
    public string Name => function.Name;

    /// <summary>The library, such as <c>torch</c>.</summary>
    public string Library => Name[..Name.IndexOf('.', StringComparison.Ordinal)];

    /// <summary>The function, such as <c>CosineAnnealingLR</c>.</summary>
    public string Function => Name[(Name.IndexOf('.', StringComparison.Ordinal) + 1)..];

    /// <summary>What the library does at its boundaries and past its end, in one sentence.</summary>
    public string AtBoundaryAndPastEnd => function.AtBoundaryAndPastEnd;

    /// <summary>What 1.0 of the schedules' time is: by the arguments where they say so (<see cref="TimeUnitIsGiven"/>), else by the library's documentation.</summary>
    public ForeignTimeUnit TimeUnit { get; }

    /// <summary>Whether the arguments themselves say what a step is, as timm's <c>t_in_epochs</c> and mmengine's <c>by_epoch</c> do.</summary>
    public bool TimeUnitIsGiven => recipe.TimeUnit is not null;

    /// <summary>The length of the run, in its own unit, where the arguments name one; else 0.</summary>
    public double NamedRun => recipe.Run;

    /// <summary>
    /// How much time, in its own unit, shows the whole schedule: the run that the arguments name, or the end; of one that goes on for ever 100 units, or as many as the
    /// largest number of steps among its arguments.
    /// </summary>
    public double UnitsToShow =>
        NamedRun > 0 ? NamedRun : LearningRates.Max(rate => rate.EndEpochs) is var end && double.IsFinite(end) ? end : request.Arguments.Steps().Append(UsualUnits).Max();

    /// <summary>What <see cref="Schedule.ValueAt"/> of each group's learning rate wants for its base; 1 where a library's schedule takes none.</summary>
    public IReadOnlyList<double> BaseRates { get; }

    /// <summary>Whether the values are rates themselves, so that base rates do not change them: Keras, optax, fvcore.</summary>
    public bool HasOwnRates => function.HasOwnRates;

    /// <summary>The learning rate of each parameter group as a function of time; give it the group's own base rate.</summary>
    /// <remarks>
    /// At every whole step it has the library's number. What depends on metrics follows
    /// the <c>metrics</c> argument if there was one and stays at the first value otherwise: use <see cref="Start"/> for live metrics.
    /// </remarks>
    public IReadOnlyList<Schedule> LearningRates { get; }

    /// <summary>The momentum (beta 1 of Adam) of each parameter group; empty where the library leaves momentum alone.</summary>
    public IReadOnlyList<Schedule> Momenta { get; }

    /// <summary>Whether every group is a schedule of Cawb itself, which has a text form; false where the library does something, now or for ever, that ours do not.</summary>
    public bool HasTextForm => WhyNoTextForm.Length == 0;

    /// <summary>Why <see cref="HasTextForm"/> is false and what comes nearest, in one sentence; empty where it is true.</summary>
    public string WhyNoTextForm { get; }

    /// <summary>The calls that the arguments listed; empty means <c>step()</c> for ever.</summary>
    internal IReadOnlyList<ForeignCall> Calls => recipe.Calls;

    /// <summary>A fresh scheduler, right after the library's constructor.</summary>
    public ForeignScheduler Start() => recipe.Start is { } start ? start() : new PositionScheduler(Name, recipe, BaseRates);

    /// <summary>The schedule in epochs, for a run: batch b trains with the library's step b, or with that of its epoch where the library is stepped once per epoch.</summary>
    /// <remarks>What has no text form for ever often has one for a run, because nothing past its end matters: cycles are cut there, and a formula becomes an annealing or, over a thousand steps at most, a list of levels.</remarks>
    /// <param name="plan">The run. Gradients are not accumulated.</param>
    /// <param name="stepIs">What a step of the library is; by the arguments or the library's documentation where it is left out.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="stepIs"/> is neither <see cref="ForeignTimeUnit.Step"/> nor <see cref="ForeignTimeUnit.Batch"/>.</exception>
    /// <exception cref="ForeignScheduleException"><paramref name="stepIs"/> is given although the arguments say what a step is, or time is not counted in steps (yolov5, the published CAWB, fvcore);
    /// or the plan has another number of batches in an epoch than the schedule was made for.</exception>
    public ForeignEpochs OverEpochs(TrainingPlan plan, ForeignTimeUnit? stepIs = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (stepIs is not (null or ForeignTimeUnit.Step or ForeignTimeUnit.Batch))
            throw new ArgumentOutOfRangeException(nameof(stepIs), $"A step is an epoch ({ForeignTimeUnit.Step}) or a batch ({ForeignTimeUnit.Batch}); got {stepIs}.");
        if (request.BatchesPerEpoch is { } batchesPerEpoch && batchesPerEpoch != plan.BatchesPerEpoch)
            throw new ForeignScheduleException($"{Name}: it was made for {batchesPerEpoch} batches in an epoch; the run has {plan.BatchesPerEpoch}.");
        if (stepIs is { } wanted && (TimeUnitIsGiven || TimeUnit is ForeignTimeUnit.Epoch or ForeignTimeUnit.Run))
            throw new ForeignScheduleException($"{Name}: what a step is follows from the function and its arguments ({TimeUnit}); it cannot be said to be {wanted} as well.");
        var batches = new Clock(plan.BatchesPerEpoch, plan.TotalBatches);
        return (stepIs ?? TimeUnit) switch
        {
            ForeignTimeUnit.Epoch => Converted(new Clock(1, plan.Epochs), batches, plan.BatchesPerEpoch, own => own),
            ForeignTimeUnit.Run => Converted(new Clock(1, RunSteps: 1, Stretch: plan.Epochs), batches, plan.TotalBatches, own => new SpreadSchedule(own, plan.Epochs)),
            ForeignTimeUnit.Batch => Converted(batches, batches, 1, own => plan.BatchesPerEpoch > 1 ? new SteppedSchedule(own, plan.BatchesPerEpoch) : own),
            _ => Converted(new Clock(1, Math.Ceiling(plan.Epochs)), new Clock(1, Math.Ceiling(plan.Epochs)), 1, own => own) is var perEpoch && plan.BatchesPerEpoch > 1 ? Held(perEpoch) : perEpoch,
        };
    }

    private static ForeignRecipe Build(ForeignFunction function, ForeignRequest request)
    {
        try
        {
            return function.Build(request);
        }
        catch (ArgumentException fault)
        {
            throw new ForeignScheduleException($"{function.Name}: the library may accept these arguments, but Cawb has no such schedule: {fault.Message}", fault);
        }
    }

    private static ForeignEpochs Held(ForeignEpochs perEpoch) =>
        perEpoch with { LearningRates = [.. perEpoch.LearningRates.Select(Held)], Momenta = [.. perEpoch.Momenta.Select(Held)] };

    private static Schedule Held(Schedule schedule) => schedule switch
    {
        PlateauSchedule plateau => new PlateauSchedule(Held(plateau.Schedule), plateau.Rule),
        CawbSchedule { AnnealingUpdate: AnnealingUpdate.PerBatch, WarmupEpochs: 0, BootEpochs.Count: 0 } formula => new CawbSchedule(formula.Epochs, [], formula.Annealing),
        _ when LevelTable.StaysWithinEpochs(schedule) => schedule,
        _ => new HoldPerEpochSchedule(schedule),
    };

    /// <param name="clock">What the row writes it on.</param>
    /// <param name="steps">The steps at which the run asks, for a list of levels.</param>
    /// <param name="stepsPerUnit">How many of them are one unit of the schedule's own time.</param>
    /// <param name="onClock">The library's own schedule on the clock, where there is no text form.</param>
    private ForeignEpochs Converted(Clock clock, Clock steps, double stepsPerUnit, Func<Schedule, Schedule> onClock)
    {
        var forRun = request.On(clock);
        var converted = Build(function, forRun);
        if (converted.FaultAt((steps.RunSteps - 1) / stepsPerUnit) is { Length: > 0 } fault)
            return AsTheyAre($"{Name} does not get through this run: {fault.TrimEnd('.')}; nearest is the same for a shorter run.");
        if (forRun.Obstacles.Count == 0)
            return new ForeignEpochs(converted.LearningRates, converted.Momenta, "");
        if (converted.WaitsForMetric)
            return AsTheyAre(WhyNoTextForm);
        var rates = LearningRates.Select((rate, group) => LevelTable.Of(rate, steps, stepsPerUnit, BaseRates[group])).OfType<Schedule>().ToList();
        var momenta = Momenta.Select(momentum => LevelTable.Of(momentum, steps, stepsPerUnit, 1)).OfType<Schedule>().ToList();
        return rates.Count == LearningRates.Count && momenta.Count == Momenta.Count
            ? new ForeignEpochs(rates, momenta, "")
            : AsTheyAre(
                $"{Name} {forRun.Obstacles[^1]}; as a list of levels, one for each step, "
                + (steps.RunSteps > Clock.MostBoundaries ? $"its {Text.Of(steps.RunSteps)} steps are too many, {Clock.MostBoundaries} at most." : "it has rates below 0 in this run, which no schedule of ours has."));

        ForeignEpochs AsTheyAre(string why) => new([.. LearningRates.Select(onClock)], [.. Momenta.Select(onClock)], why);
    }
}
