using Cawb.Foreign.PyTorch;

namespace Cawb.Foreign.Mmengine;

/// <summary>PyTorch's reduction on a plateau within [begin, end) of a counter that only steps without a metric advance.</summary>
internal sealed class MmenginePlateau(string name, ParameterGroups groups, double begin, double end, PlateauScheduler plateau) : ForeignScheduler(name, groups)
{
    private double globalStep;

    public static MmenginePlateau Make(string name, ParameterGroups groups, Arguments arguments)
    {
        arguments.Word("monitor");
        arguments.Flag("by_epoch");
        arguments.Flag("verbose");
        var plateau = new PlateauScheduler(
            name,
            groups,
            new MetricRule(arguments.Choice("rule", "less", "greater") == "less", arguments.Choice("threshold_rule", "rel", "abs") == "rel", arguments.Number("threshold")),
            arguments.Number("factor", value => value < 1, "below 1"),
            arguments.Integer("patience"),
            arguments.Integer("cooldown"),
            arguments.PerGroup("min_value", groups.Count),
            arguments.Number("eps"));
        return new MmenginePlateau(name, groups, arguments.Number("begin"), arguments.Number("end"), plateau);
    }

    internal override void Advance() => globalStep++;

    internal override void AdvanceWith(double metric)
    {
        if (begin <= globalStep && globalStep < end)
            plateau.AdvanceWith(metric);
    }
}
