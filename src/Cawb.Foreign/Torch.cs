using System.Text.Json;
using Make = System.Func<Cawb.Foreign.Arguments, Cawb.Foreign.TorchCurve>;

namespace Cawb.Foreign;

/// <summary>PyTorch's <c>torch.optim.lr_scheduler</c> (2.10 and later). Time is in <c>step()</c> calls.</summary>
internal static partial class Torch
{
    /// <summary>What describes the situation and is no argument of the function itself.</summary>
    public const string Situation = "optimizer=null, resume_groups=null, step_args=null";

    private static readonly Signature OptimizerParameters = new("kind");
    private static readonly Signature ResumeParameters = new("initial_lr, lr");

    private static readonly TorchRow[] Table =
    [
        new("LambdaLR", "lr_lambda, last_epoch=-1",
            "It evaluates the function at every step, for ever, and adds nothing of its own at any boundary.",
            Lambda),
        new("MultiplicativeLR", "lr_lambda, last_epoch=-1",
            "Each step multiplies the present rate by the function's value, for ever; the first rate is the base rate and the function is not asked at 0.",
            Multiplicative),
        new("StepLR", "step_size, gamma=0.1, last_epoch=-1",
            "The rate drops at each multiple of step_size itself, for ever.",
            a => Multiplying((request, clock) => Shapes.Drops(request, a.Integer("step_size", atLeast: 1), a.Number("gamma"), clock))),
        new("MultiStepLR", "milestones, gamma=0.1, last_epoch=-1",
            "The rate drops at each milestone itself, a milestone listed twice drops twice, and after the last one the rate stays.",
            a => Multiplying((_, clock) => Shapes.Milestones(clock, a.Integers("milestones").Where(milestone => milestone >= 0).Select(milestone => (double)milestone), a.Number("gamma")))),
        new("ConstantLR", "factor=0.3333333333333333, total_iters=5, last_epoch=-1",
            "At total_iters the rate is divided by the factor again and stays; with total_iters 0 that moment is missed and the factor stays for ever.",
            Constant),
        new("LinearLR", "start_factor=0.3333333333333333, end_factor=1.0, total_iters=5, last_epoch=-1",
            "The rate reaches end_factor at total_iters itself and stays.",
            Linear),
        new("ExponentialLR", "gamma, last_epoch=-1",
            "The rate is multiplied at every step, for ever.",
            a => Multiplying((request, clock) => Shapes.Powers(request, a.Number("gamma"), 1, isStaircase: false, clock)) with { LeavesResumedRate = true }),
        new("PolynomialLR", "total_iters=5, power=1.0, last_epoch=-1",
            "The rate reaches 0 at total_iters itself and stays.",
            Polynomial),
        new("CosineAnnealingLR", "T_max, eta_min=0.0, last_epoch=-1",
            "The rate is eta_min at T_max itself and then rises again along the same cosine, back to the base at 2 * T_max.",
            Cosine),
        new("CosineAnnealingWarmRestarts", "T_0, T_mult=1, eta_min=0.0, last_epoch=-1",
            "It restarts at the boundary step itself, so eta_min is never trained with, and goes on for ever; step(epoch) can miss a restart by the rounding of a logarithm.",
            WarmRestarts),
        new("CyclicLR", "base_lr, max_lr, step_size_up=2000, step_size_down=null, mode=\"triangular\", gamma=1.0, scale_fn=null, scale_mode=\"cycle\", cycle_momentum=true, base_momentum=0.8, max_momentum=0.9, last_epoch=-1",
            "It cycles for ever, the peak and the floor are trained with, and the optimizer's own rate is replaced by base_lr.",
            Cyclic) { TimeUnit = ForeignTimeUnit.Batch },
        new("OneCycleLR", "max_lr, total_steps=null, epochs=null, steps_per_epoch=null, pct_start=0.3, anneal_strategy=\"cos\", cycle_momentum=true, base_momentum=0.85, max_momentum=0.95, div_factor=25.0, final_div_factor=10000.0, three_phase=false, last_epoch=-1",
            "The last rate is reached at total_steps - 1; one more step is accepted and extrapolates the last phase (below 0 with linear annealing), the next one raises.",
            OneCycle) { TimeUnit = ForeignTimeUnit.Batch },
        new("SequentialLR", "schedulers, milestones",
            "At each milestone the next scheduler starts over from the base rate with its own step 0; the last one goes on as it does alone.",
            Sequence),
        new("ChainedScheduler", "schedulers",
            "All schedulers step together and multiply up; each one does at its boundary what it does alone, but to the rate that the others left.",
            Chain),
    ];

    public static IEnumerable<ForeignFunction> Rows =>
    [
        .. Table.Select(row => new ForeignFunction($"torch.{row.Function}", new Signature($"{row.Parameters}, {Situation}"), row.TimeUnit, row.Sentence, request => Build(request, row.Make(request.Arguments)))),
        new("torch.ReduceLROnPlateau",
            new Signature($"mode=\"min\", factor=0.1, patience=10, threshold=0.0001, threshold_mode=\"rel\", cooldown=0, min_lr=0.0, eps=1e-08, metrics=null, {Situation}"),
            ForeignTimeUnit.Step,
            "It never ends: after more than patience bad metrics the rate is reduced, never below min_lr, and a reduction smaller than eps is skipped.",
            Plateau.Build),
    ];

    /// <summary>A scheduler that an object in the arguments of another one names, such as <c>{"type": "StepLR", "step_size": 3}</c>.</summary>
    public static TorchCurve Member(Arguments owner, string place, JsonElement element)
    {
        var name = owner.NameIn(place, element, "type", "StepLR");
        var known = Table.Where(row => row.Function != "ChainedScheduler").ToList();
        if (known.Find(row => row.Function == name) is not { } found)
            throw owner.Fault(place, $"names no scheduler that can stand here: '{name}'.{NearestName.Suggestion(name, known.Select(row => row.Function))} Known: {Text.List(known.Select(row => row.Function))}");
        return found.Make(Arguments.Read($"{owner.Owner}: {place} ({name})", found.Nested, element, tag: "type", owner.Functions));
    }

    /// <summary>The base rates, and what stands in for the optimizer, are as the library needs them.</summary>
    public static void CheckOptimizer(ForeignRequest request)
    {
        request.NeedBaseRates();
        var arguments = request.Arguments;
        if (arguments.Knows("optimizer") && arguments.Has("optimizer"))
            Arguments.Read($"{arguments.Owner}.optimizer", OptimizerParameters, arguments.Value("optimizer")).Choice("kind", "SGD", "Adam", "AdamW", "RMSprop");
    }

    /// <summary>A scheduler on its own: fresh, resumed, or with listed calls.</summary>
    public static ForeignRecipe Build(ForeignRequest request, TorchCurve curve)
    {
        CheckOptimizer(request);
        var lastStep = request.Arguments.Knows("last_epoch") ? request.Arguments.Integer("last_epoch", atLeast: -1) : -1;
        if (lastStep >= 0)
            return Resumed(request, curve, lastStep + 1);
        double Initial(int group) => curve.InitialRate(group, request.BaseRates[group], false);
        var recipe = new ForeignRecipe(request.PerGroup(group => curve.Of(request, request.Clock, group, Initial(group))))
        {
            Momenta = curve.Momentum is { } momentum ? request.PerGroup(group => momentum(request, request.Clock, group)) : [],
            FaultAt = curve.FaultAt,
            Run = curve.Run,
            JumpRates = curve.Jump is { } jump ? request.PerGroup(group => jump(request, group, Initial(group))) : [],
            TakesPosition = curve.TakesPosition,
        };
        return ForeignCall.Followed(request, recipe, ForeignCall.Listed(request.Arguments, "step_args", ForeignCallKind.StepTo));
    }

    /// <summary>The library takes up the rates that it finds and goes on from them, whatever they are.</summary>
    private static ForeignRecipe Resumed(ForeignRequest request, TorchCurve curve, int firstStep)
    {
        var arguments = request.Arguments;
        if (!arguments.Has("resume_groups"))
            throw arguments.Fault("last_epoch", "resumes a run, and the library then needs what the optimizer remembers: give \"resume_groups\": {\"initial_lr\": [...], \"lr\": [...]}");
        var groups = Arguments.Read($"{arguments.Owner}.resume_groups", ResumeParameters, arguments.Value("resume_groups"));
        var (rates, initialRates) = (groups.Numbers("lr"), groups.Numbers("initial_lr"));
        if (rates.Length != initialRates.Length || rates.Length != request.BaseRates.Count)
            throw groups.Fault("lr", $"must have one number per group, as many as 'initial_lr' and base rates; got {rates.Length}, {initialRates.Length} and {request.BaseRates.Count}");
        return new ForeignRecipe(request.PerGroup(group =>
        {
            var (update, rate) = (curve.Recursive(request, group, initialRates[group]), rates[group]);
            var values = new Recursion(curve.LeavesResumedRate ? rate : update(firstStep, rate), (call, before) => update(firstStep + call, before));
            return request.Formula("goes on from the rates of another run; nearest is the schedule of the whole run, from which a scheduler resumes", (step, _) => values.At(step), request.Part(group));
        }))
        {
            Momenta = curve.Momentum is { } momentum ? request.PerGroup(group => new ShiftSchedule(momentum(request, Clock.OwnSteps, group), -firstStep)) : [],
            FaultAt = step => curve.FaultAt(step + firstStep),
            TakesPosition = false,
        };
    }

    private static TorchCurve Multiplying(Func<ForeignRequest, Clock, Schedule> factor) => new((request, clock, _, _) => factor(request, clock)) { Multiplies = true };

    private static StepFunction[] Functions(Arguments arguments)
    {
        var value = arguments.Value("lr_lambda");
        return value.ValueKind == JsonValueKind.Array
            ? [.. arguments.Elements("lr_lambda").Select((element, i) => EpochFunction.Read(arguments, $"lr_lambda[{i}]", element))]
            : [EpochFunction.Read(arguments, "lr_lambda", value)];
    }

    private static StepFunction OfGroup(Arguments arguments, StepFunction[] functions, ForeignRequest request, int group) => functions.Length == 1 && arguments.Value("lr_lambda").ValueKind != JsonValueKind.Array
        ? functions[0]
        : functions.Length == request.BaseRates.Count
            ? functions[group]
            : throw arguments.Fault("lr_lambda", $"has {functions.Length} functions; there are {request.BaseRates.Count} parameter groups");

    private static Func<double, string> FaultOf(StepFunction[] functions)
    {
        return step => functions.Select(function => function.FaultAt("lr_lambda", step)).FirstOrDefault(fault => fault.Length > 0) ?? "";
    }

    private static Schedule Multiplier(ForeignRequest request, Clock clock, StepFunction function) => function.IsExpression
        ? request.Expression(function.Text, clock: clock)
        : request.Formula(
            "is a function of .NET, which has no text; nearest is an annealing expression", (step, value) => value * function.At(step), function.Text, isRelative: true);

    private static TorchCurve Lambda(Arguments arguments)
    {
        var functions = Functions(arguments);
        return new TorchCurve((request, clock, group, initial) => OnInitial(request, group, initial, Multiplier(request, clock, OfGroup(arguments, functions, request, group))))
        {
            FaultAt = FaultOf(functions),
        };
    }

    private static TorchCurve Multiplicative(Arguments arguments)
    {
        var functions = Functions(arguments);
        return new TorchCurve((request, clock, group, _) =>
        {
            var function = OfGroup(arguments, functions, request, group);
            if (!function.HasVariable)
                return Shapes.Powers(request, function.At(0), 1, isStaircase: false, clock);
            // The library's own recursion: every step multiplies by another factor, and there is no other way to the product.
            var product = new Recursion(1, (step, before) => before * function.At(step));
            return request.Formula(
                "multiplies by another factor at every step, for which there is no formula of the step alone; nearest is our exponential schedule", (step, value) => value * product.At(step), function.Text, isRelative: true);
        })
        {
            Multiplies = true,
            FaultAt = FaultOf(functions),
            LeavesResumedRate = true,
            TakesPosition = false,
            WhyNotLater = "multiplies the rate that the scheduler before it left",
        };
    }

    private static TorchCurve Constant(Arguments arguments)
    {
        var (factor, steps) = (arguments.Number("factor", value => value is >= 0 and <= 1, "between 0 and 1"), arguments.Integer("total_iters"));
        var constant = new ConstantSchedule(Level.Factor(factor));
        return Multiplying((_, clock) => factor > 0 && steps > 0 ? Shapes.Levels(clock, [steps], [Level.Factor(factor), Level.Base]) : constant) with
        {
            FaultAt = step => factor == 0 && steps > 0 && step >= steps ? DividesByZero : "",
            Later = steps <= 0 ? new ConstantSchedule() : null,
        };
    }

    private const string DividesByZero = "the library divides by zero at this step and raises.";

    private static TorchCurve Linear(Arguments arguments)
    {
        var (start, end) = (arguments.Number("start_factor", value => value is > 0 and <= 1, "above 0 and at most 1"), arguments.Number("end_factor", value => value is >= 0 and <= 1, "between 0 and 1"));
        var steps = arguments.Integer("total_iters");
        return Multiplying((_, clock) => steps > 0 ? new LinearSchedule(clock.At(steps), Level.Factor(start), Level.Factor(end)) : new ConstantSchedule(Level.Factor(start))) with
        {
            LeavesResumedRate = true,
            WhyNotLater = steps > 0 ? "" : "divides by its total_iters, which is 0",
        };
    }

    private static TorchCurve Polynomial(Arguments arguments)
    {
        var (steps, power) = (arguments.Integer("total_iters"), arguments.Number("power", value => value >= 0, "0 or above"));
        return Multiplying((_, clock) => steps > 0 && power > 0 ? new PolynomialSchedule(clock.At(steps), power) : new ConstantSchedule()) with
        {
            LeavesResumedRate = true,
            WhyNotLater = steps > 0 ? "" : "divides by its total_iters, which is 0",
        };
    }

    private static TorchCurve Cosine(Arguments arguments)
    {
        var (steps, floor) = (arguments.Integer("T_max", atLeast: 0), arguments.Number("eta_min"));
        return new TorchCurve((request, clock, group, initial) => steps > 0
            ? OnInitial(request, group, initial, Shapes.Wave(clock, steps, Level.Base, Level.Absolute(floor)))
            : new ConstantSchedule())
        {
            LeavesResumedRate = true,
            FaultAt = step => steps == 0 && step > 0 ? DividesByZero : "",
            // One step after a trough the ratio would divide by zero: the first step up is added instead.
            Update = (_, initial, step, rate) => (step - 1 - steps) % (2.0 * steps) == 0
                ? rate + (initial - floor) * (1 - Math.Cos(Math.PI / steps)) / 2
                : (1 + Math.Cos(Math.PI * step / steps)) / (1 + Math.Cos(Math.PI * (step - 1) / steps)) * (rate - floor) + floor,
        };
    }

    private static TorchCurve WarmRestarts(Arguments arguments)
    {
        var (first, multiplier, floor) = (arguments.Integer("T_0", atLeast: 1), arguments.Integer("T_mult", atLeast: 1), arguments.Number("eta_min"));
        double Rate(double position, double length, double initial) => floor + (initial - floor) * (1 + Math.Cos(Math.PI * position / length)) / 2;
        return new TorchCurve((request, clock, group, initial) => OnInitial(
            request, group, initial, Shapes.Restarts(clock, first, multiplier, Level.Base, Level.Absolute(floor), peakFactor: 1, () => Growing(request))))
        {
            FaultAt = step => step < 0 ? $"the library refuses a negative epoch; got {Text.Of(step)}." : "",
            // step(epoch) finds the cycle with a logarithm, whose rounding can miss a restart.
            Jump = (request, _, initial) => new FormulaSchedule("", (epoch, _) =>
            {
                if (multiplier == 1 || epoch < first)
                    return Rate(epoch % first, first, initial);
                var cycle = Math.Truncate(Math.Log(epoch / first * (multiplier - 1) + 1) / Math.Log(multiplier));
                return Rate(epoch - first * (Math.Pow(multiplier, cycle) - 1) / (multiplier - 1), first * Math.Pow(multiplier, cycle), initial);
            }),
        };

        FormulaSchedule Growing(ForeignRequest request) => request.Formula(
            "goes on for ever with growing cycles, which our cosineRestarts schedule has for a run of known length",
            (step, value) =>
            {
                var (position, length) = (step, (double)first);
                for (; position >= length; length *= multiplier)
                    position -= length;
                return Rate(position, length, value);
            });
    }

    private static TorchCurve Cyclic(Arguments arguments)
    {
        var up = arguments.Number("step_size_up", value => value > 0, "above 0");
        var down = arguments.NumberOrNone("step_size_down") ?? up;
        var (mode, gamma) = (arguments.Choice("mode", "triangular", "triangular2", "exp_range"), arguments.Number("gamma"));
        var function = arguments.Has("scale_fn") ? EpochFunction.Read(arguments, "scale_fn", arguments.Value("scale_fn")) : null;
        var countsCycles = arguments.Choice("scale_mode", "cycle", "iterations") == "cycle";
        Schedule Between(ForeignRequest request, Clock clock, double from, double to) => Shapes.Attempt(
            () => function is null ? Triangles(clock, from, to) : Formula(request, from, to),
            () => Formula(request, from, to));
        var drivesMomentum = arguments.Flag("cycle_momentum");
        return new TorchCurve((request, clock, group, initial) =>
        {
            PerGroup(arguments, "base_lr", request);
            return Between(request, clock, initial, PerGroup(arguments, "max_lr", request)[group]);
        })
        {
            InitialRate = (group, rate, isSet) => isSet ? rate : arguments.Of("base_lr", group),
            Momentum = drivesMomentum
                ? (request, clock, group) => Between(
                    request, clock, PerGroup(arguments, "max_momentum", request)[group], PerGroup(arguments, "base_momentum", request)[group])
                : null,
        };

        CyclicSchedule Triangles(Clock clock, double from, double to) => new(
            Level.Absolute(from),
            Level.Absolute(to),
            clock.At(up),
            clock.At(down),
            mode switch { "triangular" => CyclicMode.Triangular, "triangular2" => CyclicMode.Halving, _ => CyclicMode.Exponential },
            mode == "exp_range" ? Math.Pow(gamma, clock.StepsPerEpoch) : 1);

        FormulaSchedule Formula(ForeignRequest request, double from, double to) => request.Formula(
            "scales its cycles by a function, or lets them grow; nearest is our cyclic schedule, whose heights stay, halve or shrink",
            (step, _) =>
            {
                var cycle = Math.Floor(1 + step / (up + down));
                var x = 1 + step / (up + down) - cycle;
                var share = up / (up + down);
                var scale = function is not null ? function.At(countsCycles ? cycle : step) : mode switch { "triangular" => 1, "triangular2" => 1 / Math.Pow(2, cycle - 1), _ => Math.Pow(gamma, step) };
                return from + (to - from) * (x <= share ? x / share : (x - 1) / (share - 1)) * scale;
            },
            $"from {Text.Of(from)} to {Text.Of(to)} {function?.Text}");
    }

    private static double[] PerGroup(Arguments arguments, string name, ForeignRequest request) => arguments.PerGroup(name, request.BaseRates.Count);

    private static TorchCurve OneCycle(Arguments arguments)
    {
        var cycle = new OneCyclePhases(arguments, TotalSteps(arguments));
        var (divisor, finalDivisor) = (arguments.Number("div_factor", value => value != 0, "other than 0"), arguments.Number("final_div_factor", value => value != 0, "other than 0"));
        var drivesMomentum = arguments.Flag("cycle_momentum");
        return new TorchCurve((request, clock, group, _) =>
        {
            var peak = PerGroup(arguments, "max_lr", request)[group];
            return cycle.Of(request, clock, peak / divisor, peak, peak / divisor / finalDivisor);
        })
        {
            InitialRate = (group, _, _) => arguments.Of("max_lr", group) / divisor,
            Momentum = drivesMomentum
                ? (request, clock, group) =>
                {
                    var (most, least) = (PerGroup(arguments, "max_momentum", request)[group], PerGroup(arguments, "base_momentum", request)[group]);
                    return cycle.Of(request, clock, most, least, most);
                }
            : null,
            FaultAt = cycle.FaultAt,
            Run = cycle.TotalSteps,
        };
    }

    private static int TotalSteps(Arguments arguments)
    {
        if (arguments.IntegerOrNone("total_steps") is { } total)
            return total > 0 ? total : throw arguments.Fault("total_steps", $"must be 1 or more; got {total}");
        if (!arguments.Has("epochs") || !arguments.Has("steps_per_epoch"))
            throw arguments.Fault("total_steps", "is missing, and so are 'epochs' and 'steps_per_epoch': give one or the other two");
        return arguments.Integer("epochs", atLeast: 1) * arguments.Integer("steps_per_epoch", atLeast: 1);
    }

    // Most members stand on the base rate; one that replaces it replaces it for all.
    private static Schedule OnInitial(ForeignRequest request, int group, double initial, Schedule schedule) =>
        initial == request.BaseRates[group] ? schedule : Shapes.OnBase(initial, schedule);

    private sealed record TorchRow(string Function, string Parameters, string Sentence, Make Make)
    {
        public ForeignTimeUnit TimeUnit { get; init; } = ForeignTimeUnit.Step;

        /// <summary>The parameters where it is a member of a list, which has no situation of its own.</summary>
        public Signature Nested { get; } = new(Parameters);
    }
}
