using System.Text.Json;
using Make = System.Func<Cawb.Foreign.Arguments, Cawb.Foreign.MmengineWindow, Cawb.Foreign.MmengineCurve>;

namespace Cawb.Foreign;

/// <summary>
/// mmengine's <c>optim.scheduler</c>. Time is counted in <c>step()</c> calls, after epochs or iterations as <c>by_epoch</c> says; a list that has both is in epochs.
/// </summary>
internal static class Mmengine
{
    private const string Freezes = "and from end on the rate is left alone.";

    private static readonly (string Function, Signature Parameters, string Sentence, Make Make)[] Table =
    [
        Row("ConstantLR", "factor=0.3333333333333333", $"The factor is taken back at end - 1, {Freezes}", Constant),
        Row("LinearLR", "start_factor=0.3333333333333333, end_factor=1.0", $"end_factor is reached at end - 1, {Freezes}", Linear),
        Row("ExponentialLR", "gamma", $"The first step of the window leaves the rate as it is, {Freezes}", Exponential),
        Row("StepLR", "step_size, gamma=0.1", "The rate drops at each multiple of step_size itself, counted from begin, and from end on it is left alone.", Steps),
        Row("MultiStepLR", "milestones, gamma=0.1", "The rate drops at each milestone itself, counted from begin, and from end on it is left alone.", MultiStep),
        Row("PolyLR", "power=1, eta_min=0", $"eta_min is reached at end - 1, {Freezes}", Polynomial),
        Row("CosineAnnealingLR", "T_max=null, eta_min=null, eta_min_ratio=null",
            "The floor is reached T_max steps into the window, then the rate rises again along the same cosine; from end on it is left alone.",
            Cosine),
        Row("CosineRestartLR", "periods, restart_weights=[1], eta_min=null, eta_min_ratio=null",
            "It restarts at the boundary step itself, so the floor is not trained with, and after the last period the rate stays where it was, just above the floor.",
            Restarts),
        Row("OneCycleLR", "eta_max, total_steps=null, pct_start=0.3, anneal_strategy=\"cos\", div_factor=25.0, final_div_factor=10000.0, three_phase=false",
            "The last rate is reached at total_steps - 1; one more step is accepted and extrapolates the last phase (below 0 with linear annealing), the next one raises unless the window has ended.",
            OneCycle),
    ];

    public static IEnumerable<ForeignFunction> Rows =>
    [
        .. Table.Select(row => new ForeignFunction($"mmengine.{row.Function}", row.Parameters, ForeignTimeUnit.Step, row.Sentence, request =>
        {
            request.NeedBaseRates();
            var curve = row.Make(request.Arguments, MmengineWindow.Read(request.Arguments, request));
            return new ForeignRecipe(request.PerGroup(group => curve.Of(request, request.Clock, group)))
            {
                FaultAt = step => curve.Window.Holds(step) ? curve.FaultAt(step - curve.Window.Begin) : "",
                Run = curve.Run,
                TimeUnit = curve.Window.IsGiven ? UnitOf(curve) : null,
                TakesPosition = false,
            };
        })),
        new("mmengine.ReduceOnPlateauLR",
            new Signature($"monitor=\"loss\", rule=\"less\", factor=0.1, patience=10, threshold=0.0001, threshold_rule=\"rel\", cooldown=0, min_value=0.0, eps=1e-08, {MmengineWindow.Parameters}, metrics=null"),
            ForeignTimeUnit.Step,
            "It never ends by itself; steps with a metric do not advance the counter that begin and end are compared with, so that fed with metrics alone a begin above 0 switches it off.",
            OnPlateau),
        new("mmengine.combined",
            new Signature("schedulers"),
            ForeignTimeUnit.Step,
            "The schedulers step in order, each on the rate that is there; outside its window a scheduler leaves the rate alone.",
            Combine),
    ];

    private static (string, Signature, string, Make) Row(string function, string parameters, string sentence, Make make) =>
        (function, new Signature($"{parameters}, {MmengineWindow.Parameters}, epoch_length=null, convert_to_iter_based=false"), sentence, make);

    private static ForeignTimeUnit UnitOf(MmengineCurve curve) => curve.Window.CountsEpochs ? ForeignTimeUnit.Step : ForeignTimeUnit.Batch;

    private static MmengineCurve Constant(Arguments arguments, MmengineWindow window)
    {
        var factor = arguments.Number("factor", value => value is >= 0 and <= 1, "between 0 and 1");
        // A window of one step never comes to the step that takes the factor back.
        var isTakenBack = window is { Steps: > 1, End: < MmengineWindow.NoEnd };
        return new MmengineCurve(window, (_, clock, _) => Shapes.Levels(
            clock,
            [.. window.Begin > 0 ? [window.Begin] : Array.Empty<double>(), .. isTakenBack && factor > 0 ? [window.End - 1] : Array.Empty<double>()],
            [.. window.Begin > 0 ? [Level.Base] : Array.Empty<Level>(), Level.Factor(factor), .. isTakenBack && factor > 0 ? [Level.Base] : Array.Empty<Level>()]))
        {
            Changes = (0, window.Steps - 1),
            Left = isTakenBack && factor > 0 ? 1 : factor,
            FaultAt = step => isTakenBack && factor == 0 && step >= window.Steps - 1 ? DividesByZero : "",
        };
    }

    private const string DividesByZero = "the library divides by zero at this step and raises.";

    private static MmengineCurve Linear(Arguments arguments, MmengineWindow window)
    {
        var (start, end) = (arguments.Number("start_factor", value => value is >= 0 and <= 1, "between 0 and 1"), arguments.Number("end_factor", value => value is >= 0 and <= 1, "between 0 and 1"));
        var steps = window.Steps - 1;
        return new MmengineCurve(window, (_, clock, _) =>
        {
            var inner = clock.After(window.Begin);
            Schedule line = steps > 0 && start > 0 ? new LinearSchedule(inner.At(steps), Level.Factor(start), Level.Factor(end)) : new ConstantSchedule(Level.Factor(start));
            return window.Begin == 0 ? line : Shapes.InRow(clock, [window.Begin], (i, _) => i == 0 ? new ConstantSchedule() : line);
        })
        {
            Changes = (0, steps),
            Left = steps > 0 ? end : start,
            FaultAt = step => start == 0 && step > 0 ? DividesByZero : "",
        };
    }

    private static MmengineCurve Exponential(Arguments arguments, MmengineWindow window)
    {
        var gamma = arguments.Number("gamma", value => value >= 0, "0 or above");
        var last = Math.Pow(gamma, window.Steps - 1);
        return new MmengineCurve(window, (request, clock, _) => window.Place(clock, inner => inner.RunSteps == window.Steps && window.Steps > 1 && last > 0 && double.IsFinite(last)
            ? new GeometricSchedule(inner.At(window.Steps - 1), Level.Base, Level.Factor(last))
            : Shapes.Powers(request, gamma, 1, isStaircase: false, inner), stops: last > 0 && double.IsFinite(last) && window.Steps > 1))
        {
            Changes = (1, window.Steps - 1),
            Left = last,
        };
    }

    private static MmengineCurve Steps(Arguments arguments, MmengineWindow window)
    {
        var (size, gamma) = ((double)arguments.Integer("step_size", atLeast: 1) * window.StepsPerUnit, arguments.Number("gamma"));
        return new MmengineCurve(window, (request, clock, _) =>
        {
            // Up to the window's end the drops are listed: our step schedule goes on for ever.
            var isListed = window.Steps / size <= Clock.MostBoundaries;
            return window.Place(
                clock,
                inner => isListed && inner.RunSteps == window.Steps && inner.Multiples(size) is { } drops ? Shapes.Milestones(inner, drops, gamma) : Shapes.Drops(request, size, gamma, inner),
                stops: isListed);
        })
        {
            Changes = (size, window.Steps - 1),
            Left = Math.Pow(gamma, Math.Floor((window.Steps - 1) / size)),
        };
    }

    private static MmengineCurve MultiStep(Arguments arguments, MmengineWindow window)
    {
        var gamma = arguments.Number("gamma");
        double[] milestones = [.. arguments.Numbers("milestones").Select(milestone => milestone * window.StepsPerUnit).Where(milestone => milestone >= 0 && milestone == Math.Floor(milestone) && milestone < window.Steps)];
        var atBegin = milestones.Count(milestone => milestone == 0);
        return new MmengineCurve(window, (_, clock, _) =>
        {
            var later = window.Place(clock, inner => Shapes.Milestones(inner, milestones.Where(milestone => milestone > 0), gamma), stops: true);
            return atBegin == 0 ? later : new ProductSchedule(later, Shapes.Milestones(clock, Enumerable.Repeat(window.Begin, atBegin), gamma));
        })
        {
            Changes = milestones.Length > 0 ? (milestones.Min(), milestones.Max()) : (0, 0),
            Left = Math.Pow(gamma, milestones.Length),
        };
    }

    private static MmengineCurve Polynomial(Arguments arguments, MmengineWindow window)
    {
        var (floor, power, steps) = (arguments.Number("eta_min"), arguments.Number("power", value => value > 0, "above 0"), window.Steps - 1);
        return new MmengineCurve(window, (_, clock, _) => window.Place(
            clock, inner => steps > 0 ? new PolynomialSchedule(inner.EndAt(steps, power), power, Level.Base, Level.Absolute(floor)) : new ConstantSchedule(), stops: true))
        {
            Next = floor == 0 ? null : (_, _, step, rate) => step == 0 ? rate : (rate - floor) * Math.Pow((1 - step / steps) / (1 - (step - 1) / steps), power) + floor,
            Changes = (0, steps),
        };
    }

    private static MmengineCurve Cosine(Arguments arguments, MmengineWindow window)
    {
        var steps = arguments.Has("T_max") ? arguments.Number("T_max", value => value > 0, "above 0") * window.StepsPerUnit : window.Steps;
        var floor = Floor(arguments);
        return new MmengineCurve(window, (_, clock, _) => window.Place(clock, inner => Shapes.Wave(inner, steps, Level.Base, floor)))
        {
            Next = (_, initial, step, rate) =>
            {
                if (step == 0)
                    return rate;
                var lowest = floor.Of(initial);
                return (step - 1 - steps) % (2 * steps) == 0
                    ? rate + (initial - lowest) * (1 - Math.Cos(Math.PI / steps)) / 2
                    : (1 + Math.Cos(Math.PI * step / steps)) / (1 + Math.Cos(Math.PI * (step - 1) / steps)) * (rate - lowest) + lowest;
            },
            Changes = (0, window.Steps - 1),
            ReturnsToInitial = window.Steps - 1 > steps || floor is { IsAbsolute: false, Amount: > 0 },
        };
    }

    private static MmengineCurve Restarts(Arguments arguments, MmengineWindow window)
    {
        double[] periods = [.. arguments.Numbers("periods").Select(period => period * window.StepsPerUnit)];
        var (weights, floor) = (arguments.Numbers("restart_weights"), Floor(arguments));
        if (periods.Length == 0 || periods.Any(period => period <= 0))
            throw arguments.Fault("periods", $"must be numbers above 0, at least one; got {Text.List(periods)}");
        if (weights.Length != periods.Length)
            throw arguments.Fault("restart_weights", $"must be as many as 'periods', {periods.Length}; got {weights.Length}");
        double[] ends = [.. periods.Select((_, i) => periods.Take(i + 1).Sum())];
        // After the last period the rate stays, as it does after the window.
        var part = window with { End = Math.Min(window.End, window.Begin + ends[^1]) };
        return new MmengineCurve(window, (_, clock, _) =>
        {
            Schedule Cycles(Clock inner) => part.Steps > 1
                ? Shapes.InRow(inner, [.. ends.SkipLast(1)], (i, cycle) => new CosineSchedule(cycle.At(periods[i]), Level.Factor(weights[i]), floor))
                : new ConstantSchedule(Level.Factor(weights[0]));
            return weights[0] == 1 || window.Begin == 0
                ? part.Place(clock, Cycles, stops: part.Steps <= 1)
                : Shapes.InRow(clock, [window.Begin], (i, after) => i == 0 ? new ConstantSchedule() : (part with { Begin = 0, End = part.Steps }).Place(after, Cycles, stops: part.Steps <= 1));
        })
        {
            Next = (_, initial, step, rate) =>
            {
                var i = ends.Count(end => end <= step);
                if (i == periods.Length)
                    return rate;
                var inside = step - (i == 0 ? 0 : ends[i - 1]);
                var lowest = floor.Of(initial);
                return inside == 0
                    ? initial * weights[i]
                    : (1 + Math.Cos(Math.PI * inside / periods[i])) / (1 + Math.Cos(Math.PI * (inside - 1) / periods[i])) * (rate - lowest) + lowest;
            },
            Changes = (0, part.Steps - 1),
            ReturnsToInitial = true,
        };
    }

    private static MmengineCurve OneCycle(Arguments arguments, MmengineWindow window)
    {
        var steps = arguments.IntegerOrNone("total_steps") is { } total ? total * window.StepsPerUnit : (int)window.Steps;
        if (steps <= 0 || window.Steps >= MmengineWindow.NoEnd && !arguments.Has("total_steps"))
            throw arguments.Fault("total_steps", $"must be 1 or more, or be left out where 'end' is given; got {steps}");
        var cycle = new OneCyclePhases(arguments, steps);
        var (divisor, finalDivisor) = (arguments.Number("div_factor", value => value != 0, "other than 0"), arguments.Number("final_div_factor", value => value != 0, "other than 0"));
        return new MmengineCurve(window, (request, clock, group) =>
        {
            var peak = arguments.PerGroup("eta_max", request.BaseRates.Count)[group];
            var (start, end) = (peak / divisor, peak / divisor / finalDivisor);
            Schedule Curve(Clock inner) => cycle.Of(request, inner, start, peak, end);
            return window.Begin == 0
                ? window.Place(clock, Curve)
                : Shapes.InRow(clock, [window.Begin], (i, after) => i == 0 ? new ConstantSchedule() : (window with { Begin = 0, End = window.End < MmengineWindow.NoEnd ? window.Steps : MmengineWindow.NoEnd }).Place(after, Curve));
        })
        {
            Next = (group, _, step, _) => arguments.Of("eta_max", group) is var peak ? cycle.At(Math.Min(step, steps), [peak / divisor, peak, peak / divisor / finalDivisor]) : 0,
            Changes = (0, window.Steps - 1),
            ReturnsToInitial = true,
            InitialRate = group => arguments.Of("eta_max", group) / divisor,
            FaultAt = cycle.FaultAt,
            Run = window.End < MmengineWindow.NoEnd ? 0 : window.Begin + steps,
        };
    }

    private static Level Floor(Arguments arguments) => (arguments.NumberOrNone("eta_min"), arguments.NumberOrNone("eta_min_ratio")) switch
    {
        ({ }, { }) => throw arguments.Fault("eta_min", "and 'eta_min_ratio' are both given: give one of them"),
        (_, { } share) => Level.Factor(share),
        ({ } rate, null) => Level.Absolute(rate),
        _ => Level.Absolute(0),
    };

    private static ForeignRecipe OnPlateau(ForeignRequest request)
    {
        request.NeedBaseRates();
        var arguments = request.Arguments;
        arguments.Word("monitor");
        var window = MmengineWindow.Read(arguments, request);
        var (isSmallerBetter, isRelative) = (arguments.Choice("rule", "less", "greater") == "less", arguments.Choice("threshold_rule", "rel", "abs") == "rel");
        var (factor, patience, threshold) = (arguments.Number("factor", value => value < 1, "below 1"), arguments.Integer("patience"), arguments.Number("threshold"));
        var (cooldown, floors, smallestChange) = (arguments.Integer("cooldown"), arguments.PerGroup("min_value", request.BaseRates.Count), arguments.Number("eps"));
        ForeignScheduler Start() => new PlateauInWindow(
            request, window, new Plateau(request.Name, request.BaseRates, new MetricRule(isSmallerBetter, isRelative, threshold), factor, patience, cooldown, floors, smallestChange));
        var ours = request.PerGroup(group => window.Begin > 0 ? new ConstantSchedule() : new PlateauSchedule(new ConstantSchedule(), new PlateauRule(
            factor, patience, isSmallerBetter ? MetricGoal.Minimize : MetricGoal.Maximize, threshold, isRelative ? ThresholdMode.Relative : ThresholdMode.Absolute, cooldown, Level.Absolute(floors[group]))));
        return ForeignCall.Followed(request, new ForeignRecipe(ours) { Start = Start }, ForeignCall.Listed(arguments, "metrics", ForeignCallKind.StepWithMetric));
    }

    private static ForeignRecipe Combine(ForeignRequest request)
    {
        request.NeedBaseRates();
        var members = request.Arguments.Elements("schedulers").Select((item, i) => Member(request, $"schedulers[{i}]", item)).ToList();
        if (members.Count == 0)
            throw request.Arguments.Fault("schedulers", "must have at least one scheduler");
        var isMixed = members.Exists(member => member.Window.CountsEpochs) && members.Exists(member => !member.Window.CountsEpochs);
        if (!isMixed)
        {
            return new ForeignRecipe(request.PerGroup(group => OfAll(request, members, member => request.Clock, group, perEpoch: 1)))
            {
                TimeUnit = members.Exists(member => member.Window.IsGiven) ? UnitOf(members[0]) : null,
                FaultAt = FaultOf(members),
                TakesPosition = false,
            };
        }
        var batches = request.BatchesPerEpoch ?? throw request.Arguments.Fault(
            "schedulers", "counts iterations (by_epoch false) as well as epochs, so that it must be known how many iterations an epoch has (--batches), or epoch_length be given for those in epochs");
        var run = request.Clock.KnowsTheRun ? request.Clock.RunSteps : double.PositiveInfinity;
        return new ForeignRecipe(request.PerGroup(group => OfAll(
            request, members, member => member.Window.CountsEpochs ? new Clock(1, run) : new Clock(batches, run * batches), group, batches)))
        {
            TimeUnit = ForeignTimeUnit.Epoch,
            TakesPosition = false,
        };
    }

    private static Func<double, string> FaultOf(IReadOnlyList<MmengineCurve> members) => step =>
        members.Where(member => member.Window.Holds(step)).Select(member => member.FaultAt(step - member.Window.Begin)).FirstOrDefault(fault => fault.Length > 0) ?? "";

    /// <summary>A product where each scheduler multiplies or has its window to itself; else the library's own recursion, step by step.</summary>
    private static Schedule OfAll(ForeignRequest request, List<MmengineCurve> members, Func<MmengineCurve, Clock> clockOf, int group, int perEpoch)
    {
        var spans = members.Select(member =>
        {
            double At(double step) => (member.Window.Begin + step) * (member.Window.CountsEpochs ? perEpoch : 1);
            return (member, From: At(member.Changes.From), To: At(member.Changes.To));
        }).OrderBy(span => span.From).ToList();
        var isProduct = spans.TrueForAll(span => span.member.Next is null || spans.TrueForAll(other => other.member == span.member || (
            (other.To <= span.From || other.From > span.To) && (!span.member.ReturnsToInitial || other.From > span.To || (other.member.Next is null && Math.Abs(other.member.Left - 1) < 1e-12)))));
        if (isProduct && (members.Count == 1 || members.TrueForAll(member => member.InitialRate is null)))
        {
            var parts = spans.Select(span => Part(span.member, perEpoch > 1 && span.member.Window.CountsEpochs)).ToList();
            return parts.Count == 1 ? parts[0] : new ProductSchedule(parts);
        }
        var initial = members.FindLast(member => member.InitialRate is not null)?.InitialRate?.Invoke(group) ?? request.BaseRates[group];
        var updates = members.Select(member => (Update: member.Recursive(request, group, initial), Every: member.Window.CountsEpochs ? perEpoch : 1)).ToList();
        double After(int step, double rate) => updates.Aggregate(rate, (before, member) => step % member.Every == 0 ? member.Update(step / member.Every, before) : before);
        var values = new Recursion(After(0, request.BaseRates[group]), After);
        var formula = request.Formula(
            "has schedulers that change the rate at the same time, and one of them is no factor of it; nearest is a sequence of our schedules, one after the other", (step, _) => values.At(step), request.Part(group));
        return perEpoch > 1 ? new SteppedSchedule(formula, perEpoch) : formula;

        Schedule Part(MmengineCurve member, bool isHeld) =>
            member.Of(request, clockOf(member), group) is var part && isHeld && !LevelTable.StaysWithinEpochs(part) ? new HoldPerEpochSchedule(part) : part;
    }

    private static MmengineCurve Member(ForeignRequest request, string place, JsonElement item)
    {
        var owner = request.Arguments;
        var name = owner.NameIn(place, item, "type", "LinearLR");
        if (Table.FirstOrDefault(row => row.Function == name) is not { Function: not null } found)
            throw owner.Fault(place, $"names no scheduler: '{name}'.{NearestName.Suggestion(name, Table.Select(row => row.Function))}");
        var arguments = Arguments.Read($"{owner.Owner}: {place} ({name})", found.Parameters, item, tag: "type");
        return found.Make(arguments, MmengineWindow.Read(arguments, request));
    }

    /// <summary>PyTorch's reduction within [begin, end) of a counter that only steps without a metric advance.</summary>
    private sealed class PlateauInWindow(ForeignRequest request, MmengineWindow window, Plateau plateau) : ForeignScheduler(request.Name, request.BaseRates)
    {
        private double globalStep;

        private protected override void Advance() => globalStep++;

        private protected override void AdvanceWith(double metric)
        {
            if (!window.Holds(globalStep))
                return;
            plateau.StepWithMetric(metric);
            plateau.LearningRates.CopyTo(Rates);
        }
    }
}
