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
                Calls = ForeignCall.Listed(request.Arguments, "step_args", ForeignCallKind.StepTo),
            }),
    ];
}
