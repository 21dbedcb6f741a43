using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cawb.Foreign;

/// <summary>
/// MosaicML Composer's <c>optim.scheduler</c>. Time is in batches, or in epochs where all times are epochs and shares of a run in epochs and it is not said how many batches an epoch has.
/// The arguments of the run stand beside those of the scheduler.
/// </summary>
internal static partial class Composer
{
    private const string Run = "max_duration, batches_per_epoch=null, samples_per_batch=1, tokens_per_batch=null, ssr=1.0";
    private const string Held = "At t_max itself the last multiplier is reached, and it stays.";
    private const string HeldAfterWarmup = "The ramp starts at 0 and its top is reached at t_warmup itself; at t_max the last multiplier is reached and stays; a t_max before the end of the run raises.";

    public static IEnumerable<ForeignFunction> Rows =>
    [
        Row("StepScheduler", "step_size, gamma=0.1",
            "The multiplier drops at each multiple of step_size itself, for ever.",
            (a, times, request) => Shapes.Drops(request, times.Positive("step_size"), a.Number("gamma"))),
        Row("MultiStepScheduler", "milestones, gamma=0.1",
            "The multiplier drops at each milestone itself, a milestone listed twice drops twice, and after the last one it stays.",
            (_, times, request) => MultiStep(times, request.Clock, start: 0)),
        Row("ConstantScheduler", "alpha=1.0, t_max=\"1dur\"",
            "From t_max itself on the multiplier is 1.",
            (a, times, request) => Shapes.Levels(request.Clock, [times.FirstBatchAt(times.Of("t_max"))], [Level.Factor(a.Number("alpha")), Level.Base])),
        Row("LinearScheduler", "alpha_i=1.0, alpha_f=0.0, t_max=\"1dur\"", Held,
            (a, times, request) => Curve("Linear", a, request.Clock, times.Positive("t_max"))),
        Row("ExponentialScheduler", "gamma, decay_period=\"1ep\"",
            "The multiplier falls with every batch, for ever.",
            (a, times, request) => Shapes.Powers(request, a.Number("gamma"), times.Positive("decay_period"), isStaircase: false)),
        Row("CosineAnnealingScheduler", "t_max=\"1dur\", alpha_f=0.0", Held,
            (a, times, request) => Curve("Cosine", a, request.Clock, times.Positive("t_max"))),
        Row("CosineAnnealingWarmRestartsScheduler", "t_0, t_mult=1.0, alpha_f=0.0",
            "It restarts at the boundary batch itself, so alpha_f is not trained with, and goes on for ever with interval lengths truncated to whole units.",
            (_, times, request) => Restarts(times, request)),
        Row("PolynomialScheduler", "power, t_max=\"1dur\", alpha_f=0.0", Held,
            (a, times, request) => Curve("Polynomial", a, request.Clock, times.Positive("t_max"))),
        Row("MultiStepWithWarmupScheduler", "t_warmup, milestones, gamma=0.1, scale_warmup=false",
            "The ramp starts at 0 and ends at t_warmup itself; the milestones are counted from the start of the run, and after the last one the multiplier stays.",
            (_, times, request) => Warmed(times, request.Clock, 1, (clock, start) => MultiStep(times, clock, start))),
        Row("ConstantWithWarmupScheduler", "t_warmup, alpha=1.0, t_max=\"1dur\", scale_warmup=false",
            "The ramp starts at 0 and its top is reached at t_warmup itself and stays, past t_max too; a t_max before the end of the run raises.",
            (a, times, request) => Warmed(times, request.Clock, a.Number("alpha"), (_, _) => Flat(times, a.Number("alpha")))),
        Row("LinearWithWarmupScheduler", "t_warmup, alpha_i=1.0, alpha_f=0.0, t_max=\"1dur\", scale_warmup=false", HeldAfterWarmup,
            (a, times, request) => Warmed(times, request.Clock, a.Number("alpha_i"), (clock, _) => Curve("Linear", a, clock, times.AfterWarmup()))),
        Row("CosineAnnealingWithWarmupScheduler", "t_warmup, t_max=\"1dur\", alpha_f=0.0, scale_warmup=false", HeldAfterWarmup,
            (a, times, request) => Warmed(times, request.Clock, 1, (clock, _) => Curve("Cosine", a, clock, times.AfterWarmup()))),
        Row("PolynomialWithWarmupScheduler", "t_warmup, power=2.0, t_max=\"1dur\", alpha_f=0.0, scale_warmup=false", HeldAfterWarmup,
            (a, times, request) => Warmed(times, request.Clock, 1, (clock, _) => Curve("Polynomial", a, clock, times.AfterWarmup()))),
    ];

    private static ForeignFunction Row(string function, string parameters, string sentence, Func<Arguments, Times, ForeignRequest, Schedule> make) =>
        new($"composer.{function}", new Signature($"{parameters}, {Run}"), ForeignTimeUnit.Batch, sentence, request =>
        {
            var times = new Times(request);
            var intervals = function == "CosineAnnealingWarmRestartsScheduler" ? new Intervals(times) : null;
            return request.Recipe(make(request.Arguments, times, request)) with
            {
                Run = times.Run,
                TimeUnit = times.AreEpochs ? ForeignTimeUnit.Epoch : null,
                FaultAt = step => intervals?.At(step).Length <= 0 ? "the intervals have shrunk to no length, and the library raises." : "",
            };
        })
        {
            Container = "scheduler",
        };

    private static Schedule Curve(string shape, Arguments arguments, Clock clock, double steps)
    {
        var (from, to) = (shape == "Linear" ? arguments.Number("alpha_i") : 1, arguments.Number("alpha_f"));
        return shape == "Cosine"
            ? new CosineSchedule(clock.At(steps), Level.Base, Level.Factor(to))
            : Shapes.Line(clock, steps, shape == "Linear" ? 1 : arguments.Number("power"), Level.Factor(from), Level.Factor(to));
    }

    private static ConstantSchedule Flat(Times times, double factor)
    {
        // t_max changes nothing here, and is refused where it ends before the run all the same.
        times.AfterWarmup();
        return new ConstantSchedule(Level.Factor(factor));
    }

    private static Schedule MultiStep(Times times, Clock clock, double start) =>
        Shapes.Milestones(clock, times.List("milestones").Select(time => times.FirstBatchAt(time) - start), times.Arguments.Number("gamma"));

    /// <summary>A line from 0 up to a multiplier, then another schedule. Where the ratio scales the warm-up, the line waits at its top, or is cut off on its way.</summary>
    private static Schedule Warmed(Times times, Clock clock, double peak, Func<Clock, double, Schedule> next)
    {
        var end = times.Of("t_warmup", isScaled: false);
        var length = times.Arguments.Flag("scale_warmup") ? times.Of("t_warmup") : end;
        if (end <= 0)
            return next(clock, 0);
        var after = next(clock.After(end), end);
        return length == end && after.ValueAt(0, 1) == peak
            ? new WarmupSchedule(after, clock.At(end))
            : new SequenceSchedule([length > 0 ? new LinearSchedule(clock.At(length), Level.Zero, Level.Factor(peak)) : new ConstantSchedule(Level.Factor(peak)), after], [clock.JumpAt(end)]);
    }

    private static Schedule Restarts(Times times, ForeignRequest request)
    {
        var (first, multiplier, floor) = (times.Positive("t_0"), times.Arguments.Number("t_mult"), Level.Factor(times.Arguments.Number("alpha_f")));
        var (intervals, clock) = (new Intervals(times), request.Clock);
        if (multiplier == 1)
            return Shapes.Restarts(clock, first, 1, Level.Base, floor, peakFactor: 1, Formula);
        return clock.KnowsTheRun && intervals.Ends(clock.RunSteps) is { } ends
            ? Shapes.InRow(clock, [.. ends.SkipLast(1)], (i, _) => new CosineSchedule(clock.At(ends[i] - (i == 0 ? 0 : ends[i - 1])), Level.Base, floor))
            : Formula();

        FormulaSchedule Formula() => request.Formula(
            clock.KnowsTheRun
                ? "has intervals that shrink to nothing; nearest is our cosineRestarts schedule"
                : "goes on for ever with intervals that our cosineRestarts schedule has for a run of known length",
            (step, value) => intervals.At(step) is var (remaining, length) && length <= 0
                ? value * floor.Amount
                : value * (floor.Amount + (1 - floor.Amount) * (1 + Math.Cos(Math.PI * (1 - remaining / length))) / 2),
            isRelative: true);
    }

    /// <summary>The intervals between restarts, whose lengths are multiplied and truncated to whole units of t_0.</summary>
    private sealed class Intervals(Times times)
    {
        private readonly double first = times.Read("t_0", times.Arguments.Word("t_0")).Value;
        private readonly double perStep = times.PerStep(times.Read("t_0", times.Arguments.Word("t_0")).Unit);
        private readonly double multiplier = times.Arguments.Number("t_mult");

        /// <summary>What is left of the interval at a step, and its length, in steps.</summary>
        public (double Remaining, double Length) At(double step)
        {
            var (now, length, end) = (step * perStep, first, first);
            if (multiplier == 1 && length > 0)
                return ((length - now % length) / perStep, length / perStep);
            while (now >= end && length > 0)
            {
                length = Math.Truncate(multiplier * length);
                end += length;
            }
            return ((end - now) / perStep, length / perStep);
        }

        /// <summary>The ends of the intervals up to the first one that is not before the end of the run; none where they shrink to nothing or are too many.</summary>
        public List<double>? Ends(double runSteps)
        {
            var ends = new List<double>();
            for (var end = 0.0; ends.Count < Clock.MostBoundaries;)
            {
                if (At(end).Remaining is not (> 0 and var remaining))
                    return null;
                ends.Add(end += remaining);
                if (end >= runSteps)
                    return ends;
            }
            return null;
        }
    }

    /// <summary>Composer's times as steps: batches, or epochs where nothing says how many batches one has and nothing asks.</summary>
    private sealed partial class Times
    {
        private const string Forms = "a time such as \"2ep\", \"7ba\", \"64sp\", \"4096tok\" or \"0.25dur\"";

        private readonly int? batchesPerEpoch;
        private readonly double ratio;
        private readonly (double Value, string Unit) run;

        public Times(ForeignRequest request)
        {
            Arguments = request.Arguments;
            batchesPerEpoch = Arguments.Has("batches_per_epoch") ? Arguments.Integer("batches_per_epoch", atLeast: 1) : request.BatchesPerEpoch;
            ratio = Arguments.Number("ssr", value => value > 0, "above 0");
            var text = Arguments.Word("max_duration");
            if (text.EndsWith("dur", StringComparison.Ordinal))
                throw Arguments.Fault("max_duration", $"must be in ep, ba, sp or tok; got \"{text}\"");
            AreEpochs = batchesPerEpoch is null && text.TrimEnd().EndsWith("ep", StringComparison.Ordinal);
            run = Read("max_duration", text, isScaled: false);
            Run = Math.Ceiling(run.Value / PerStep(run.Unit));
        }

        public Arguments Arguments { get; }

        public bool AreEpochs { get; }

        /// <summary>The run's length in steps.</summary>
        public double Run { get; }

        /// <summary>A time in steps, scaled by the ratio unless it is a share of the run.</summary>
        public double Of(string name, bool isScaled = true) => Steps(Read(name, Arguments.Word(name), isScaled));

        public double Positive(string name) =>
            Of(name) is > 0 and var steps ? steps : throw Arguments.Fault(name, $"must be at least one whole unit; got \"{Arguments.Word(name)}\" with ssr {Text.Of(ratio)}");

        public IEnumerable<double> List(string name) => Arguments.Elements(name).Select((item, i) => item.ValueKind == JsonValueKind.String
            ? Steps(Read($"{name}[{i}]", item.GetString() ?? ""))
            : throw Arguments.Fault($"{name}[{i}]", $"must be {Forms}; got {Arguments.Describe(item)}"));

        /// <summary>The first step that is not before a time.</summary>
        public double FirstBatchAt(double steps) => AreEpochs ? steps : Math.Ceiling(steps);

        /// <summary>From the end of the warm-up to <c>t_max</c>, in steps.</summary>
        public double AfterWarmup()
        {
            var (start, end) = (Read("t_warmup", Arguments.Word("t_warmup"), isScaled: false), Read("t_max", Arguments.Word("t_max")));
            if (start.Unit != end.Unit && start.Value > 0)
                throw Arguments.Fault("t_warmup", "and 't_max' must count the same unit");
            if (end.Unit == run.Unit && end.Value < run.Value)
                throw Arguments.Fault("t_max", $"must not end before the run: it is {Text.Of(end.Value)} of {Text.Of(run.Value)} units");
            return end.Value > start.Value
                ? Steps(end) - Steps(start)
                : throw Arguments.Fault("t_warmup", $"must end before 't_max'; it is {Text.Of(start.Value)} of {Text.Of(end.Value)} units");
        }

        /// <summary>How many of a unit one step is.</summary>
        public double PerStep(string unit) => unit switch
        {
            "sp" => Arguments.Integer("samples_per_batch", atLeast: 1),
            "tok" => Arguments.Has("tokens_per_batch")
                ? Arguments.Integer("tokens_per_batch", atLeast: 1)
                : throw Arguments.Fault("tokens_per_batch", "is missing: a time in tokens needs it"),
            _ => 1,
        };

        /// <summary>A time in batches, samples, tokens or, where they are the steps, epochs; whole, because Composer truncates.</summary>
        public (double Value, string Unit) Read(string name, string text, bool isScaled = true)
        {
            var match = Pattern().Match(text);
            if (!match.Success || !double.TryParse(match.Groups[1].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
                throw Arguments.Fault(name, $"must be {Forms}; got \"{text}\"");
            var scale = isScaled ? ratio : 1;
            return match.Groups[2].Value switch
            {
                "dur" => (AreEpochs ? value * run.Value : Math.Truncate(value * run.Value), run.Unit),
                "ep" when AreEpochs => (value * scale, "ep"),
                "ep" => (Math.Truncate(value * (batchesPerEpoch ?? throw Missing($"'{name}' is in epochs beside a run that is not")) * scale), "ba"),
                var unit when AreEpochs => throw Missing($"'{name}' is in '{unit}' beside a run in epochs"),
                var unit => (Math.Truncate(value * scale), unit),
            };
        }

        private double Steps((double Value, string Unit) time) => time.Value / PerStep(time.Unit);

        private ForeignScheduleException Missing(string why) => Arguments.Fault("batches_per_epoch", $"is missing (--batches): {why}");

        [GeneratedRegex(@"^\s*([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\s*(ep|ba|sp|tok|dur)\s*$", RegexOptions.CultureInvariant)]
        private static partial Regex Pattern();
    }
}
