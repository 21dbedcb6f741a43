using System.Text.Json;

namespace Cawb.Foreign.PyTorch;

/// <summary>The optimizer that a PyTorch scheduler is made for, from the request's base rates and the arguments <c>optimizer</c> and <c>resume_groups</c>.</summary>
internal static class TorchOptimizer
{
    /// <summary>SGD's and Adam's usual momentum (beta 1), which a scheduler overwrites where it drives momentum.</summary>
    private const double UsualMomentum = 0.9;

    private static readonly Signature OptimizerParameters = new("kind");
    private static readonly Signature ResumeParameters = new("initial_lr, lr");

    /// <summary>What describes the situation and is no argument of the function itself.</summary>
    public const string Situation = "optimizer=null, resume_groups=null, step_args=null";

    public static ParameterGroups Groups(ForeignRequest request)
    {
        var arguments = request.Arguments;
        if (!request.HasBaseRates)
            throw new ForeignScheduleException($"{request.Name}: base rates are missing; the library reads them from the optimizer, so give one per parameter group (--base-lrs 0.1).");
        if (arguments.Knows("optimizer") && arguments.Has("optimizer"))
            Check(arguments);
        return arguments.Knows("resume_groups") && arguments.Has("resume_groups")
            ? Resumed(arguments, arguments.Value("resume_groups"))
            : ParameterGroups.Fresh(request.BaseRates, UsualMomentum);
    }

    private static void Check(Arguments arguments) =>
        Arguments.Read($"{arguments.Owner}.optimizer", OptimizerParameters, arguments.Value("optimizer")).Choice("kind", "SGD", "Adam", "AdamW", "RMSprop");

    private static ParameterGroups Resumed(Arguments arguments, JsonElement value)
    {
        var groups = Arguments.Read($"{arguments.Owner}.resume_groups", ResumeParameters, value);
        var rates = groups.Numbers("lr");
        var initialRates = groups.Numbers("initial_lr");
        if (rates.Length != initialRates.Length || rates.Length == 0)
            throw groups.Fault("lr", $"must have one number per group, as many as 'initial_lr'; got {rates.Length} and {initialRates.Length}");
        return ParameterGroups.Resumed(rates, initialRates, UsualMomentum);
    }
}
