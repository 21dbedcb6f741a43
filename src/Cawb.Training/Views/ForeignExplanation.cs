using Cawb.Foreign;
using Cawb.Insight;

namespace Cawb.Training.Views;

/// <summary>Why a library's schedule has its value: by our own schedule with the same numbers where there is one, at the library's own time.</summary>
public static class ForeignExplanation
{
    /// <summary>Explains the value at a moment.</summary>
    /// <param name="schedule">What is looked at, on its clock.</param>
    /// <param name="origin">The library's schedule, in its own time.</param>
    /// <param name="plan">The clock.</param>
    /// <param name="epochs">0 or more.</param>
    /// <param name="rate">The base rate.</param>
    public static ScheduleExplanation Of(NamedSchedule schedule, ForeignSchedule origin, TrainingPlan plan, double epochs, double rate)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(plan);
        var (shown, library) = (schedule.Of(0), origin.LearningRates[0]);
        var own = schedule.WhyNoTextForm.Length == 0
            ? shown.Explain(epochs, rate)
            : Explanation(origin.Name, shown, epochs, rate, $"The library's own number. {schedule.WhyNoTextForm}");
        if (ReferenceEquals(library, shown) || origin.TimeUnit == ForeignTimeUnit.Epoch)
        {
            return own;
        }

        var place = origin.TimeUnit == ForeignTimeUnit.Run
            ? $"{ScheduleInsight.Number(epochs / plan.Epochs)} of the run is done"
            : $"step {ScheduleInsight.Number(StepAt(plan, epochs))} of the run, at {plan.BatchesPerEpoch} to an epoch";
        return Explanation(origin.Name, shown, epochs, rate, $"At epoch {ScheduleInsight.Number(epochs)}: {place}.") with { Parts = [own] };
    }

    private static ScheduleExplanation Explanation(string name, Schedule schedule, double time, double rate, string segment) => new()
    {
        Schedule = name,
        Epochs = time,
        BaseValue = rate,
        Value = schedule.ValueAt(time, rate),
        Segment = segment,
        Formula = "",
        Calculation = "",
    };

    // The batch that trains at that moment.
    private static long StepAt(TrainingPlan plan, double epochs) => plan.BatchAt(epochs) is var next && plan.EpochsFromBatches(next) > epochs ? next - 1 : next;
}
