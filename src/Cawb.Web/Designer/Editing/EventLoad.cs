namespace Cawb.Web.Designer.Editing;

/// <summary>How much happens in a run, told from the periods that a text names: to ask the schedule itself may take for ever.</summary>
internal static class EventLoad
{
    private static readonly Dictionary<string, string[]> Periods = new(StringComparer.Ordinal)
    {
        ["repeat"] = ["periodEpochs"],
        ["step"] = ["intervalEpochs"],
        ["exponential"] = ["intervalEpochs"],
        ["inverseTime"] = ["intervalEpochs"],
        ["cyclic"] = ["riseEpochs", "fallEpochs"],
    };

    /// <summary>At least as many periods as the run has, those of all parts together.</summary>
    public static double Of(TreeNode root, double runEpochs) => root.Flat().Sum(item => Periods.TryGetValue(item.Node.TypeName, out var fields) && fields.Sum(field => item.Node.Number(field) ?? 0) is > 0 and var period ? runEpochs / period : 0);
}
