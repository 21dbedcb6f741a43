using System.Text.Json;
using Cawb.Foreign.PyTorch;

namespace Cawb.Foreign.PytorchWarmup;

/// <summary>Tony-Y's <c>pytorch_warmup</c> around one of PyTorch's schedulers (<c>inner</c>). One step is <c>with warmup.dampening(): inner.step()</c>.</summary>
internal static class PytorchWarmupFunctions
{
    private const string Common = "inner=null, last_step=-1, optimizer=null, resume_groups=null";
    private const string Untuned = "beta2=0.999, " + Common;

    public static IEnumerable<ForeignFunction> All =>
    [
        Define("LinearWarmup", $"warmup_period, {Common}",
            "The first rate is 1 / warmup_period of the inner one, from step warmup_period - 1 on it is the inner one, which runs on underneath.",
            (arguments, groups) => Each(Periods(arguments, groups), period => step => Math.Min(1, (step + 1) / period))),
        Define("ExponentialWarmup", $"warmup_period, {Common}",
            "The rate approaches the inner one, which runs on underneath, and never quite is it.",
            (arguments, groups) => Each(Periods(arguments, groups), period => step => 1 - Math.Exp(-(step + 1) / period))),
        Define("UntunedLinearWarmup", Untuned,
            "A linear warm-up over 2 / (1 - beta2) steps, truncated to whole ones; the inner schedule runs on underneath.",
            (arguments, groups) => Each(Betas(arguments, groups), beta => Math.Truncate(2 / (1 - beta)) is var period ? step => Math.Min(1, (step + 1) / period) : step => step)),
        Define("UntunedExponentialWarmup", Untuned,
            "An exponential warm-up with the period 1 / (1 - beta2), truncated to a whole number; the inner schedule runs on underneath.",
            (arguments, groups) => Each(Betas(arguments, groups), beta => Math.Truncate(1 / (1 - beta)) is var period ? step => 1 - Math.Exp(-(step + 1) / period) : step => step)),
        Define("RAdamWarmup", Untuned,
            "The rate approaches the inner one, which runs on underneath, as RAdam's rectification does from the first step at which it is defined.",
            (arguments, groups) => Each(Betas(arguments, groups), beta => beta > 0.6
                ? new RectifiedAdam(beta).FactorAt
                : throw arguments.Fault("beta2", $"must be above 0.6, or RAdam never rectifies; got {Text.Of(beta)}"))),
    ];

    private static ForeignFunction Define(
        string function, string parameters, string sentence, Func<Arguments, ParameterGroups, IReadOnlyList<Func<double, double>>> factors) =>
        new($"pytorch_warmup.{function}", new Signature(parameters), sentence, request =>
        {
            var arguments = request.Arguments;
            var inner = arguments.Has("inner") ? TorchMember.Read(arguments, "inner", arguments.Value("inner")) : null;
            return new ForeignRecipe(() =>
            {
                var groups = TorchOptimizer.Groups(request);
                ForeignScheduler underneath = inner is null ? Unscheduled(request.Name, groups) : inner.Start(groups);
                return new DampenedScheduler(request.Name, underneath, factors(arguments, groups), arguments.Integer("last_step"));
            })
            {
                Candidates = [.. request.BaseRates.Select((_, group) => Equivalent.Attempt(() => Ours(function, arguments, inner, group)))],
            };
        });

    /// <summary>A linear warm-up is a line times the inner schedule.</summary>
    private static Schedule? Ours(string function, Arguments arguments, TorchMember? inner, int group)
    {
        if (arguments.Integer("last_step") != -1 || arguments.Has("resume_groups"))
            return null;
        var steps = function switch
        {
            "LinearWarmup" => One(arguments, "warmup_period", group),
            "UntunedLinearWarmup" => Math.Truncate(2 / (1 - One(arguments, "beta2", group))),
            _ => 0,
        };
        var underneath = inner is null ? new ConstantSchedule() : inner.Function.Ours(inner.Arguments, group);
        if (steps < 1 || underneath is null)
            return null;
        return steps == 1 ? underneath : new ProductSchedule(underneath, new LinearSchedule(steps - 1, Level.Factor(1 / steps), Level.Base));
    }

    private static double One(Arguments arguments, string name, int group) =>
        arguments.Value(name).ValueKind == JsonValueKind.Array ? arguments.Numbers(name)[group] : arguments.Number(name);

    private static LambdaScheduler Unscheduled(string name, ParameterGroups groups)
    {
        groups.RememberInitialRates();
        return new LambdaScheduler(name, groups, 0, [.. Enumerable.Repeat((Func<double, double>)(_ => 1), groups.Count)]);
    }

    private static IReadOnlyList<Func<double, double>> Each(double[] parameters, Func<double, Func<double, double>> factor) => [.. parameters.Select(factor)];

    private static double[] Periods(Arguments arguments, ParameterGroups groups) =>
        arguments.PerGroup("warmup_period", groups.Count) is var periods && periods.All(period => period > 0)
            ? periods
            : throw arguments.Fault("warmup_period", "must be above 0");

    private static double[] Betas(Arguments arguments, ParameterGroups groups) =>
        arguments.PerGroup("beta2", groups.Count) is var betas && betas.All(beta => beta is >= 0 and < 1)
            ? betas
            : throw arguments.Fault("beta2", "must be 0 or above, and below 1");
}
