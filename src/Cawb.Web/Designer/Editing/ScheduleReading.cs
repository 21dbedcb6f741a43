using Cawb.Foreign;
using Cawb.Training.Views;

namespace Cawb.Web.Designer.Editing;

/// <summary>A text as a schedule on the clock of a run, or why it is none.</summary>
/// <param name="Schedule">Null where there is a fault.</param>
/// <param name="Fault">Null where there is a schedule.</param>
public sealed record ScheduleReading(NamedSchedule? Schedule, DesignFault? Fault)
{
    // What happens in a run, as far as a page can mark, count and explain it.
    private const int MostEvents = 200_000;

    // Evaluations of single schedules that a page may ask for at once; more would keep it waiting.
    private const long MostEvaluations = 400_000_000;

    /// <summary>Reads.</summary>
    /// <param name="text">JSON of ours, or <c>library.Function{...}</c>.</param>
    /// <param name="plan">The run.</param>
    /// <param name="baseRates">At least one.</param>
    public static ScheduleReading Of(string text, TrainingPlan plan, IReadOnlyList<double> baseRates)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(plan);
        try
        {
            var read = ForeignCallText.Of(text) is { } call ? Foreign(call, plan, baseRates) : Own(text);
            var parts = text.Split("\"type\"").Length;
            return parts * plan.TotalBatches > MostEvaluations ? Not($"Its {parts - 1} parts over {plan.TotalBatches} batches are too much for this page. Lower the epochs or the batches, or use cawb plot.")
                : read.Groups.Distinct().Any(group => HasTooManyEvents(group, plan)) ? Not($"It has more than {MostEvents} boots, restarts or phases in this run, which are too many for this page. Make its cycles longer.")
                : new(read, null);
        }
        catch (ScheduleTextException fault)
        {
            return new(null, new(fault.Message, JsonPlaces.PathAt(text, fault.LineNumber, fault.ColumnNumber)));
        }
        catch (ForeignScheduleException fault)
        {
            return new(null, new(fault.Message, ""));
        }
    }

    private static ScheduleReading Not(FormattableString why) => new(null, new(FormattableString.Invariant(why), ""));

    private static bool HasTooManyEvents(Schedule group, TrainingPlan plan)
    {
        try
        {
            return ScheduleTree.Of(group.CanonicalText) is { } tree && EventLoad.Of(tree.Root, plan.Epochs) > MostEvents;
        }
        catch (NotSupportedException)
        {
            // A library's own formula has no events but its end.
            return false;
        }
    }

    private static NamedSchedule Own(string text)
    {
        var schedule = ScheduleText.Parse(text);
        return new(ScheduleTree.Of(text)?.Root.TypeName ?? "schedule", [schedule], Origin: null);
    }

    private static NamedSchedule Foreign(ForeignCallText call, TrainingPlan plan, IReadOnlyList<double> baseRates)
    {
        var origin = ForeignSchedules.Create(call.Function, call.Arguments, baseRates, plan.BatchesPerEpoch);
        return new NamedSchedule(call.Function, origin.LearningRates, origin).OnClock(plan, stepIs: null);
    }
}
