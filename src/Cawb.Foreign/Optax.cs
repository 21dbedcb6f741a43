using System.Globalization;
using System.Text.Json;

namespace Cawb.Foreign;

/// <summary>optax's schedules (0.2), in double precision; JAX computes in single precision unless told otherwise. Values are absolute: base rates are not looked at.</summary>
internal static class Optax
{
    private const string StaysAtFirst = "The value stays at init_value up to transition_begin, is end_value transition_steps later and stays; with no transition steps it is init_value for ever.";

    private static readonly Signature WarmupCosine = new("init_value, peak_value, warmup_steps, decay_steps, end_value=0.0, exponent=1.0");

    private static readonly (string Function, Signature Parameters, string Sentence, Func<Arguments, ForeignRequest, Clock, Schedule> Make)[] Table =
    [
        ("constant_schedule", new("value"),
            "One value, for ever.",
            (a, _, _) => new ConstantSchedule(Level.Absolute(a.Number("value")))),
        ("polynomial_schedule", new("init_value, end_value, power, transition_steps, transition_begin=0"), StaysAtFirst,
            (a, _, clock) => Transition(clock, a.Number("init_value"), a.Number("end_value"), a.Number("power"), a.Number("transition_steps"), Begin(a))),
        ("linear_schedule", new("init_value, end_value, transition_steps, transition_begin=0"), StaysAtFirst,
            (a, _, clock) => Transition(clock, a.Number("init_value"), a.Number("end_value"), power: 1, a.Number("transition_steps"), Begin(a))),
        ("piecewise_constant_schedule", new("init_value, boundaries_and_scales=null"),
            "The new value holds from the boundary step itself on, and after the last boundary the value stays.",
            (a, _, clock) => Constants(clock, Points(a.Number("init_value"), Boundaries(a)))),
        ("piecewise_interpolate_schedule", new("interpolate_type, init_value, boundaries_and_scales=null"),
            "Each boundary's value, the product of all scales so far, is reached at the boundary step itself, and after the last boundary the value stays.",
            (a, _, clock) => Interpolated(clock, a.Number("init_value"), Boundaries(a), a.Choice("interpolate_type", "linear", "cosine") == "cosine" ? Interpolation.Cosine : Interpolation.Linear)),
        ("exponential_decay", new("init_value, transition_steps, decay_rate, transition_begin=0, staircase=false, end_value=null"),
            "The value stays at init_value up to and including transition_begin and then decays for ever, or up to end_value, where it stays.",
            (a, request, clock) => Exponential(a, request, clock, a.Number("init_value"))),
        ("cosine_decay_schedule", new("init_value, decay_steps, alpha=0.0, exponent=1.0"),
            "The floor, alpha times init_value, is reached at decay_steps itself, and the value stays there.",
            (a, _, clock) => Cosine(clock, a.Number("init_value"), Positive(a, "decay_steps"), a.Number("alpha"), a.Number("exponent"))),
        ("linear_onecycle_schedule", new("transition_steps, peak_value, pct_start=0.3, pct_final=0.85, div_factor=25.0, final_div_factor=10000.0"),
            "The peak, the return to the start and the last value are reached at whole steps (shares of transition_steps, truncated), and past the end the value stays.",
            (a, _, clock) => OneCycle(
                a, clock, Interpolation.Linear, ("pct_start", a.Number("div_factor")), ("pct_final", 1 / a.Number("div_factor")), ("", 1 / a.Number("final_div_factor")))),
        ("cosine_onecycle_schedule", new("transition_steps, peak_value, pct_start=0.3, div_factor=25.0, final_div_factor=10000.0"),
            "The peak is reached at pct_start of transition_steps, truncated to a whole step, the last value at transition_steps itself, and past the end the value stays.",
            (a, _, clock) => OneCycle(a, clock, Interpolation.Cosine, ("pct_start", a.Number("div_factor")), ("", 1 / (a.Number("div_factor") * a.Number("final_div_factor"))))),
        ("warmup_constant_schedule", new("init_value, peak_value, warmup_steps"),
            "The peak is reached at warmup_steps itself and stays; with no warm-up steps the value stays at init_value and never is peak_value.",
            (a, _, clock) => Transition(clock, a.Number("init_value"), a.Number("peak_value"), power: 1, a.Number("warmup_steps"), begin: 0)),
        ("warmup_cosine_decay_schedule", WarmupCosine,
            "The peak is reached at warmup_steps itself, end_value at decay_steps itself (which counts the warm-up), and the value stays there.",
            (a, _, clock) => WarmupCosineDecay(a, clock)),
        ("warmup_exponential_decay_schedule", new("init_value, peak_value, warmup_steps, transition_steps, decay_rate, transition_begin=0, staircase=false, end_value=null"),
            "The peak is reached at warmup_steps itself; the decay starts transition_begin steps later and goes on for ever, or up to end_value, where it stays.",
            (a, request, clock) => Warmed(a, clock, rest => Exponential(a, request, rest, a.Number("peak_value")))),
        ("sgdr_schedule", new("cosine_kwargs"),
            "Each cycle starts at the boundary step itself with its own init_value, and after the last one its end_value stays.",
            (a, _, clock) => Restarts(a, clock)),
        ("join_schedules", new("schedules, boundaries"),
            "From a boundary step itself on the next schedule holds, with steps counted from there; the last one goes on as it does alone.",
            Join),
    ];

    public static IEnumerable<ForeignFunction> Rows => Table.Select(row => new ForeignFunction(
        $"optax.{row.Function}", row.Parameters, ForeignTimeUnit.Batch, row.Sentence, request => request.Recipe(row.Make(request.Arguments, request, request.Clock)))
    { HasOwnRates = true });

    private static double Positive(Arguments arguments, string name) => arguments.Number(name, steps => steps > 0, "above 0");

    // A begin before 0 counts as 0: the library only warns.
    private static double Begin(Arguments arguments) => Math.Max(arguments.Number("transition_begin"), 0);

    private static Schedule Delayed(Clock clock, Schedule schedule, double steps) => steps > 0 ? new ShiftSchedule(schedule, clock.At(steps)) : schedule;

    private static Schedule Transition(Clock clock, double initial, double end, double power, double steps, double begin) => steps <= 0
        ? new ConstantSchedule(Level.Absolute(initial))
        : Delayed(clock, Shapes.Line(clock.After(begin), steps, power, Level.Absolute(initial), Level.Absolute(end)), begin);

    private static Schedule Cosine(Clock clock, double initial, double steps, double alpha, double exponent) => exponent == 1
        ? new CosineSchedule(clock.At(steps), Level.Absolute(initial), Level.Absolute(initial * alpha))
        : Shapes.OnBase(initial, new CawbSchedule(clock.At(steps), [], Annealing.Cosine(exponent, 1 - alpha, alpha), annealingUpdate: AnnealingUpdate.PerBatch));

    private static Schedule Exponential(Arguments arguments, ForeignRequest request, Clock clock, double initial)
    {
        var (steps, rate, begin) = (arguments.Number("transition_steps"), arguments.Number("decay_rate"), Begin(arguments));
        if (steps <= 0 || rate == 0)
            return new ConstantSchedule(Level.Absolute(initial));
        var decay = Delayed(clock, Shapes.OnBase(initial, Shapes.Powers(request, rate, steps, arguments.Flag("staircase"), clock.After(begin))), begin);
        return (arguments.NumberOrNone("end_value"), rate < 1) switch
        {
            (null, _) => decay,
            ({ } floor, true) => new ClampSchedule(decay, Level.Absolute(floor), Level.Absolute(Math.Max(initial, floor))),
            ({ } ceiling, false) => new ClampSchedule(decay, Level.Zero, Level.Absolute(ceiling)),
        };
    }

    /// <summary>A line up to a peak, then a schedule of its own time; with no steps there is no line.</summary>
    private static Schedule Warmed(Arguments arguments, Clock clock, Func<Clock, Schedule> next)
    {
        var steps = arguments.Number("warmup_steps", count => count >= 0, "0 or more");
        var after = next(clock.After(steps));
        if (steps == 0)
            return after;
        var (start, peak) = (Level.Absolute(arguments.Number("init_value")), arguments.Number("peak_value"));
        return after.ValueAt(0, 1) == peak
            ? new WarmupSchedule(after, clock.At(steps), start)
            : new SequenceSchedule([new LinearSchedule(clock.At(steps), start, Level.Absolute(peak)), after], [clock.JumpAt(steps)]);
    }

    private static Schedule WarmupCosineDecay(Arguments arguments, Clock clock)
    {
        var (peak, warmupSteps) = (arguments.Number("peak_value"), arguments.Number("warmup_steps"));
        var steps = arguments.Number("decay_steps", count => count > warmupSteps, $"above warmup_steps, {Text.Of(warmupSteps)}, which it includes");
        return Warmed(arguments, clock, after => Cosine(after, peak, steps - warmupSteps, peak == 0 ? 0 : arguments.Number("end_value") / peak, arguments.Number("exponent")));
    }

    private static Schedule Restarts(Arguments arguments, Clock clock)
    {
        var cycles = arguments.Elements("cosine_kwargs").Select((item, i) => Arguments.Read($"{arguments.Owner}: cosine_kwargs[{i}]", WarmupCosine, item)).ToList();
        if (cycles.Count == 0)
            throw arguments.Fault("cosine_kwargs", "must have at least one cycle");
        var ends = new List<double>();
        foreach (var cycle in cycles)
            ends.Add(ends.LastOrDefault() + Positive(cycle, "decay_steps"));
        return Shapes.InRow(clock, [.. ends.SkipLast(1)], (i, part) => WarmupCosineDecay(cycles[i], part));
    }

    private static Schedule Join(Arguments arguments, ForeignRequest request, Clock clock)
    {
        var members = arguments.Elements("schedules").Select((item, i) => Member(arguments, $"schedules[{i}]", item)).ToList();
        var boundaries = arguments.Numbers("boundaries");
        if (members.Count == 0 || boundaries.Length != members.Count - 1)
            throw arguments.Fault("boundaries", $"must have one number fewer than there are schedules; got {boundaries.Length} for {members.Count}");
        if (boundaries.Zip(boundaries.Skip(1)).Any(pair => pair.Second <= pair.First))
            throw arguments.Fault("boundaries", $"must rise; got {Text.List(boundaries)}");
        var past = boundaries.Count(boundary => boundary <= 0);
        if (past > 0 && boundaries[past - 1] < 0)
            throw arguments.Fault("boundaries", $"must be 0 or above; got {Text.List(boundaries)}");
        return Shapes.InRow(clock, [.. boundaries.Skip(past)], (i, part) => members[past + i](request, part));
    }

    private static Func<ForeignRequest, Clock, Schedule> Member(Arguments owner, string place, JsonElement item)
    {
        var name = owner.NameIn(place, item, "fn", "linear_schedule");
        if (Table.FirstOrDefault(row => row.Function == name) is not { Function: not null } found)
            throw owner.Fault(place, $"names no function: '{name}'.{NearestName.Suggestion(name, Table.Select(row => row.Function))}");
        var arguments = Arguments.Read($"{owner.Owner}: {place} ({name})", found.Parameters, item, tag: "fn");
        return (request, clock) => found.Make(arguments, request, clock);
    }

    private static Schedule Constants(Clock clock, (List<double> Steps, List<Level> Levels) points) => Shapes.Levels(clock, [.. points.Steps.Skip(1)], points.Levels);

    private static InterpolatedSchedule Interpolated(Clock clock, double initial, IEnumerable<(double Step, double Scale)> boundaries, Interpolation interpolation)
    {
        var (steps, levels) = Points(initial, boundaries);
        var past = steps.Count(step => step <= 0) - 1;
        return new InterpolatedSchedule(steps.Skip(past).Select((step, i) => i == 0 ? 0 : clock.At(step)), levels.Skip(past), interpolation);
    }

    private static InterpolatedSchedule OneCycle(Arguments arguments, Clock clock, Interpolation interpolation, params (string Share, double Scale)[] points)
    {
        var steps = Positive(arguments, "transition_steps");
        var scales = new SortedDictionary<double, double>();
        foreach (var (share, scale) in points)
            scales[share.Length == 0 ? Math.Truncate(steps) : Math.Truncate(arguments.Number(share) * steps)] = scale;
        return Interpolated(clock, arguments.Number("peak_value") / arguments.Number("div_factor"), scales.Select(pair => (pair.Key, pair.Value)), interpolation);
    }

    /// <summary>The steps with the cumulated products of the scales, from step 0 on.</summary>
    private static (List<double> Steps, List<Level> Levels) Points(double initial, IEnumerable<(double Step, double Scale)> boundaries)
    {
        var (value, steps, levels) = (initial, new List<double> { 0 }, new List<Level> { Level.Absolute(initial) });
        foreach (var (step, scale) in boundaries)
        {
            value *= scale;
            levels.Add(Level.Absolute(value));
            steps.Add(step);
        }
        return (steps, levels);
    }

    /// <summary>A Python dictionary, in order of the steps: a JSON object, or a list of [step, scale] pairs. A step that comes twice keeps its last scale, as in Python.</summary>
    private static IEnumerable<(double Step, double Scale)> Boundaries(Arguments arguments)
    {
        const string name = "boundaries_and_scales";
        var scales = new SortedDictionary<double, double>();
        if (arguments.Has(name))
        {
            foreach (var (step, scale) in arguments.Value(name).ValueKind == JsonValueKind.Object ? Members(arguments, name) : Pairs(arguments, name))
                scales[step] = scale >= 0 && step >= 0 ? scale : throw arguments.Fault(name, $"must have steps and scales of 0 or above; got {Text.Of(scale)} at step {Text.Of(step)}");
        }
        return scales.Select(pair => (pair.Key, pair.Value));
    }

    private static IEnumerable<(double Step, double Scale)> Members(Arguments arguments, string name) => arguments.Value(name).EnumerateObject().Select(member =>
        double.TryParse(member.Name, NumberStyles.Float, CultureInfo.InvariantCulture, out var step) && member.Value.ValueKind == JsonValueKind.Number
            ? (step, member.Value.GetDouble())
            : throw arguments.Fault(name, $"must have steps as keys and numbers as values; got \"{member.Name}\": {Arguments.Describe(member.Value)}"));

    private static IEnumerable<(double Step, double Scale)> Pairs(Arguments arguments, string name) => arguments.Elements(name).Select((item, i) =>
        item.ValueKind == JsonValueKind.Array && item.GetArrayLength() == 2 && item.EnumerateArray().All(number => number.ValueKind == JsonValueKind.Number)
            ? (item[0].GetDouble(), item[1].GetDouble())
            : throw arguments.Fault($"{name}[{i}]", $"must be a pair [step, scale]; got {Arguments.Describe(item)}"));
}
