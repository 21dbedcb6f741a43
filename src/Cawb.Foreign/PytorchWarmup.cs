namespace Cawb.Foreign;

/// <summary>Tony-Y's <c>pytorch_warmup</c> around one of PyTorch's schedulers (<c>inner</c>): its rates times a factor of the step. One step is <c>with warmup.dampening(): inner.step()</c>.</summary>
internal static class PytorchWarmup
{
    private const string Common = "inner=null, last_step=-1, optimizer=null";
    private const string Untuned = "beta2=0.999, " + Common;

    public static IEnumerable<ForeignFunction> Rows =>
    [
        Row("LinearWarmup", $"warmup_period, {Common}",
            "The first rate is 1 / warmup_period of the inner one, from step warmup_period - 1 on it is the inner one, which runs on underneath.",
            (request, group) => Line(request.Clock, Period(request, group))),
        Row("ExponentialWarmup", $"warmup_period, {Common}",
            "The rate approaches the inner one, which runs on underneath, and never quite is it.",
            (request, group) => Approach(request, Period(request, group))),
        Row("UntunedLinearWarmup", Untuned,
            "A linear warm-up over 2 / (1 - beta2) steps, truncated to whole ones; the inner schedule runs on underneath.",
            (request, group) => Line(request.Clock, Math.Truncate(2 / (1 - Beta(request, group))))),
        Row("UntunedExponentialWarmup", Untuned,
            "An exponential warm-up with the period 1 / (1 - beta2), truncated to a whole number; the inner schedule runs on underneath.",
            (request, group) => Approach(request, Math.Truncate(1 / (1 - Beta(request, group))))),
        Row("RAdamWarmup", Untuned,
            "The rate approaches the inner one, which runs on underneath, as RAdam's rectification does from the first step at which it is defined.",
            (request, group) => Rectified(request, Beta(request, group))),
    ];

    private static ForeignFunction Row(string function, string parameters, string sentence, Func<ForeignRequest, int, Schedule> factor) => new(
        $"pytorch_warmup.{function}", new Signature(parameters), ForeignTimeUnit.Batch, sentence, request =>
        {
            var arguments = request.Arguments;
            Torch.CheckOptimizer(request);
            if (arguments.Integer("last_step") != -1)
                throw arguments.Fault("last_step", "must be -1: resuming needs the state of the optimizer; step to the place instead");
            var inner = arguments.Has("inner") ? Torch.Member(arguments, "inner", arguments.Value("inner")) : new TorchCurve((_, _, _, _) => new ConstantSchedule());
            return new ForeignRecipe(request.PerGroup(group =>
            {
                var underneath = inner.Of(request, request.Clock, group, inner.InitialRate(group, request.BaseRates[group], false));
                return factor(request, group) is var ramp && ramp is ConstantSchedule ? underneath : new ProductSchedule(underneath, ramp);
            }))
            {
                Momenta = inner.Momentum is { } momentum ? request.PerGroup(group => momentum(request, request.Clock, group)) : [],
                FaultAt = inner.FaultAt,
                Run = inner.Run,
                TakesPosition = false,
            };
        });

    private static Schedule Line(Clock clock, double period) => period > 1 ? new LinearSchedule(clock.At(period - 1), Level.Factor(1 / period), Level.Base) : new ConstantSchedule();

    private static Schedule Approach(ForeignRequest request, double period) => request.Expression($"1 - exp(-(x + 1) / {Text.Of(period)})");

    /// <summary>The warm-up that RAdam's variance rectification amounts to (arXiv:1908.03265), started where it is defined.</summary>
    private static Schedule Rectified(ForeignRequest request, double beta)
    {
        if (beta <= 0.6)
            throw request.Arguments.Fault("beta2", $"must be above 0.6, or RAdam never rectifies; got {Text.Of(beta)}");
        var limit = 2 / (1 - beta) - 1;
        var first = 1;
        while (limit - 2 * first * Math.Pow(beta, first) / (1 - Math.Pow(beta, first)) <= 4)
            first++;
        var (step, power) = ($"(x + {first})", $"{Text.Of(beta)} ** (x + {first})");
        var length = $"({Text.Of(limit)} - 2 * {step} * {power} / (1 - {power}))";
        return request.Expression($"sqrt(({length} - 4) * ({length} - 2) * {Text.Of(limit)} / ({Text.Of((limit - 4) * (limit - 2))} * {length}))");
    }

    private static double Period(ForeignRequest request, int group) =>
        request.Arguments.PerGroup("warmup_period", request.BaseRates.Count)[group] is > 0 and var period ? period : throw request.Arguments.Fault("warmup_period", "must be above 0");

    private static double Beta(ForeignRequest request, int group) =>
        request.Arguments.PerGroup("beta2", request.BaseRates.Count)[group] is >= 0 and < 1 and var beta ? beta : throw request.Arguments.Fault("beta2", "must be 0 or above, and below 1");
}
