using Cawb.Insight;
using Cawb.Training.Loop;
using Cawb.Training.Options;

namespace Cawb.Training.Runs;

/// <summary>Holds the schedules of a training against its length before anything is spent, as <c>cawb lint</c> does.</summary>
public static class ScheduleCheck
{
    // Adam and AdamW divide by the gradient's size: what is usual for SGD makes their weights leap.
    private static readonly LintLimits OfAdam = new(highestRate: 0.1);

    // Of momentum and weight decay, whose shapes have no rules of their own.
    private static readonly string[] OfAnySchedule = ["value-not-usable", "peak-never-reached", "boot-never-fires", "longer-than-run"];

    /// <summary>What a person should look at before it trains, a sentence or two each; notices are left out.</summary>
    /// <param name="options">Of the training.</param>
    /// <param name="schedule">Of the learning rate, without the warm-up that comes from the hyper-parameters.</param>
    /// <param name="batchesPerEpoch">1 or more.</param>
    public static IReadOnlyList<string> Of(TrainOptions options, Schedule schedule, int batchesPerEpoch)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(schedule);
        var driven = TrainingSchedules.Of(options, schedule, batchesPerEpoch);
        var plan = driven.Plan;
        return
        [
            .. Found("learning rate", schedule.Lint(plan, driven.BaseLearningRate, options.Optimizer == TrainOptions.Sgd ? LintLimits.Default : OfAdam)),
            .. options.MomentumSchedule is { } momentum ? Found("momentum", momentum.Lint(plan, driven.BaseMomentum, LintLimits.Default).Where(IsOfAny)) : [],
            .. options.WeightDecaySchedule is { } decay ? Found("weight decay", decay.Lint(plan, driven.BaseWeightDecays[ParameterGroups.Kernels], LintLimits.Default).Where(IsOfAny)) : [],
            .. driven.WarmupBatches * 2 > plan.TotalBatches
                ? [$"The warm-up takes {Math.Min(driven.WarmupBatches, plan.TotalBatches)} of the run's {Counted.Of(plan.TotalBatches, "batch", "batches")}. Train longer, or lower warmup_epochs and warmup_min_batches in --hyp."]
                : Array.Empty<string>(),
        ];
    }

    /// <summary>Refuses to begin where there is anything.</summary>
    /// <param name="warnings">Of <see cref="Of"/>.</param>
    /// <exception cref="InputException">There is a warning.</exception>
    public static void RequireNone(IReadOnlyCollection<string> warnings)
    {
        ArgumentNullException.ThrowIfNull(warnings);
        if (warnings.Count > 0)
        {
            throw new InputException($"--strict takes {Counted.Of(warnings.Count, "warning for an error", "warnings for errors")}: {string.Join(" ", warnings)}");
        }
    }

    private static bool IsOfAny(LintFinding finding) => OfAnySchedule.Contains(finding.Code);

    private static IEnumerable<string> Found(string parameter, IEnumerable<LintFinding> findings) => findings
        .Where(finding => finding.Severity > LintSeverity.Notice)
        .Select(finding => $"The {parameter}'s schedule, {finding.Place} ({finding.Code}): {finding.Message} {finding.Fix}");
}
