using Cawb.Foreign.PyTorch;

namespace Cawb.Foreign.Katsura;

/// <summary>katsura-jp's <c>cosine_annealing_warmup</c>.</summary>
internal static class KatsuraFunctions
{
    public static IEnumerable<ForeignFunction> All =>
    [
        new("katsura.CosineAnnealingWarmupRestarts",
            new Signature($"first_cycle_steps, cycle_mult=1.0, max_lr=0.1, min_lr=0.001, warmup_steps=0, gamma=1.0, last_epoch=-1, {TorchOptimizer.Situation}"),
            "The first rate is min_lr even without a warm-up; it restarts at the boundary step itself, so min_lr is not trained with later, and goes on for ever with cycle lengths truncated to whole steps.",
            request => new ForeignRecipe(() => TorchMember.Construct(() => new KatsuraScheduler(request.Name, TorchOptimizer.Groups(request), request.Arguments).Begin()))
            {
                Candidates = [.. request.BaseRates.Select(_ => Equivalent.Attempt(() => Ours(request.Arguments)))],
                Calls = ForeignCall.Listed(request.Arguments, "step_args", ForeignCallKind.StepTo),
            }),
    ];

    /// <summary>Equal cycles that each begin with a ramp; without a ramp the library's first rate is no cosine's.</summary>
    private static RepeatSchedule? Ours(Arguments arguments)
    {
        var (steps, rampSteps) = (arguments.Integer("first_cycle_steps"), arguments.Integer("warmup_steps"));
        if (arguments.Has("step_args") || arguments.Integer("last_epoch") != -1 || rampSteps == 0 || arguments.Number("cycle_mult") != 1 || arguments.Number("gamma") != 1)
            return null;
        var (floor, peak) = (Level.Absolute(arguments.Number("min_lr")), Level.Absolute(arguments.Number("max_lr")));
        return new RepeatSchedule(new WarmupSchedule(new CosineSchedule(steps - rampSteps, peak, floor), rampSteps, floor), steps);
    }
}
