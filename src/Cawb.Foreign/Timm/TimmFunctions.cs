using System.Text.Json;
using Cawb.Foreign.PyTorch;

namespace Cawb.Foreign.Timm;

/// <summary>timm's <c>timm.scheduler</c> (1.0). Time is t: training code calls <c>step(epoch + 1)</c> at the end of an epoch.</summary>
internal static class TimmFunctions
{
    private const string Cycles = "lr_min=0.0, cycle_mul=1.0, cycle_decay=1.0, cycle_limit=1";
    private const string Warmup = "warmup_t=0, warmup_lr_init=0";
    private const string Common = "t_in_epochs=true, noise_range_t=null, noise_pct=0.67, noise_std=1.0, noise_seed=42, initialize=true, lr_scale=null";

    public static IEnumerable<ForeignFunction> All =>
    [
        Define("CosineLRScheduler", $"t_initial, {Cycles}, {Warmup}, warmup_prefix=false, k_decay=1.0, {Common}",
            "It restarts at the boundary step itself and is at lr_min from the step on at which cycle_limit is reached; without warmup_prefix the ramp goes to the full base rate and drops onto the cosine that ran on underneath.",
            (arguments, warmup, scale) => new TimmCosine(TimmCycles.Read(arguments), Floor(arguments), arguments.Number("k_decay"), warmup, scale)),
        Define("TanhLRScheduler", $"t_initial, lb=-7.0, ub=3.0, {Cycles}, {Warmup}, warmup_prefix=false, {Common}",
            "It restarts at the boundary step itself and is at lr_min from the step on at which cycle_limit is reached, a small drop because tanh has not got there; without warmup_prefix the ramp ends on the curve.",
            (arguments, warmup, scale) => Tanh(arguments, warmup, scale)),
        Define("PolyLRScheduler", $"t_initial, power=0.5, {Cycles}, {Warmup}, warmup_prefix=false, k_decay=1.0, {Common}",
            "It restarts at the boundary step itself and is at lr_min from the step on at which cycle_limit is reached; without warmup_prefix the ramp goes to the full base rate and drops onto the curve that ran on underneath.",
            (arguments, warmup, scale) => new TimmPolynomial(TimmCycles.Read(arguments), Floor(arguments), arguments.Number("power"), arguments.Number("k_decay"), warmup, scale)),
        Define("StepLRScheduler", $"decay_t, decay_rate=1.0, {Warmup}, warmup_prefix=true, {Common}",
            "The rate drops at each multiple of decay_t itself, counted from the end of the ramp unless warmup_prefix is false, for ever.",
            (arguments, warmup, scale) => new TimmStep(arguments.Number("decay_t", value => value > 0, "above 0"), arguments.Number("decay_rate"), warmup, scale)),
        Define("MultiStepLRScheduler", $"decay_t, decay_rate=1.0, {Warmup}, warmup_prefix=true, {Common}",
            "The rate drops one step before each listed step, because t + 1 is compared, and after the last one it stays.",
            (arguments, warmup, scale) => new TimmMultiStep(arguments.Numbers("decay_t"), arguments.Number("decay_rate"), warmup, scale)),
        new("timm.PlateauLRScheduler",
            new Signature($"decay_rate=0.1, patience_t=10, threshold=0.0001, cooldown_t=0, {Warmup}, lr_min=0, mode=\"max\", noise_range_t=null, noise_type=\"normal\", noise_pct=0.67, noise_std=1.0, noise_seed=null, initialize=true, lr_scale=null, metrics=null"),
            "It never ends: after the ramp, more than patience_t bad metrics reduce the rate; without a ramp step 0 sets the rate to warmup_lr_init, which is 0, and it stays there.",
            Plateau),
    ];

    private static ForeignFunction Define(string function, string parameters, string sentence, Func<Arguments, TimmWarmup, double, TimmSchedule> make) =>
        new($"timm.{function}", new Signature(parameters), sentence, request =>
        {
            var arguments = request.Arguments;
            Check(arguments);
            arguments.Flag("t_in_epochs");
            var (warmup, scales) = (TimmWarmup.Read(arguments), Scales(arguments, request.BaseRates.Count));
            var schedules = scales.Select(scale => make(arguments, warmup, scale)).ToList();
            var initial = schedules.Select((schedule, group) => schedule.InitialValue(request.BaseRates[group])).ToList();
            return new ForeignRecipe(() => new FunctionScheduler(request.Name, schedules, request.BaseRates, initial)) { LearningRates = schedules };
        });

    private static ForeignRecipe Plateau(ForeignRequest request)
    {
        var arguments = request.Arguments;
        Check(arguments);
        var scales = Scales(arguments, request.BaseRates.Count);
        return new ForeignRecipe(() => new TimmPlateau(request.Name, TorchOptimizer.Groups(request), arguments, scales))
        {
            Calls = ForeignCall.Listed(arguments, "metrics", ForeignCallKind.StepWithMetric),
        };
    }

    private static TimmTanh Tanh(Arguments arguments, TimmWarmup warmup, double scale)
    {
        var (lower, upper) = (arguments.Number("lb"), arguments.Number("ub"));
        return lower < upper
            ? new TimmTanh(TimmCycles.Read(arguments), Floor(arguments), lower, upper, warmup, scale)
            : throw arguments.Fault("lb", $"must be below 'ub' {Text.Of(upper)}; got {Text.Of(lower)}");
    }

    private static double Floor(Arguments arguments) => arguments.Number("lr_min", value => value >= 0, "0 or above");

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
}
