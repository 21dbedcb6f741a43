namespace Cawb.Foreign.PyTorch;

/// <summary>One of PyTorch's schedulers: alone, or as a member of a sequence or a chain.</summary>
internal sealed record TorchFunction(
    string Function, string Parameters, string AtBoundaryAndPastEnd, Func<string, ParameterGroups, Arguments, TorchScheduler> Make)
{
    private readonly Signature nested = new(Parameters);

    /// <summary>Cawb's own schedule for a group, where there is one for plain steps from the start.</summary>
    public Func<Arguments, int, Schedule?> Ours { get; init; } = (_, _) => null;

    /// <summary>The momentum of a group likewise.</summary>
    public Func<Arguments, int, Schedule?> OurMomentum { get; init; } = (_, _) => null;

    /// <summary>A member that a list names by <c>type</c>, with its arguments.</summary>
    public TorchMember Nested(Arguments owner, string place, System.Text.Json.JsonElement element, string tag) =>
        new(this, Arguments.Read($"{owner.Owner}: {place} ({Function})", nested, element, tag, owner.Functions));

    public ForeignFunction Define() => new($"torch.{Function}", new Signature($"{Parameters}, {TorchOptimizer.Situation}"), AtBoundaryAndPastEnd, Build);

    private ForeignRecipe Build(ForeignRequest request)
    {
        var arguments = request.Arguments;
        var calls = ForeignCall.Listed(arguments, "step_args", ForeignCallKind.StepTo);
        var isPlain = calls.Count == 0 && (!arguments.Knows("last_epoch") || arguments.Integer("last_epoch") == -1);
        return new ForeignRecipe(() => Start(request))
        {
            Calls = calls,
            Candidates = isPlain ? [.. request.BaseRates.Select((_, group) => Equivalent.Attempt(() => Ours(arguments, group)))] : [],
            MomentumCandidates = isPlain ? [.. request.BaseRates.Select((_, group) => Equivalent.Attempt(() => OurMomentum(arguments, group)))] : [],
        };
    }

    private TorchScheduler Start(ForeignRequest request)
    {
        var groups = TorchOptimizer.Groups(request);
        if (request.Arguments.Knows("last_epoch") && request.Arguments.Integer("last_epoch", atLeast: -1) >= 0 && !groups.HasInitialRates)
            throw request.Arguments.Fault("last_epoch", "resumes a run, and the library then needs what the optimizer remembers: give \"resume_groups\": {\"initial_lr\": [...], \"lr\": [...]}");
        return TorchMember.Construct(() => Make(request.Name, groups, request.Arguments).Begin());
    }
}
