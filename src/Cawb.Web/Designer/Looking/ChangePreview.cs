using System.Globalization;
using Cawb.Reports.Charts;
using Cawb.Training.Runs;
using Cawb.Web.Designer.Address;

namespace Cawb.Web.Designer.Looking;

/// <summary>What a change of a run under way would make of its schedule.</summary>
/// <param name="Change">Null where it cannot be made.</param>
/// <param name="Problem">Why not; empty where it can.</param>
/// <param name="Chart">Before and after over each other; null where it cannot be made.</param>
/// <param name="WhyNotUsed">Why the page cannot go on with it; empty where it can.</param>
public sealed record ChangePreview(PlanChange? Change, string Problem, Chart? Chart, string WhyNotUsed)
{
    /// <summary>Makes it.</summary>
    /// <param name="evaluation">The schedule in its run.</param>
    /// <param name="asked">The question.</param>
    public static ChangePreview Of(Evaluation evaluation, WhatIf asked)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(asked);
        var length = asked.Kind switch { ChangeKind.CoolDown => asked.AtEpochs + asked.Amount, ChangeKind.Restart => 0, _ => asked.Amount };
        if (length * evaluation.Plan.BatchesPerEpoch > DesignerState.MostBatches)
        {
            return Not(string.Create(CultureInfo.InvariantCulture, $"The run would have more than {DesignerState.MostBatches} batches, which is too much for this page. Choose a shorter one."));
        }

        try
        {
            var change = Made(evaluation.Plan, evaluation.Rate, asked);
            return new(change, "", ChartOf(change, evaluation.BaseRate), WhyNot(change));
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return Not(fault is ArgumentException argument ? ArgumentText.Of(argument) : fault.Message);
        }
    }

    private static ChangePreview Not(string problem) => new(null, problem, null, "");

    private static PlanChange Made(TrainingPlan plan, Schedule schedule, WhatIf asked) => asked.Kind switch
    {
        ChangeKind.Extend => PlanChange.Extend(plan, schedule, asked.AtEpochs, asked.Amount),
        ChangeKind.Shorten => PlanChange.Shorten(plan, schedule, asked.AtEpochs, asked.Amount),
        ChangeKind.CoolDown => PlanChange.CoolDown(plan, schedule, asked.AtEpochs, asked.Amount),
        _ => PlanChange.Restart(plan, schedule, asked.AtEpochs, asked.Amount),
    };

    private static Chart ChartOf(PlanChange change, double rate)
    {
        var (before, after) = (CurvePoints.Of(change.Before, change.PlanBefore, rate).AsStairs(), CurvePoints.Of(change.After, change.PlanAfter, rate).AsStairs());
        return new Chart("", ChartAxis.Linear("epoch").WithRange(0, Math.Max(change.PlanBefore.Epochs, change.PlanAfter.Epochs)), ChartAxis.Linear("learning rate"),
            [ChartSeries.Steps("after", after.Epochs, after.Values), ChartSeries.Steps("before", before.Epochs, before.Values).Dashed()]).WithMarkers([ChartMarker.At(change.AtEpochs, "now")]);
    }

    private static string WhyNot(PlanChange change)
    {
        if (change.PlanAfter.Epochs != Math.Floor(change.PlanAfter.Epochs))
        {
            return string.Create(CultureInfo.InvariantCulture, $"The changed run ends inside an epoch ({change.PlanAfter.Epochs}); this page shows whole ones. Choose numbers that give a whole epoch.");
        }

        try
        {
            return change.After.CanonicalText.Length > DesignedSchedule.LongestText ? "The changed schedule is longer than a page takes." : "";
        }
        catch (NotSupportedException fault)
        {
            return fault.Message;
        }
    }
}
