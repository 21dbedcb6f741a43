using System.Text.Json;
using Cawb.Foreign.PyTorch;

namespace Cawb.Foreign.Mmengine;

/// <summary>mmengine's <c>optim.scheduler</c>. Time is counted in <c>step()</c> calls; <c>epoch_length</c> turns epochs into iterations as <c>build_iter_from_epoch</c> does.</summary>
internal static class MmengineFunctions
{
    private const string Common = "begin=0, end=1000000000, last_step=-1, by_epoch=true, verbose=false";

    private static readonly (string Function, Signature Parameters, string Sentence, Func<string, ParameterGroups, Arguments, MmengineScheduler> Make)[] Table =
    [
        Entry("ConstantLR", "factor=0.3333333333333333",
            "The factor is taken back at end - 1, and from end on the rate is left alone.",
            (name, groups, arguments) => new MmengineConstant(name, groups, arguments)),
        Entry("LinearLR", "start_factor=0.3333333333333333, end_factor=1.0",
            "end_factor is reached at end - 1, and from end on the rate is left alone.",
            (name, groups, arguments) => new MmengineLinear(name, groups, arguments)),
        Entry("ExponentialLR", "gamma",
            "The first step of the window leaves the rate as it is, and from end on the rate is left alone.",
            (name, groups, arguments) => new MmengineExponential(name, groups, arguments)),
        Entry("StepLR", "step_size, gamma=0.1",
            "The rate drops at each multiple of step_size itself, counted from begin, and from end on it is left alone.",
            (name, groups, arguments) => new MmengineStep(name, groups, arguments)),
        Entry("MultiStepLR", "milestones, gamma=0.1",
            "The rate drops at each milestone itself, counted from begin, and from end on it is left alone.",
            (name, groups, arguments) => new MmengineMultiStep(name, groups, arguments)),
        Entry("PolyLR", "power=1, eta_min=0",
            "eta_min is reached at end - 1, and from end on the rate is left alone.",
            (name, groups, arguments) => new MmenginePolynomial(name, groups, arguments)),
        Entry("CosineAnnealingLR", "T_max=null, eta_min=null, eta_min_ratio=null",
            "The floor is reached T_max steps into the window, then the rate rises again along the same cosine; from end on it is left alone.",
            (name, groups, arguments) => new MmengineCosine(name, groups, arguments)),
        Entry("CosineRestartLR", "periods, restart_weights=[1], eta_min=null, eta_min_ratio=null",
            "It restarts at the boundary step itself, so the floor is not trained with, and after the last period the rate stays where it was, just above the floor.",
            (name, groups, arguments) => new MmengineRestarts(name, groups, arguments)),
        Entry("OneCycleLR", "eta_max, total_steps=null, pct_start=0.3, anneal_strategy=\"cos\", div_factor=25.0, final_div_factor=10000.0, three_phase=false",
            "The last rate is reached at total_steps - 1; one more step is accepted and extrapolates the last phase (below 0 with linear annealing), the next one raises unless the window has ended.",
            (name, groups, arguments) => new MmengineOneCycle(name, groups, arguments)),
    ];

    public static IEnumerable<ForeignFunction> All =>
    [
        .. Table.Select(entry => new ForeignFunction($"mmengine.{entry.Function}", entry.Parameters, entry.Sentence, request =>
            new ForeignRecipe(() => Construct(() => entry.Make(request.Name, TorchOptimizer.Groups(request), request.Arguments).Begin()))
            {
                Candidates = [.. request.BaseRates.Select(_ => Equivalent.Attempt(() => MmengineEquivalents.Of(entry.Function, request.Arguments)))],
            })),
        new("mmengine.ReduceOnPlateauLR",
            new Signature($"monitor=\"loss\", rule=\"less\", factor=0.1, patience=10, threshold=0.0001, threshold_rule=\"rel\", cooldown=0, min_value=0.0, eps=1e-08, {Common}, metrics=null"),
            "It never ends by itself; steps with a metric do not advance the counter that begin and end are compared with, so that fed with metrics alone a begin above 0 switches it off.",
            request => new ForeignRecipe(() => MmenginePlateau.Make(request.Name, TorchOptimizer.Groups(request), request.Arguments))
            {
                Calls = ForeignCall.Listed(request.Arguments, "metrics", ForeignCallKind.StepWithMetric),
            }),
        new("mmengine.combined",
            new Signature("schedulers"),
            "The schedulers step in order, each on the rate that is there; outside its window a scheduler leaves the rate alone.",
            Combine),
    ];

    private static (string Function, Signature Parameters, string Sentence, Func<string, ParameterGroups, Arguments, MmengineScheduler> Make) Entry(
        string function, string parameters, string sentence, Func<string, ParameterGroups, Arguments, MmengineScheduler> make) =>
        (function, new Signature($"{parameters}, {Common}, epoch_length=null"), sentence, make);

    private static ForeignRecipe Combine(ForeignRequest request)
    {
        var members = request.Arguments.Elements("schedulers").Select((item, i) => Member(request.Arguments, $"schedulers[{i}]", item)).ToList();
        if (members.Count == 0)
            throw request.Arguments.Fault("schedulers", "must have at least one scheduler");
        return new ForeignRecipe(() =>
        {
            var groups = TorchOptimizer.Groups(request);
            return new MmengineCombination(request.Name, groups, [.. members.Select(member => Construct(() => member.Make(groups).Begin()))]);
        })
        {
            Candidates = [.. request.BaseRates.Select(_ => Equivalent.Attempt(() => Product([.. members.Select(member => member.Ours())])))],
        };
    }

    private static ProductSchedule? Product(IReadOnlyList<Schedule?> parts) =>
        parts.OfType<Schedule>().ToList() is var known && known.Count == parts.Count ? new ProductSchedule(known) : null;

    private static (Func<ParameterGroups, MmengineScheduler> Make, Func<Schedule?> Ours) Member(Arguments owner, string place, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
            throw owner.Fault(place, $"must be an object with a \"type\" such as \"LinearLR\"; got {Arguments.Describe(item)}");
        var name = type.GetString() ?? "";
        if (Table.FirstOrDefault(entry => entry.Function == name) is not { Function: not null } found)
            throw owner.Fault(place, $"names no scheduler: '{name}'.{NearestName.Suggestion(name, Table.Select(entry => entry.Function))}");
        var arguments = Arguments.Read($"{owner.Owner}: {place} ({name})", found.Parameters, item, tag: "type");
        return (groups => found.Make($"mmengine.{name}", groups, arguments), () => MmengineEquivalents.Of(name, arguments));
    }

    private static MmengineScheduler Construct(Func<MmengineScheduler> make)
    {
        try
        {
            return make();
        }
        catch (InvalidOperationException fault)
        {
            throw new ForeignScheduleException(fault.Message, fault);
        }
    }
}
