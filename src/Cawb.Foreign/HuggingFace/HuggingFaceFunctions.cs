using Cawb.Foreign.PyTorch;

namespace Cawb.Foreign.HuggingFace;

/// <summary>Hugging Face transformers' <c>optimization.py</c> (5.x), on PyTorch's LambdaLR. Time is counted in <c>step()</c> calls.</summary>
internal static class HuggingFaceFunctions
{
    private const string Common = "last_epoch=-1, default_lr=null, " + TorchOptimizer.Situation;
    private const string Steps = "num_warmup_steps, num_training_steps";
    private const string MinimumCosine = Steps + ", num_cycles=0.5, min_lr=null, min_lr_rate=null";

    public static IEnumerable<ForeignFunction> All =>
    [
        Define("get_constant_schedule", "",
            "The base rate, for ever.",
            (_, _) => new HuggingFaceConstant(WarmupSteps: 0)),
        Define("get_constant_schedule_with_warmup", "num_warmup_steps",
            "Step 0 has rate 0, the base rate is reached at num_warmup_steps itself and stays.",
            (arguments, _) => new HuggingFaceConstant(WarmupSteps(arguments))),
        Define("get_linear_schedule_with_warmup", Steps,
            "Step 0 has rate 0, the base rate is reached at num_warmup_steps itself; from num_training_steps on the rate is 0.",
            (arguments, _) => new HuggingFaceLinear(WarmupSteps(arguments), TrainingSteps(arguments))),
        Define("get_cosine_schedule_with_warmup", $"{Steps}, num_cycles=0.5",
            "Step 0 has rate 0; the rate is 0 at num_training_steps itself (with the default half cycle) and then rises again along the same cosine.",
            (arguments, _) => new HuggingFaceCosine(WarmupSteps(arguments), TrainingSteps(arguments), arguments.Number("num_cycles"), Floor: 0)),
        Define("get_cosine_with_hard_restarts_schedule_with_warmup", $"{Steps}, num_cycles=1",
            "Step 0 has rate 0; it restarts at the boundary step itself, so 0 is not trained with before num_training_steps, from where on the rate is 0.",
            (arguments, _) => new HuggingFaceHardRestarts(WarmupSteps(arguments), TrainingSteps(arguments), arguments.Number("num_cycles"))),
        Define("get_polynomial_decay_schedule_with_warmup", $"{Steps}, lr_end=1e-07, power=1.0",
            "Step 0 has rate 0; from num_training_steps on the rate is lr_end, scaled by the group's base over the optimizer's default rate.",
            Polynomial),
        Define("get_inverse_sqrt_schedule", "num_warmup_steps, timescale=null",
            "Step 0 has rate 0 with a warm-up, the base rate is reached at num_warmup_steps itself, and the decay goes on for ever.",
            InverseSquareRoot),
        Define("get_cosine_with_min_lr_schedule_with_warmup", MinimumCosine,
            "Step 0 has rate 0; the minimum is reached at num_training_steps itself (with the default half cycle) and then the rate rises again along the same cosine.",
            (arguments, rate) => new HuggingFaceCosine(WarmupSteps(arguments), TrainingSteps(arguments), arguments.Number("num_cycles"), Floor(arguments, rate))),
        Define("get_cosine_with_min_lr_schedule_with_warmup_lr_rate", $"{MinimumCosine}, warmup_lr_rate=null",
            "Everything comes one step early: the ramp starts at 1 / num_warmup_steps, the minimum is reached at num_training_steps - 1, and then the rate rises again along the same cosine.",
            (arguments, rate) => new HuggingFaceEarlyCosine(
                WarmupSteps(arguments), TrainingSteps(arguments), arguments.Number("num_cycles"), Floor(arguments, rate), arguments.NumberOrNone("warmup_lr_rate"))),
        Define("get_wsd_schedule", "num_warmup_steps, num_decay_steps, num_training_steps=null, num_stable_steps=null, warmup_type=\"linear\", decay_type=\"cosine\", min_lr_ratio=0.0, num_cycles=0.5",
            "The ramp starts at min_lr_ratio, the base rate is reached at num_warmup_steps itself, and from the end of the decay on the rate is min_lr_ratio times the base, whatever the decay has reached.",
            WarmupStableDecay),
        new("hf.get_greedy_schedule",
            new Signature($"mode=\"min\", factor=0.95, patience=10, threshold=1e-06, threshold_mode=\"abs\", cooldown=0, warmup=0, min_lr=0.001, max_lr=1.0, eps=1e-08, verbose=false, smooth=false, window_size=50, reset_start=500, metrics=null, {Common}"),
            "It never ends: rates move between min_lr and max_lr with the metric, and after reset_start steps at min_lr they start over from the first ones.",
            request => Metric(request, groups => new GreedyScheduler(request.Name, groups, request.Arguments))),
        new("hf.get_reduce_on_plateau_schedule",
            new Signature($"mode=\"min\", factor=0.1, patience=10, threshold=0.0001, threshold_mode=\"rel\", cooldown=0, min_lr=0.0, eps=1e-08, metrics=null, {Common}"),
            "It never ends: after more than patience bad metrics the rate is reduced, never below min_lr, and a reduction smaller than eps is skipped.",
            request => Metric(request, groups => PlateauScheduler.Make(request.Name, groups, request.Arguments)) with
            {
                Candidates = [.. request.BaseRates.Select((_, group) => Equivalent.Attempt(() => TorchEquivalents.Plateau(request.Arguments, group)))],
            }),
    ];

    private static ForeignFunction Define(string function, string parameters, string sentence, Func<Arguments, double, HuggingFaceSchedule> make) =>
        new($"hf.{function}", new Signature(parameters.Length > 0 ? $"{parameters}, {Common}" : Common), sentence, request =>
        {
            var arguments = request.Arguments;
            var calls = ForeignCall.Listed(arguments, "step_args", ForeignCallKind.StepTo);
            var lastStep = arguments.Integer("last_epoch", atLeast: -1);
            var schedule = make(arguments, arguments.NumberOrNone("default_lr") ?? request.BaseRates[0]);
            return new ForeignRecipe(() => Start(request, schedule, lastStep))
            {
                LearningRates = calls.Count == 0 && lastStep == -1 ? request.PerGroup(_ => schedule) : [],
                Calls = calls,
            };
        });

    private static TorchScheduler Start(ForeignRequest request, HuggingFaceSchedule schedule, int lastStep)
    {
        var groups = TorchOptimizer.Groups(request);
        double Factor(double step) => schedule.FaultAt(step) is { Length: > 0 } fault
            ? throw new InvalidOperationException($"{request.Name}: {fault}")
            : schedule.FactorAt(step);
        return TorchMember.Construct(() => new LambdaScheduler(request.Name, groups, lastStep, [.. Enumerable.Repeat((Func<double, double>)Factor, groups.Count)]).Begin());
    }

    private static ForeignRecipe Metric(ForeignRequest request, Func<ParameterGroups, ForeignScheduler> make) => new(() => make(TorchOptimizer.Groups(request)))
    {
        Calls = ForeignCall.Listed(request.Arguments, "metrics", ForeignCallKind.StepWithMetric),
    };

    private static double WarmupSteps(Arguments arguments) => arguments.Number("num_warmup_steps", steps => steps >= 0, "0 or more");

    private static double TrainingSteps(Arguments arguments) => arguments.Number("num_training_steps", steps => steps >= 0, "0 or more");

    private static HuggingFacePolynomial Polynomial(Arguments arguments, double defaultRate)
    {
        var endRate = arguments.Number("lr_end");
        return defaultRate > endRate
            ? new HuggingFacePolynomial(WarmupSteps(arguments), TrainingSteps(arguments), defaultRate, endRate, arguments.Number("power"))
            : throw arguments.Fault("lr_end", $"must be below the optimizer's default rate {Text.Of(defaultRate)}; got {Text.Of(endRate)}");
    }

    private static HuggingFaceInverseSquareRoot InverseSquareRoot(Arguments arguments, double defaultRate)
    {
        var warmupSteps = WarmupSteps(arguments);
        var usual = warmupSteps > 0 ? warmupSteps : 10_000;
        return new HuggingFaceInverseSquareRoot(warmupSteps, arguments.Has("timescale") ? arguments.Number("timescale", value => value > 0, "above 0") : usual);
    }

    private static double Floor(Arguments arguments, double defaultRate) => (arguments.NumberOrNone("min_lr"), arguments.NumberOrNone("min_lr_rate")) switch
    {
        ({ } rate, null) => rate / defaultRate,
        (null, { } factor) => factor,
        (null, null) => throw arguments.Fault("min_lr", "is missing, and so is 'min_lr_rate': give one of them"),
        _ => throw arguments.Fault("min_lr", "and 'min_lr_rate' are both given: give one of them"),
    };

    private static HuggingFaceWarmupStableDecay WarmupStableDecay(Arguments arguments, double defaultRate)
    {
        var (warmupSteps, decaySteps) = (WarmupSteps(arguments), arguments.Number("num_decay_steps", steps => steps >= 0, "0 or more"));
        if (!arguments.Has("num_training_steps") && !arguments.Has("num_stable_steps"))
            throw arguments.Fault("num_training_steps", "is missing, and so is 'num_stable_steps': give one of them");
        // Where both are given the library warns and takes the stable steps.
        var stableSteps = arguments.NumberOrNone("num_stable_steps") ?? arguments.Number("num_training_steps") - warmupSteps - decaySteps;
        return new HuggingFaceWarmupStableDecay(
            warmupSteps,
            stableSteps,
            decaySteps,
            arguments.Choice("warmup_type", "linear", "cosine", "1-sqrt"),
            arguments.Choice("decay_type", "linear", "cosine", "1-sqrt"),
            arguments.Number("min_lr_ratio"),
            arguments.Number("num_cycles"));
    }
}
