namespace Cawb.Foreign;

/// <summary>Hugging Face transformers' <c>optimization.py</c> (5.x), on PyTorch's LambdaLR: the base rate times a factor. Time is counted in <c>step()</c> calls.</summary>
internal static class HuggingFace
{
    private const string Common = "last_epoch=-1, default_lr=null, " + Torch.Situation;
    private const string Steps = "num_warmup_steps, num_training_steps";
    private const string MinimumCosine = Steps + ", num_cycles=0.5, min_lr=null, min_lr_rate=null";

    public static IEnumerable<ForeignFunction> Rows =>
    [
        Row("get_constant_schedule", "",
            "The base rate, for ever.",
            (_, _, _) => new ConstantSchedule()),
        Row("get_constant_schedule_with_warmup", "num_warmup_steps",
            "Step 0 has rate 0, the base rate is reached at num_warmup_steps itself and stays.",
            (a, _, clock) => Shapes.Ramped(clock, new ConstantSchedule(), Warmup(a), Level.Zero)),
        Row("get_linear_schedule_with_warmup", Steps,
            "Step 0 has rate 0, the base rate is reached at num_warmup_steps itself; from num_training_steps on the rate is 0.",
            (a, _, clock) => Decay(a, clock, power: 1, Level.Zero)),
        Row("get_cosine_schedule_with_warmup", $"{Steps}, num_cycles=0.5",
            "Step 0 has rate 0; the rate is 0 at num_training_steps itself (with the default half cycle) and then rises again along the same cosine.",
            (a, _, clock) => Shapes.Ramped(clock, Cosine(a, clock, Warmup(a), Level.Zero), Warmup(a), Level.Zero)),
        Row("get_cosine_with_hard_restarts_schedule_with_warmup", $"{Steps}, num_cycles=1",
            "Step 0 has rate 0; it restarts at the boundary step itself, so 0 is not trained with before num_training_steps, from where on the rate is 0.",
            HardRestarts),
        Row("get_polynomial_decay_schedule_with_warmup", $"{Steps}, lr_end=1e-07, power=1.0",
            "Step 0 has rate 0; from num_training_steps on the rate is lr_end, scaled by the group's base over the optimizer's default rate.",
            (a, request, clock) => Decay(a, clock, a.Number("power"), Level.Factor(EndFactor(a, request)))),
        Row("get_inverse_sqrt_schedule", "num_warmup_steps, timescale=null",
            "Step 0 has rate 0 with a warm-up, the base rate is reached at num_warmup_steps itself, and the decay goes on for ever.",
            InverseSquareRoot),
        Row("get_cosine_with_min_lr_schedule_with_warmup", MinimumCosine,
            "Step 0 has rate 0; the minimum is reached at num_training_steps itself (with the default half cycle) and then the rate rises again along the same cosine.",
            (a, request, clock) => Shapes.Ramped(clock, Cosine(a, clock, Warmup(a), Floor(a, request)), Warmup(a), Level.Zero)),
        Row("get_cosine_with_min_lr_schedule_with_warmup_lr_rate", $"{MinimumCosine}, warmup_lr_rate=null",
            "Everything comes one step early: the ramp starts at 1 / num_warmup_steps, the minimum is reached at num_training_steps - 1, and then the rate rises again along the same cosine.",
            EarlyCosine),
        Row("get_wsd_schedule", "num_warmup_steps, num_decay_steps, num_training_steps=null, num_stable_steps=null, warmup_type=\"linear\", decay_type=\"cosine\", min_lr_ratio=0.0, num_cycles=0.5",
            "The ramp starts at min_lr_ratio, the base rate is reached at num_warmup_steps itself, and from the end of the decay on the rate is min_lr_ratio times the base, whatever the decay has reached.",
            WarmupStableDecay),
        new("hf.get_greedy_schedule",
            new Signature($"mode=\"min\", factor=0.95, patience=10, threshold=1e-06, threshold_mode=\"abs\", cooldown=0, warmup=0, min_lr=0.001, max_lr=1.0, eps=1e-08, verbose=false, smooth=false, window_size=50, reset_start=500, metrics=null, {Common}"),
            ForeignTimeUnit.Batch,
            "It never ends: rates move between min_lr and max_lr with the metric, and after reset_start reductions at min_lr they start over from the first ones.",
            GreedyScheduler.Build),
        new("hf.get_reduce_on_plateau_schedule",
            new Signature($"mode=\"min\", factor=0.1, patience=10, threshold=0.0001, threshold_mode=\"rel\", cooldown=0, min_lr=0.0, eps=1e-08, metrics=null, {Common}"),
            ForeignTimeUnit.Batch,
            "It never ends: after more than patience bad metrics the rate is reduced, never below min_lr, and a reduction smaller than eps is skipped.",
            Plateau.Build),
    ];

    private static ForeignFunction Row(string function, string parameters, string sentence, Func<Arguments, ForeignRequest, Clock, Schedule> make) => new(
        $"hf.{function}", new Signature(parameters.Length > 0 ? $"{parameters}, {Common}" : Common), ForeignTimeUnit.Batch, sentence, request =>
        {
            var arguments = request.Arguments;
            var run = arguments.Knows("num_training_steps") && arguments.Has("num_training_steps") ? TrainingSteps(arguments) : 0;
            return Torch.Build(request, new TorchCurve((_, clock, _, _) => make(arguments, request, clock))
            {
                Run = run,
                FaultAt = step => function.Contains("polynomial", StringComparison.Ordinal) && run == Warmup(arguments) && step == run
                    ? "num_training_steps equals num_warmup_steps, and the library divides by their difference at this step."
                    : "",
            });
        });

    private static double Warmup(Arguments arguments) => Whole(arguments, "num_warmup_steps");

    private static double TrainingSteps(Arguments arguments) => Whole(arguments, "num_training_steps");

    private static double Whole(Arguments arguments, string name) => arguments.Number(name, steps => steps >= 0 && steps == Math.Floor(steps), "a whole number, 0 or more");

    private static double DefaultRate(Arguments arguments, ForeignRequest request) => arguments.NumberOrNone("default_lr") ?? request.BaseRates[0];

    // At least one step, as the library has it.
    private static double Span(Arguments arguments) => Math.Max(1, TrainingSteps(arguments) - Warmup(arguments));

    /// <summary>A line up, a curve down to num_training_steps, and its end level from there on.</summary>
    private static Schedule Decay(Arguments arguments, Clock clock, double power, Level end)
    {
        var steps = Warmup(arguments);
        if (TrainingSteps(arguments) > steps)
            return Shapes.Ramped(clock, Shapes.Line(clock.After(steps), TrainingSteps(arguments) - steps, power, Level.Base, end), steps, Level.Zero);
        return steps == 0 ? new ConstantSchedule(end) : Shapes.InRow(clock, [steps], (i, part) => i == 0 ? new LinearSchedule(part.At(steps), Level.Zero, Level.Base) : new ConstantSchedule(end));
    }

    private static Schedule Cosine(Arguments arguments, Clock clock, double start, Level floor) => arguments.Number("num_cycles") is var cycles && cycles == 0
        ? new ConstantSchedule()
        : Shapes.Wave(clock.After(start), Span(arguments) / (2 * Math.Abs(cycles)), Level.Base, floor);

    private static Schedule HardRestarts(Arguments arguments, ForeignRequest request, Clock clock)
    {
        var (start, end, span) = (Warmup(arguments), TrainingSteps(arguments), Span(arguments));
        var cycles = arguments.Number("num_cycles", count => count > 0, "above 0");
        var after = clock.After(start);
        double[] restarts = [.. Enumerable.Range(1, Clock.MostBoundaries).Select(i => i * span / cycles).TakeWhile(restart => restart < end - start)];
        // The library's own quotient decides where it restarts: rounding can put a boundary into the cycle before.
        var isExact = restarts.Length < Clock.MostBoundaries && restarts.Select((restart, i) => restart != Math.Floor(restart) || cycles * (restart / span) >= i + 1).All(exact => exact);
        Schedule Curve() => isExact && end > start
            ? Shapes.InRow(after, [.. restarts, end - start], (i, part) => i > restarts.Length ? new ConstantSchedule(Level.Zero) : new CosineSchedule(part.At(span / cycles)))
            : end > start
                ? request.Formula(
                    "misses a restart by the rounding of a quotient; nearest is our cosineRestarts schedule, which restarts at every boundary",
                    (step, value) => step >= end - start ? 0 : value * 0.5 * (1 + Math.Cos(Math.PI * (cycles * (step / span) % 1))),
                    endSteps: end - start)
                : new ConstantSchedule(Level.Zero);
        if (isExact && end > start && restarts.Length == cycles - 1)
            return Shapes.Ramped(clock, restarts.Length == 0 ? new CosineSchedule(after.At(span)) : Equal(after, restarts, span), start, Level.Zero);
        return start == 0 ? Curve() : new SequenceSchedule([new LinearSchedule(clock.At(start), Level.Zero, Level.Base), Curve()], [clock.JumpAt(start)]);
    }

    // The decay must not begin a rounding before its batch: a root falls at once.
    private static double Stable(Clock clock, double warmupSteps, double stableSteps)
    {
        var (warmup, stable, end) = (clock.At(warmupSteps), clock.At(stableSteps), clock.At(warmupSteps + stableSteps));
        return warmup + stable < end ? stable + 2 * (end - (warmup + stable)) : stable;
    }

    private static CosineRestartsSchedule Equal(Clock clock, IEnumerable<double> restarts, double span) => new(CyclePlan.FromRestarts(restarts.Select(clock.JumpAt), clock.At(span)));

    private static double EndFactor(Arguments arguments, ForeignRequest request)
    {
        var (endRate, defaultRate) = (arguments.Number("lr_end"), DefaultRate(arguments, request));
        return defaultRate > endRate
            ? endRate / defaultRate
            : throw arguments.Fault("lr_end", $"must be below the optimizer's default rate {Text.Of(defaultRate)}; got {Text.Of(endRate)}");
    }

    private static Schedule InverseSquareRoot(Arguments arguments, ForeignRequest request, Clock clock)
    {
        var steps = Warmup(arguments);
        var usual = steps > 0 ? steps : 10_000;
        var timescale = arguments.Has("timescale") ? arguments.Number("timescale", value => value > 0, "above 0") : usual;
        return Shapes.Ramped(clock, new InverseSquareRootSchedule(clock.At(timescale)), steps, Level.Zero);
    }

    private static Level Floor(Arguments arguments, ForeignRequest request) => (arguments.NumberOrNone("min_lr"), arguments.NumberOrNone("min_lr_rate")) switch
    {
        ({ } rate, null) => Level.Factor(rate / DefaultRate(arguments, request)),
        (null, { } factor) => Level.Factor(factor),
        (null, null) => throw arguments.Fault("min_lr", "is missing, and so is 'min_lr_rate': give one of them"),
        _ => throw arguments.Fault("min_lr", "and 'min_lr_rate' are both given: give one of them"),
    };

    /// <summary>The cosine one step ahead of time: the ramp is full at W - 1, and there the cosine begins.</summary>
    private static Schedule EarlyCosine(Arguments arguments, ForeignRequest request, Clock clock)
    {
        var (steps, rampStart) = (Warmup(arguments), arguments.NumberOrNone("warmup_lr_rate"));
        var curve = Cosine(arguments, clock, steps - 1, Floor(arguments, request));
        if (steps == 0)
            return new ShiftSchedule(curve, -clock.At(1));
        return steps == 1 && rampStart is { } first
            ? Shapes.InRow(clock, [1], (i, _) => i == 0 ? new ConstantSchedule(Level.Factor(first)) : new ShiftSchedule(curve, -clock.At(1)))
            : Shapes.Ramped(clock, curve, steps - 1, Level.Factor(rampStart ?? 1 / steps));
    }

    private static Schedule WarmupStableDecay(Arguments arguments, ForeignRequest request, Clock clock)
    {
        var (warmupSteps, decaySteps) = (Warmup(arguments), Whole(arguments, "num_decay_steps"));
        if (!arguments.Has("num_training_steps") && !arguments.Has("num_stable_steps"))
            throw arguments.Fault("num_training_steps", "is missing, and so is 'num_stable_steps': give one of them");
        // Where both are given the library warns and takes the stable steps.
        var stableSteps = arguments.NumberOrNone("num_stable_steps") ?? TrainingSteps(arguments) - warmupSteps - decaySteps;
        var (rampType, decayType) = (arguments.Choice("warmup_type", "linear", "cosine", "1-sqrt"), arguments.Choice("decay_type", "linear", "cosine", "1-sqrt"));
        var (floor, cycles) = (arguments.Number("min_lr_ratio", ratio => ratio is >= 0 and <= 1, "between 0 and 1"), arguments.Number("num_cycles"));
        DecayShape? shape = decayType switch { "linear" => DecayShape.Linear, "1-sqrt" => DecayShape.SquareRoot, _ => cycles == 0.5 ? DecayShape.Cosine : null };
        if (shape is { } ours && (rampType == "linear" || warmupSteps == 0) && stableSteps >= 0 && decaySteps > 0)
            return new WarmupStableDecaySchedule(clock.At(warmupSteps), Stable(clock, warmupSteps, stableSteps), clock.At(decaySteps), Level.Factor(floor), Level.Base, Level.Factor(floor), ours);
        // A stable phase below 0 means that the decay began before the ramp ended: it is entered in its middle.
        var starts = new[] { warmupSteps, warmupSteps + Math.Max(0, stableSteps), Math.Max(warmupSteps, warmupSteps + stableSteps + decaySteps) };
        List<(double Start, Func<Clock, Schedule> Part)> phases =
        [
            (0, part => Ramp(part)),
            (starts[0], _ => new ConstantSchedule()),
            (starts[1], part => stableSteps < 0 ? new ShiftSchedule(Fall(part with { RunSteps = decaySteps }), part.At(stableSteps)) : Fall(part)),
            (starts[2], _ => new ConstantSchedule(Level.Factor(floor))),
        ];
        phases = [.. phases.Where((phase, i) => i == phases.Count - 1 || phases[i + 1].Start > phase.Start)];
        return Shapes.InRow(clock, [.. phases.Skip(1).Select(phase => phase.Start)], (i, part) => phases[i].Part(part));

        string Above(string factor) => $"({factor}) * {Text.Of(1 - floor)} + {Text.Of(floor)}";

        Schedule Ramp(Clock part) => rampType switch
        {
            "linear" => new LinearSchedule(part.At(warmupSteps), Level.Factor(floor), Level.Base),
            "cosine" => new CosineSchedule(part.At(warmupSteps), Level.Factor(floor), Level.Base),
            _ => request.Expression(Above($"1 - sqrt(1 - x / {Text.Of(warmupSteps)})"), clock: part),
        };

        Schedule Fall(Clock part) => decayType switch
        {
            "linear" => new LinearSchedule(part.At(decaySteps), Level.Base, Level.Factor(floor)),
            "cosine" => Cycles(part),
            _ => request.Expression(Above($"1 - sqrt(x / {Text.Of(decaySteps)})"), clock: part),
        };

        Schedule Cycles(Clock part) => cycles == 0 ? new ConstantSchedule() : Shapes.Wave(part, decaySteps / (2 * Math.Abs(cycles)), Level.Base, Level.Factor(floor));
    }
}
