namespace Cawb.Foreign.PyTorch;

/// <summary>Cawb's own schedules for PyTorch's, one step of theirs being one epoch of ours.</summary>
internal static class TorchEquivalents
{
    private static readonly string[] Multiplying = ["StepLR", "MultiStepLR", "ConstantLR", "LinearLR", "ExponentialLR", "PolynomialLR"];
    private static readonly string[] OverwritingTheBase = ["CyclicLR", "OneCycleLR"];

    public static Schedule Steps(Arguments arguments, int group) => new StepSchedule(arguments.Integer("step_size"), arguments.Number("gamma"));

    public static Schedule Milestones(Arguments arguments, int group) => new MultiStepSchedule(arguments.Numbers("milestones").Order(), arguments.Number("gamma"));

    public static Schedule Constant(Arguments arguments, int group) => arguments.Integer("total_iters") is > 0 and var steps
        ? new PiecewiseConstantSchedule([steps], [Level.Factor(arguments.Number("factor")), Level.Base])
        : new ConstantSchedule(Level.Factor(arguments.Number("factor")));

    public static Schedule Linear(Arguments arguments, int group) => arguments.Integer("total_iters") is > 0 and var steps
        ? new LinearSchedule(steps, Level.Factor(arguments.Number("start_factor")), Level.Factor(arguments.Number("end_factor")))
        : new ConstantSchedule(Level.Factor(arguments.Number("start_factor")));

    public static Schedule Exponential(Arguments arguments, int group) => new ExponentialSchedule(arguments.Number("gamma"));

    public static Schedule Polynomial(Arguments arguments, int group) => new PolynomialSchedule(arguments.Integer("total_iters"), arguments.Number("power"));

    public static Schedule Cosine(Arguments arguments, int group) =>
        Equivalent.EndlessCosine(arguments.Integer("T_max"), Level.Base, Level.Absolute(arguments.Number("eta_min")));

    public static Schedule? Restarts(Arguments arguments, int group) =>
        Equivalent.EndlessRestarts(arguments.Integer("T_0"), arguments.Integer("T_mult"), Level.Base, Level.Absolute(arguments.Number("eta_min")));

    public static Schedule? Cyclic(Arguments arguments, int group) => Triangles(arguments, One(arguments, "base_lr", group), One(arguments, "max_lr", group));

    public static Schedule? CyclicMomentum(Arguments arguments, int group) =>
        arguments.Flag("cycle_momentum") ? Triangles(arguments, One(arguments, "max_momentum", group), One(arguments, "base_momentum", group)) : null;

    public static Schedule? Sequence(Arguments arguments, int group)
    {
        var members = TorchMember.ReadList(arguments);
        // At a milestone the closed form starts over, which for a factor of no steps is not what the constructor does.
        if (members.Any(member => OverwritingTheBase.Contains(member.Function.Function)) || members.Skip(1).Any(HasNoSteps))
            return null;
        return Parts(members, group) is { Count: > 0 } parts ? new SequenceSchedule(parts, arguments.Numbers("milestones")) : null;
    }

    public static Schedule? Chain(Arguments arguments, int group)
    {
        var members = TorchMember.ReadList(arguments);
        return members.All(member => Multiplying.Contains(member.Function.Function)) && Parts(members, group) is { Count: > 0 } parts ? new ProductSchedule(parts) : null;
    }

    /// <summary>Without live metrics the rate stays; the rule is in the schedule's text for a scheduler that reports them.</summary>
    public static Schedule? Plateau(Arguments arguments, int group) => arguments.Has("metrics")
        ? null
        : new PlateauSchedule(new ConstantSchedule(), new PlateauRule(
            arguments.Number("factor"),
            arguments.Integer("patience"),
            arguments.Word("mode") == "min" ? MetricGoal.Minimize : MetricGoal.Maximize,
            arguments.Number("threshold"),
            arguments.Word("threshold_mode") == "rel" ? ThresholdMode.Relative : ThresholdMode.Absolute,
            arguments.Integer("cooldown"),
            Level.Absolute(One(arguments, "min_lr", group))));

    private static bool HasNoSteps(TorchMember member) => member.Arguments.Knows("total_iters") && member.Arguments.Integer("total_iters") <= 0;

    private static List<Schedule> Parts(IReadOnlyList<TorchMember> members, int group)
    {
        var parts = members.Select(member => member.Function.Ours(member.Arguments, group)).OfType<Schedule>().ToList();
        return parts.Count == members.Count ? parts : [];
    }

    private static CyclicSchedule? Triangles(Arguments arguments, double from, double to)
    {
        if (arguments.Has("scale_fn"))
            return null;
        var mode = arguments.Word("mode") switch
        {
            "triangular" => CyclicMode.Triangular,
            "triangular2" => CyclicMode.Halving,
            _ => CyclicMode.Exponential,
        };
        var rise = arguments.Number("step_size_up");
        return new CyclicSchedule(
            Level.Absolute(from), Level.Absolute(to), rise, arguments.NumberOrNone("step_size_down") ?? rise, mode, mode == CyclicMode.Exponential ? arguments.Number("gamma") : 1);
    }

    private static double One(Arguments arguments, string name, int group) =>
        arguments.Value(name).ValueKind == System.Text.Json.JsonValueKind.Array ? arguments.Numbers(name)[group] : arguments.Number(name);
}
