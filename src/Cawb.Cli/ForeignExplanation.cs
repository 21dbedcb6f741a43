using Cawb.Foreign;
using Cawb.Insight;

namespace Cawb.Cli;

/// <summary>Why a library's schedule has its value: by our own schedule with the same numbers where there is one, at the library's own time.</summary>
internal static class ForeignExplanation
{
    /// <param name="origin">The library's schedule.</param>
    /// <param name="shown">What the command looks at: the first group's schedule, or that on a clock of epochs.</param>
    /// <param name="plan">The clock.</param>
    /// <param name="epochs">0 or more.</param>
    /// <param name="rate">The base rate.</param>
    public static ScheduleExplanation Of(ForeignSchedule origin, Schedule shown, TrainingPlan plan, double epochs, double rate)
    {
        var library = origin.LearningRates[0];
        if (ReferenceEquals(library, shown))
        {
            return Own(origin, library, epochs, rate);
        }

        var time = origin.TimeUnit == ForeignTimeUnit.Run ? epochs / plan.Epochs : StepAt(plan, epochs);
        var place = origin.TimeUnit == ForeignTimeUnit.Run ? $"{Output.Short(time)} of the run is done" : $"step {Output.Short(time)} of the library, at {plan.BatchesPerEpoch} to an epoch";
        return Explanation(origin.Name, shown, epochs, rate, $"At epoch {Output.Short(epochs)}: {place}.") with { Parts = [Own(origin, library, time, rate)] };
    }

    private static ScheduleExplanation Own(ForeignSchedule origin, Schedule library, double time, double rate) => origin.HasTextForm
        ? library.Explain(time, rate)
        : Explanation(origin.Name, library, time, rate, "The library's own number: with these arguments it does something that no schedule of ours does.");

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
