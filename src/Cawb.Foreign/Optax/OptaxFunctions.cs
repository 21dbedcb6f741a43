using System.Text.Json;

namespace Cawb.Foreign.Optax;

/// <summary>optax's schedules (0.2), in double precision; JAX computes in single precision unless told otherwise. Values are absolute: base rates are not looked at.</summary>
internal static class OptaxFunctions
{
    private const string WarmupCosine = "init_value, peak_value, warmup_steps, decay_steps, end_value=0.0, exponent=1.0";

    private static readonly Signature WarmupCosineSignature = new(WarmupCosine);

    private static readonly OptaxFunction[] Table =
    [
        new("constant_schedule", "value",
            "One value, for ever.",
            arguments => new OptaxConstant(arguments.Number("value"))),
        new("polynomial_schedule", "init_value, end_value, power, transition_steps, transition_begin=0",
            "The value stays at init_value up to transition_begin, is end_value transition_steps later and stays; with no transition steps it is init_value for ever.",
            arguments => Polynomial(arguments, arguments.Number("power"))),
        new("linear_schedule", "init_value, end_value, transition_steps, transition_begin=0",
            "The value stays at init_value up to transition_begin, is end_value transition_steps later and stays; with no transition steps it is init_value for ever.",
            arguments => Polynomial(arguments, power: 1)),
        new("piecewise_constant_schedule", "init_value, boundaries_and_scales=null",
            "The new value holds from the boundary step itself on, and after the last boundary the value stays.",
            arguments => new OptaxPiecewiseConstant(arguments.Number("init_value"), OptaxBoundaries.Read(arguments, "boundaries_and_scales"))),
        new("piecewise_interpolate_schedule", "interpolate_type, init_value, boundaries_and_scales=null",
            "Each boundary's value, the product of all scales so far, is reached at the boundary step itself, and after the last boundary the value stays.",
            arguments => new OptaxPiecewiseInterpolate(
                arguments.Number("init_value"), OptaxBoundaries.Read(arguments, "boundaries_and_scales"), arguments.Choice("interpolate_type", "linear", "cosine") == "cosine")),
        new("exponential_decay", "init_value, transition_steps, decay_rate, transition_begin=0, staircase=false, end_value=null",
            "The value stays at init_value up to and including transition_begin and then decays for ever, or up to end_value, where it stays.",
            Exponential),
        new("cosine_decay_schedule", "init_value, decay_steps, alpha=0.0, exponent=1.0",
            "The floor, alpha times init_value, is reached at decay_steps itself, and the value stays there.",
            arguments => new OptaxCosine(arguments.Number("init_value"), PositiveSteps(arguments, "decay_steps"), arguments.Number("alpha"), arguments.Number("exponent"))),
        new("linear_onecycle_schedule", "transition_steps, peak_value, pct_start=0.3, pct_final=0.85, div_factor=25.0, final_div_factor=10000.0",
            "The peak, the return to the start and the last value are reached at whole steps (shares of transition_steps, truncated), and past the end the value stays.",
            LinearOneCycle),
        new("cosine_onecycle_schedule", "transition_steps, peak_value, pct_start=0.3, div_factor=25.0, final_div_factor=10000.0",
            "The peak is reached at pct_start of transition_steps, truncated to a whole step, the last value at transition_steps itself, and past the end the value stays.",
            CosineOneCycle),
        new("warmup_constant_schedule", "init_value, peak_value, warmup_steps",
            "The peak is reached at warmup_steps itself and stays; with no warm-up steps the value stays at init_value and never is peak_value.",
            arguments => new OptaxPolynomial(arguments.Number("init_value"), arguments.Number("peak_value"), 1, arguments.Number("warmup_steps"), 0)),
        new("warmup_cosine_decay_schedule", WarmupCosine,
            "The peak is reached at warmup_steps itself, end_value at decay_steps itself (which counts the warm-up), and the value stays there.",
            WarmupCosineDecay),
        new("warmup_exponential_decay_schedule", "init_value, peak_value, warmup_steps, transition_steps, decay_rate, transition_begin=0, staircase=false, end_value=null",
            "The peak is reached at warmup_steps itself; the decay starts transition_begin steps later and goes on for ever, or up to end_value, where it stays.",
            arguments => new OptaxJoinedSchedule(new OptaxJoin(
                [new OptaxPolynomial(arguments.Number("init_value"), arguments.Number("peak_value"), 1, arguments.Number("warmup_steps"), 0), Exponential(arguments, arguments.Number("peak_value"))],
                [arguments.Number("warmup_steps")]))),
        new("sgdr_schedule", "cosine_kwargs",
            "Each cycle starts at the boundary step itself with its own init_value, and after the last one its end_value stays.",
            Restarts),
        new("join_schedules", "schedules, boundaries",
            "From a boundary step itself on the next schedule holds, with steps counted from there; the last one goes on as it does alone.",
            Join),
    ];

    public static IEnumerable<ForeignFunction> All => Table.Select(function => function.Define());

    private static double PositiveSteps(Arguments arguments, string name) => arguments.Number(name, steps => steps > 0, "above 0");

    // A begin before 0 counts as 0: the library only warns.
    private static double Begin(Arguments arguments) => Math.Max(arguments.Number("transition_begin"), 0);

    private static OptaxPolynomial Polynomial(Arguments arguments, double power) =>
        new(arguments.Number("init_value"), arguments.Number("end_value"), power, arguments.Number("transition_steps"), Begin(arguments));

    private static OptaxExponential Exponential(Arguments arguments) => Exponential(arguments, arguments.Number("init_value"));

    private static OptaxExponential Exponential(Arguments arguments, double initial) => new(
        initial, arguments.Number("transition_steps"), arguments.Number("decay_rate"), Begin(arguments), arguments.Flag("staircase"), arguments.NumberOrNone("end_value"));

    private static OptaxPiecewiseInterpolate LinearOneCycle(Arguments arguments)
    {
        var steps = PositiveSteps(arguments, "transition_steps");
        var divisor = arguments.Number("div_factor");
        return OneCycle(arguments, divisor, isCosine: false,
            (Math.Truncate(arguments.Number("pct_start") * steps), divisor),
            (Math.Truncate(arguments.Number("pct_final") * steps), 1 / divisor),
            (steps, 1 / arguments.Number("final_div_factor")));
    }

    private static OptaxPiecewiseInterpolate CosineOneCycle(Arguments arguments)
    {
        var steps = PositiveSteps(arguments, "transition_steps");
        var divisor = arguments.Number("div_factor");
        return OneCycle(arguments, divisor, isCosine: true,
            (Math.Truncate(arguments.Number("pct_start") * steps), divisor),
            (Math.Truncate(steps), 1 / (divisor * arguments.Number("final_div_factor"))));
    }

    private static OptaxPiecewiseInterpolate OneCycle(Arguments arguments, double divisor, bool isCosine, params (double Step, double Scale)[] boundaries)
    {
        var scales = new Dictionary<double, double>();
        foreach (var (step, scale) in boundaries)
            scales[step] = scale;
        return new OptaxPiecewiseInterpolate(arguments.Number("peak_value") / divisor, new OptaxBoundaries(scales.Select(pair => (pair.Key, pair.Value))), isCosine);
    }

    private static OptaxJoinedSchedule WarmupCosineDecay(Arguments arguments)
    {
        var (peak, warmupSteps) = (arguments.Number("peak_value"), arguments.Number("warmup_steps"));
        var decaySteps = arguments.Number("decay_steps", steps => steps > warmupSteps, $"above warmup_steps, {Text.Of(warmupSteps)}, which it includes");
        var alpha = peak == 0 ? 0 : arguments.Number("end_value") / peak;
        return new OptaxJoinedSchedule(new OptaxJoin(
            [
                new OptaxPolynomial(arguments.Number("init_value"), peak, 1, warmupSteps, 0),
                new OptaxCosine(peak, decaySteps - warmupSteps, alpha, arguments.Number("exponent")),
            ],
            [warmupSteps]));
    }

    private static OptaxJoinedSchedule Restarts(Arguments arguments)
    {
        var cycles = arguments.Elements("cosine_kwargs").Select((item, i) => Arguments.Read($"{arguments.Owner}: cosine_kwargs[{i}]", WarmupCosineSignature, item)).ToList();
        if (cycles.Count == 0)
            throw arguments.Fault("cosine_kwargs", "must have at least one cycle");
        var ends = new List<double>();
        foreach (var cycle in cycles)
            ends.Add(ends.LastOrDefault() + cycle.Number("decay_steps"));
        return new OptaxJoinedSchedule(new OptaxJoin(cycles.Select(WarmupCosineDecay), ends.SkipLast(1)));
    }

    private static OptaxJoinedSchedule Join(Arguments arguments)
    {
        var schedules = arguments.Elements("schedules").Select((item, i) => Member(arguments, $"schedules[{i}]", item)).ToList();
        var boundaries = arguments.Numbers("boundaries");
        return schedules.Count > 0 && boundaries.Length == schedules.Count - 1
            ? new OptaxJoinedSchedule(new OptaxJoin(schedules, boundaries))
            : throw arguments.Fault("boundaries", $"must have one number fewer than there are schedules; got {boundaries.Length} for {schedules.Count}");
    }

    private static ForeignOnlySchedule Member(Arguments owner, string place, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("fn", out var fn) || fn.ValueKind != JsonValueKind.String)
            throw owner.Fault(place, $"must be an object with an \"fn\" such as \"linear_schedule\"; got {Arguments.Describe(item)}");
        var name = fn.GetString() ?? "";
        return Table.FirstOrDefault(function => function.Function == name) is { } found
            ? found.Make(Arguments.Read($"{owner.Owner}: {place} ({name})", found.Signature, item, tag: "fn"))
            : throw owner.Fault(place, $"names no function: '{name}'.{NearestName.Suggestion(name, Table.Select(function => function.Function))}");
    }
}
