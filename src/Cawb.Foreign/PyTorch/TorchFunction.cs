namespace Cawb.Foreign.PyTorch;

/// <summary>One of PyTorch's schedulers: alone, or as a member of a sequence or a chain.</summary>
internal sealed record TorchFunction(
    string Function, string Parameters, string AtBoundaryAndPastEnd, Func<string, ParameterGroups, Arguments, TorchScheduler> Make)
{
    private readonly Signature nested = new(Parameters);

    /// <summary>The schedule of a group as a pure function of time, where there is one that holds for plain steps from the start.</summary>
    public Func<Arguments, int, double, Schedule?> ClosedForm { get; init; } = (_, _, _) => null;

    /// <summary>The momentum of a group likewise.</summary>
    public Func<Arguments, int, Schedule?> ClosedFormOfMomentum { get; init; } = (_, _) => null;

    /// <summary>A member that a list names by <c>type</c>, with its arguments.</summary>
    public TorchMember Nested(string owner, System.Text.Json.JsonElement element, string tag) =>
        new(this, Arguments.Read($"{owner} ({Function})", nested, element, tag));

    public ForeignFunction Define() => new($"torch.{Function}", new Signature($"{Parameters}, {TorchOptimizer.Situation}"), AtBoundaryAndPastEnd, Build);

    private ForeignRecipe Build(ForeignRequest request)
    {
        var arguments = request.Arguments;
        var calls = ForeignCall.Listed(arguments, "step_args", ForeignCallKind.StepTo);
        var isPlain = calls.Count == 0 && (!arguments.Knows("last_epoch") || arguments.Integer("last_epoch") == -1);
        var rates = isPlain ? request.PerGroupOrNone(group => ClosedForm(arguments, group, request.BaseRates[group])) : [];
        var momenta = isPlain ? request.PerGroupOrNone(group => ClosedFormOfMomentum(arguments, group)) : [];
        return new ForeignRecipe(() => Start(request)) { LearningRates = rates, Momenta = momenta, Calls = calls };
    }

    private TorchScheduler Start(ForeignRequest request)
    {
        var groups = TorchOptimizer.Groups(request);
        if (request.Arguments.Knows("last_epoch") && request.Arguments.Integer("last_epoch", atLeast: -1) >= 0 && !groups.HasInitialRates)
            throw request.Arguments.Fault("last_epoch", "resumes a run, and the library then needs what the optimizer remembers: give \"resume_groups\": {\"initial_lr\": [...], \"lr\": [...]}");
        return TorchMember.Construct(() => Make(request.Name, groups, request.Arguments).Begin());
    }
}
