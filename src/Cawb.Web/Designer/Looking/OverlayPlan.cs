using Cawb.Training.Loop;
using Cawb.Training.Runs;
using Cawb.Web.Designer.Address;

namespace Cawb.Web.Designer.Looking;

/// <summary>Which planned values a column of a file is held against.</summary>
internal static class OverlayPlan
{
    // The columns that runs of ours write, by their groups.
    private static readonly (string Column, int Group)[] Groups =
    [
        (MetricNames.BiasLearningRate, ParameterGroups.Biases), (MetricNames.LearningRate, ParameterGroups.Kernels), (MetricNames.ScaleLearningRate, ParameterGroups.Scales),
    ];

    /// <summary>The schedule and its base value: of the group that the column's name says, as a training uses it where that is shown.</summary>
    public static (Schedule Schedule, double BaseRate) Of(Evaluation planned, DesignerState state, string column)
    {
        var group = Groups.Where(one => one.Column == column).Select(one => (int?)one.Group).FirstOrDefault();
        return state.Trained != Trained.No && planned.Driven(state.Trained).Schedules is { } driven
            ? (driven.LearningRates[group ?? ParameterGroups.Kernels], driven.BaseLearningRate)
            : (planned.Rate, planned.BaseRate);
    }
}
