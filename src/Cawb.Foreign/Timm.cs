using System.Text.Json;

namespace Cawb.Foreign;

/// <summary>timm's <c>timm.scheduler</c> (1.0). Time is t: training code calls <c>step(epoch + 1)</c> at the end of an epoch, or <c>step_update(updates)</c> after a batch where t_in_epochs is false.</summary>
internal static class Timm
{
    private const string Cycles = "lr_min=0.0, cycle_mul=1.0, cycle_decay=1.0, cycle_limit=1";
    private const string Warmup = "warmup_t=0, warmup_lr_init=0";
    private const string Common = "t_in_epochs=true, noise_range_t=null, noise_pct=0.67, noise_std=1.0, noise_seed=42, initialize=true, lr_scale=null";

    /// <summary>A curve over the steps, without ramp and scale.</summary>
    /// <param name="Of">On the clock from the curve's own step 0 on.</param>
    /// <param name="Cycles">Where it comes in cycles.</param>
    /// <param name="RampsToCurve">Whether a ramp without a prefix ends on the curve; the others go to the base rate and jump.</param>
    private sealed record Curve(Func<ForeignRequest, Clock, Schedule> Of, TimmCycles? Cycles = null, bool RampsToCurve = false);

    public static IEnumerable<ForeignFunction> Rows =>
    [
        Row("CosineLRScheduler", $"t_initial, {Cycles}, {Warmup}, warmup_prefix=false, k_decay=1.0, {Common}",
            "It restarts at the boundary step itself and is at lr_min from the step on at which cycle_limit is reached; without warmup_prefix the ramp goes to the full base rate and drops onto the cosine that ran on underneath.",
            a =>
            {
                var k = a.Number("k_decay");
                return InCycles(
                    a,
                    share => 0.5 * (1 + Math.Cos(Math.PI * Math.Pow(share, k))),
                    (clock, length, peak, floor) => k == 1 ? new CosineSchedule(clock.At(length), peak, floor) : new KDecaySchedule(clock.At(length), k, peak, floor),
                    isCosine: k == 1);
            }),
        Row("TanhLRScheduler", $"t_initial, lb=-7.0, ub=3.0, {Cycles}, {Warmup}, warmup_prefix=false, {Common}",
            "It restarts at the boundary step itself and is at lr_min from the step on at which cycle_limit is reached, a small drop because tanh has not got there; without warmup_prefix the ramp ends on the curve.",
            a =>
            {
                var (lower, upper) = (a.Number("lb"), a.Number("ub"));
                if (lower >= upper)
                    throw a.Fault("lb", $"must be below 'ub' {Text.Of(upper)}; got {Text.Of(lower)}");
                return InCycles(
                    a,
                    share => 0.5 * (1 - Math.Tanh(lower * (1 - share) + upper * share)),
                    (clock, length, peak, floor) => new TanhSchedule(clock.At(length), peak, floor, lower, upper),
                    endsOnFloor: false) with { RampsToCurve = true };
            }),
        Row("PolyLRScheduler", $"t_initial, power=0.5, {Cycles}, {Warmup}, warmup_prefix=false, k_decay=1.0, {Common}",
            "It restarts at the boundary step itself and is at lr_min from the step on at which cycle_limit is reached; without warmup_prefix the ramp goes to the full base rate and drops onto the curve that ran on underneath.",
            a =>
            {
                var (power, k) = (a.Number("power"), a.Number("k_decay"));
                return InCycles(
                    a,
                    share => Math.Pow(1 - Math.Pow(share, k), power),
                    (clock, length, peak, floor) => k == 1
                        ? new PolynomialSchedule(clock.EndAt(length, power), power, peak, floor)
                        : new KDecaySchedule(clock.EndAt(length, power), k, peak, floor, KDecayCurve.Polynomial, power));
            }),
        Row("StepLRScheduler", $"decay_t, decay_rate=1.0, {Warmup}, warmup_prefix=true, {Common}",
            "The rate drops at each multiple of decay_t itself, counted from the end of the ramp unless warmup_prefix is false, for ever.",
            a => new Curve((request, clock) => Shapes.Drops(request, a.Number("decay_t", value => value > 0, "above 0"), a.Number("decay_rate"), clock))),
        Row("MultiStepLRScheduler", $"decay_t, decay_rate=1.0, {Warmup}, warmup_prefix=true, {Common}",
            "The rate drops one step before each listed step, because t + 1 is compared, and after the last one it stays.",
            a => new Curve((_, clock) => Shapes.Milestones(clock, a.Numbers("decay_t").Select(milestone => milestone - 1), a.Number("decay_rate")))),
        new("timm.PlateauLRScheduler",
            new Signature($"decay_rate=0.1, patience_t=10, threshold=0.0001, cooldown_t=0, {Warmup}, lr_min=0, mode=\"max\", noise_range_t=null, noise_type=\"normal\", noise_pct=0.67, noise_std=1.0, noise_seed=null, initialize=true, lr_scale=null, metrics=null"),
            ForeignTimeUnit.Step,
            "It never ends: after the ramp, more than patience_t bad metrics reduce the rate; without a ramp step 0 sets the rate to warmup_lr_init, which is 0, and it stays there.",
            OnPlateau),
    ];

    private static ForeignFunction Row(string function, string parameters, string sentence, Func<Arguments, Curve> make) => new(
        $"timm.{function}", new Signature(parameters), ForeignTimeUnit.Step, sentence, request =>
        {
            var arguments = request.Arguments;
            Check(arguments);
            var (curve, warmup, scales) = (make(arguments), TimmWarmup.Read(arguments), Scales(arguments, request.BaseRates.Count));
            var isPerEpoch = arguments.Flag("t_in_epochs");
            return new ForeignRecipe(request.PerGroup(group => Ramped(request, curve, warmup) is var ramped && scales[group] == 1 ? ramped : new ScaleSchedule(ramped, scales[group])))
            {
                InitialRates = [.. request.BaseRates.Select((rate, group) => scales[group] * (warmup.Steps > 0 ? warmup.Start : rate))],
                TimeUnit = arguments.IsGiven("t_in_epochs") ? (isPerEpoch ? ForeignTimeUnit.Step : ForeignTimeUnit.Batch) : null,
                FaultAt = step => curve.Cycles is { } cycles && step >= warmup.Steps ? cycles.Places.FaultAt(warmup.IsPrefix ? step - warmup.Steps : step) : "",
            };
        });

    private static Schedule Ramped(ForeignRequest request, Curve curve, TimmWarmup warmup)
    {
        var clock = request.Clock;
        if (warmup.Steps == 0)
            return curve.Of(request, clock);
        var start = Level.Absolute(warmup.Start);
        var after = warmup.IsPrefix
            ? curve.Of(request, clock.After(warmup.Steps))
            // It has run on underneath and is entered in its middle.
            : new ShiftSchedule(curve.Of(request, clock.Entered(warmup.Steps)), -clock.At(warmup.Steps));
        return (curve.RampsToCurve && !warmup.IsPrefix) || (warmup.IsPrefix && after.ValueAt(0, 1) == 1)
            ? new WarmupSchedule(after, clock.At(warmup.Steps), start)
            : new SequenceSchedule([new LinearSchedule(clock.At(warmup.Steps), start, Level.Base), after], [clock.JumpAt(warmup.Steps)]);
    }

    /// <summary>From a decaying peak to the floor in each cycle; the floor after the last.</summary>
    /// <param name="arguments">The cycles.</param>
    /// <param name="height">Of the share of a cycle: 1 is the peak, 0 the floor.</param>
    /// <param name="cycle">Ours of one cycle: clock, steps, peak and floor.</param>
    /// <param name="isCosine">Whether that is half a cosine.</param>
    /// <param name="endsOnFloor">Whether a cycle's end is the floor.</param>
    private static Curve InCycles(Arguments arguments, Func<double, double> height, Func<Clock, double, Level, Level, Schedule> cycle, bool isCosine = false, bool endsOnFloor = true)
    {
        var cycles = TimmCycles.Read(arguments);
        var floor = arguments.Number("lr_min", value => value >= 0, "0 or above");
        return new Curve((request, clock) => Shapes.Attempt(() => Ours(request, clock), () => Formula(request, clock)), cycles);

        Schedule Ours(ForeignRequest request, Clock clock)
        {
            var (first, multiplier, decay, count) = (cycles.Places.First, cycles.Places.Multiplier, cycles.Decay, Math.Ceiling(cycles.Limit));
            if (count <= 0)
                return new ConstantSchedule(Level.Absolute(floor));
            if (count > Clock.MostBoundaries || !cycles.Places.AreExact(clock, count))
                return Formula(request, clock);
            var (lengths, ends) = (new List<double>(), new List<double>());
            for (var (length, i) = (first, 0); i < count; i++, length *= multiplier)
            {
                lengths.Add(length);
                ends.Add(multiplier == 1 ? first * (i + 1) : ends.LastOrDefault() + length);
            }
            var bottom = Level.Absolute(floor);
            if (count == 1 && endsOnFloor)
                return cycle(clock, first, Level.Base, bottom);
            if (isCosine && (decay == 1 || (decay is >= 0 and < 1 && floor == 0)))
                return new CosineRestartsSchedule(CyclePlan.FromRestarts(ends.SkipLast(1).Select(clock.JumpAt), clock.At(ends[^1])), Level.Base, bottom, decay);
            return Shapes.InRow(
                clock, ends, (i, part) => i == count ? new ConstantSchedule(bottom) : cycle(part, lengths[i], Level.Factor(Math.Pow(decay, i)), bottom));
        }

        FormulaSchedule Formula(ForeignRequest request, Clock clock) => request.Formula(
            cycles.Places.Multiplier == 1 ? "has more than a thousand cycles, or powers or peaks that are negative, which no schedule of ours has" : LogarithmicCycles.Why(clock with { RunSteps = 0 }),
            (step, value) => cycles.Places.Locate(step) is var (index, position, length) && index < cycles.Limit
                ? floor + (value * Math.Pow(cycles.Decay, index) - floor) * height(position / length)
                : floor);
    }

    private static ForeignRecipe OnPlateau(ForeignRequest request)
    {
        request.NeedBaseRates();
        var arguments = request.Arguments;
        Check(arguments);
        var scales = Scales(arguments, request.BaseRates.Count);
        ForeignScheduler Start() => new PlateauAfterRamp(request, TimmWarmup.Read(arguments), scales);
        var initial = Start().LearningRates.ToArray();
        var recipe = new ForeignRecipe(request.PerGroup(group => request.Formula(
            "looks at no metric during its ramp, and without a ramp trains with warmup_lr_init; nearest is our plateau schedule around a warmup schedule", (_, _) => initial[group], request.Part(group))))
        {
            Start = Start,
            WaitsForMetric = true,
        };
        return ForeignCall.Followed(request, recipe, ForeignCall.Listed(arguments, "metrics", ForeignCallKind.StepWithMetric));
    }

    private static void Check(Arguments arguments)
    {
        if (arguments.Has("noise_range_t"))
            throw arguments.Fault("noise_range_t", "asks for noise, which follows PyTorch's random generator and cannot be had with equal numbers; leave it out");
        if (!arguments.Flag("initialize"))
            throw arguments.Fault("initialize", "must be true: there is no optimizer that something else has initialized");
    }

    private static double[] Scales(Arguments arguments, int groupCount)
    {
        if (!arguments.Has("lr_scale"))
            return [.. Enumerable.Repeat(1.0, groupCount)];
        var items = arguments.Elements("lr_scale");
        if (items.Count != groupCount)
            throw arguments.Fault("lr_scale", $"has {items.Count} entries; there are {groupCount} parameter groups");
        return [.. items.Select((item, i) => item.ValueKind switch
        {
            JsonValueKind.Null => 1.0,
            JsonValueKind.Number => item.GetDouble(),
            _ => throw arguments.Fault($"lr_scale[{i}]", $"must be a number, or null for a group without one; got {Arguments.Describe(item)}"),
        })];
    }

    /// <summary>A ramp, then PyTorch's reduction on a plateau. Call k is <c>step(k, metric)</c>; metrics up to the end of the ramp are not looked at.</summary>
    private sealed class PlateauAfterRamp : ForeignScheduler
    {
        private readonly TimmWarmup warmup;
        private readonly double[] slopes;
        private readonly double[] scales;
        private readonly Plateau plateau;

        public PlateauAfterRamp(ForeignRequest request, TimmWarmup warmup, double[] scales)
            : base(request.Name, request.BaseRates.Select((rate, group) => scales[group] * (warmup.Steps > 0 ? warmup.Start : rate)))
        {
            (this.warmup, this.scales) = (warmup, scales);
            var arguments = request.Arguments;
            // Without a ramp the library still sets the ramp's first rate at step 0, which is 0 unless warmup_lr_init says otherwise.
            slopes = [.. request.BaseRates.Select(rate => warmup.Steps > 0 ? (rate - warmup.Start) / warmup.Steps : 1)];
            plateau = new Plateau(
                request.Name,
                Rates,
                new MetricRule(arguments.Choice("mode", "min", "max") == "min", isRelative: true, arguments.Number("threshold")),
                arguments.Number("decay_rate", value => value < 1, "below 1"),
                arguments.Integer("patience_t"),
                arguments.Integer("cooldown_t"),
                arguments.PerGroup("lr_min", Rates.Length),
                smallestChange: 1e-8);
        }

        private protected override void AdvanceWith(double metric)
        {
            if (CallCount <= warmup.Steps)
            {
                for (var group = 0; group < Rates.Length; group++)
                    Rates[group] = scales[group] * (warmup.Start + CallCount * slopes[group]);
                return;
            }
            plateau.Set(Rates);
            plateau.StepWithMetric(metric);
            plateau.LearningRates.CopyTo(Rates);
        }
    }
}

/// <summary>timm's ramp: from an absolute rate to the base rate in so many steps.</summary>
/// <param name="Steps">0 = none.</param>
/// <param name="Start">The absolute rate at step 0.</param>
/// <param name="IsPrefix">Whether the schedule starts after the ramp; otherwise it runs underneath and is joined part-way.</param>
internal readonly record struct TimmWarmup(double Steps, double Start, bool IsPrefix)
{
    public static TimmWarmup Read(Arguments arguments) => new(
        arguments.Number("warmup_t", steps => steps >= 0, "0 or more"),
        arguments.Number("warmup_lr_init"),
        arguments.Knows("warmup_prefix") && arguments.Flag("warmup_prefix"));
}

/// <summary>timm's cycles.</summary>
/// <param name="Places">Where they lie (<c>t_initial</c>, <c>cycle_mul</c>).</param>
/// <param name="Decay">Each peak is so many times as high (<c>cycle_decay</c>).</param>
/// <param name="Limit">How many cycles there are (<c>cycle_limit</c>); after them the rate is the floor.</param>
internal sealed record TimmCycles(LogarithmicCycles Places, double Decay, double Limit)
{
    public static TimmCycles Read(Arguments arguments) => new(
        new LogarithmicCycles(arguments.Number("t_initial", value => value > 0, "above 0"), arguments.Number("cycle_mul", value => value > 0, "above 0")),
        arguments.Number("cycle_decay"),
        arguments.Number("cycle_limit"));

    /// <summary>timm's <c>get_cycle_length</c>; 0 cycles mean all of them.</summary>
    public double TotalLength(int cycles, TimmWarmup warmup)
    {
        var count = Math.Max(1, cycles == 0 ? Limit : cycles);
        var (first, multiplier) = (Places.First, Places.Multiplier);
        var length = multiplier == 1 ? first * count : Math.Floor(-first * (Math.Pow(multiplier, count) - 1) / (1 - multiplier));
        return warmup.IsPrefix ? length + warmup.Steps : length;
    }
}
