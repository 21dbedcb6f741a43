namespace Cawb.Foreign.PyTorch;

/// <summary>PyTorch's <c>torch.optim.lr_scheduler</c> (2.10 and later).</summary>
internal static class TorchFunctions
{
    public static IReadOnlyList<TorchFunction> Table { get; } =
    [
        new("LambdaLR", "lr_lambda, last_epoch=-1",
            "It evaluates the function at every step, for ever, and adds nothing of its own at any boundary.",
            (name, groups, arguments) => new LambdaScheduler(name, groups, arguments.Integer("last_epoch"), Lambdas(arguments, groups))),
        new("MultiplicativeLR", "lr_lambda, last_epoch=-1",
            "Each step multiplies the present rate by the function's value, for ever; the first rate is the base rate and the function is not asked at 0.",
            (name, groups, arguments) => new MultiplicativeScheduler(name, groups, arguments.Integer("last_epoch"), Lambdas(arguments, groups))),
        new("StepLR", "step_size, gamma=0.1, last_epoch=-1",
            "The rate drops at each multiple of step_size itself, for ever.",
            (name, groups, arguments) => new StepScheduler(name, groups, arguments)) { Ours = TorchEquivalents.Steps },
        new("MultiStepLR", "milestones, gamma=0.1, last_epoch=-1",
            "The rate drops at each milestone itself, a milestone listed twice drops twice, and after the last one the rate stays.",
            (name, groups, arguments) => new MultiStepScheduler(name, groups, arguments)) { Ours = TorchEquivalents.Milestones },
        new("ConstantLR", "factor=0.3333333333333333, total_iters=5, last_epoch=-1",
            "At total_iters the rate is divided by the factor again and stays; with total_iters 0 that moment is missed and the factor stays for ever.",
            (name, groups, arguments) => new ConstantScheduler(name, groups, arguments)) { Ours = TorchEquivalents.Constant },
        new("LinearLR", "start_factor=0.3333333333333333, end_factor=1.0, total_iters=5, last_epoch=-1",
            "The rate reaches end_factor at total_iters itself and stays.",
            (name, groups, arguments) => new LinearScheduler(name, groups, arguments)) { Ours = TorchEquivalents.Linear },
        new("ExponentialLR", "gamma, last_epoch=-1",
            "The rate is multiplied at every step, for ever.",
            (name, groups, arguments) => new ExponentialScheduler(name, groups, arguments)) { Ours = TorchEquivalents.Exponential },
        new("PolynomialLR", "total_iters=5, power=1.0, last_epoch=-1",
            "The rate reaches 0 at total_iters itself and stays.",
            (name, groups, arguments) => new PolynomialScheduler(name, groups, arguments)) { Ours = TorchEquivalents.Polynomial },
        new("CosineAnnealingLR", "T_max, eta_min=0.0, last_epoch=-1",
            "The rate is eta_min at T_max itself and then rises again along the same cosine, back to the base at 2 * T_max.",
            (name, groups, arguments) => new CosineScheduler(name, groups, arguments)) { Ours = TorchEquivalents.Cosine },
        new("CosineAnnealingWarmRestarts", "T_0, T_mult=1, eta_min=0.0, last_epoch=-1",
            "It restarts at the boundary step itself, so eta_min is never trained with, and goes on for ever; step(epoch) can miss a restart by the rounding of a logarithm.",
            (name, groups, arguments) => new WarmRestartScheduler(name, groups, arguments)) { Ours = TorchEquivalents.Restarts },
        new("CyclicLR", "base_lr, max_lr, step_size_up=2000, step_size_down=null, mode=\"triangular\", gamma=1.0, scale_fn=null, scale_mode=\"cycle\", cycle_momentum=true, base_momentum=0.8, max_momentum=0.9, last_epoch=-1",
            "It cycles for ever, the peak and the floor are trained with, and the optimizer's own rate is replaced by base_lr.",
            (name, groups, arguments) => new CyclicScheduler(name, groups, arguments)) { Ours = TorchEquivalents.Cyclic, OurMomentum = TorchEquivalents.CyclicMomentum },
        new("OneCycleLR", "max_lr, total_steps=null, epochs=null, steps_per_epoch=null, pct_start=0.3, anneal_strategy=\"cos\", cycle_momentum=true, base_momentum=0.85, max_momentum=0.95, div_factor=25.0, final_div_factor=10000.0, three_phase=false, last_epoch=-1",
            "The last rate is reached at total_steps - 1; one more step is accepted and extrapolates the last phase (below 0 with linear annealing), the next one raises.",
            (name, groups, arguments) => new OneCycleScheduler(name, groups, arguments)),
        new("SequentialLR", "schedulers, milestones",
            "At each milestone the next scheduler starts over from the base rate with its own step 0; the last one goes on as it does alone.",
            (name, groups, arguments) => Sequence(name, groups, arguments)) { Ours = TorchEquivalents.Sequence },
        new("ChainedScheduler", "schedulers",
            "All schedulers step together and multiply up; each one does at its boundary what it does alone, but to the rate that the others left.",
            (name, groups, arguments) => new ChainedScheduler(name, groups, [.. TorchMember.ReadList(arguments).Select(member => member.Start(groups))])) { Ours = TorchEquivalents.Chain },
    ];

    public static IEnumerable<ForeignFunction> All =>
    [
        .. Table.Select(function => function.Define()),
        new("torch.ReduceLROnPlateau",
            new Signature($"mode=\"min\", factor=0.1, patience=10, threshold=0.0001, threshold_mode=\"rel\", cooldown=0, min_lr=0.0, eps=1e-08, metrics=null, {TorchOptimizer.Situation}"),
            "It never ends: after more than patience bad metrics the rate is reduced, never below min_lr, and a reduction smaller than eps is skipped.",
            request => new ForeignRecipe(() => PlateauScheduler.Make(request.Name, TorchOptimizer.Groups(request), request.Arguments))
            {
                Calls = ForeignCall.Listed(request.Arguments, "metrics", ForeignCallKind.StepWithMetric),
                Candidates = [.. request.BaseRates.Select((_, group) => Equivalent.Attempt(() => TorchEquivalents.Plateau(request.Arguments, group)))],
            }),
    ];

    private static List<Func<double, double>> Lambdas(Arguments arguments, ParameterGroups groups)
    {
        var value = arguments.Value("lr_lambda");
        if (value.ValueKind != System.Text.Json.JsonValueKind.Array)
            return [.. Enumerable.Repeat(EpochFunction.Read(arguments, "lr_lambda", value), groups.Count)];
        var functions = arguments.Elements("lr_lambda").Select((element, i) => EpochFunction.Read(arguments, $"lr_lambda[{i}]", element)).ToList();
        return functions.Count == groups.Count
            ? functions
            : throw arguments.Fault("lr_lambda", $"has {functions.Count} functions; there are {groups.Count} parameter groups");
    }

    private static SequentialScheduler Sequence(string name, ParameterGroups groups, Arguments arguments)
    {
        var members = TorchMember.ReadList(arguments);
        var milestones = arguments.Integers("milestones");
        return milestones.Length == members.Count - 1
            ? new SequentialScheduler(name, groups, [.. members.Select(member => member.Start(groups))], milestones)
            : throw arguments.Fault("milestones", $"must have one number fewer than there are schedulers; got {milestones.Length} for {members.Count} schedulers");
    }
}
