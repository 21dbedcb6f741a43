using Cawb.Web.Designer.Address;
using Cawb.Web.Designer.Editing;

namespace Cawb.Web.Designer.Looking;

/// <summary>What the page has worked out and may need again: schedules that do not change are not looked at twice.</summary>
public sealed class Evaluations
{
    private readonly LinkedList<(Key Key, ScheduleReading Reading, Evaluation? Evaluation)> recent = new();

    /// <summary>A schedule in a run.</summary>
    /// <param name="text">Of the schedule.</param>
    /// <param name="state">Says the run and the base rates, and whether curves are drawn per epoch.</param>
    /// <returns>What it is, and what is to be known of it; no evaluation where the text is none or its values cannot be drawn.</returns>
    public (ScheduleReading Reading, Evaluation? Evaluation) Of(string text, DesignerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var key = new Key(text, state.Epochs, state.Batches, string.Join(',', state.BaseRates));
        for (var node = recent.First; node is not null; node = node.Next)
        {
            if (node.Value.Key == key)
            {
                recent.Remove(node);
                recent.AddFirst(node);
                return (node.Value.Reading, node.Value.Evaluation);
            }
        }

        var reading = ScheduleReading.Of(text, state.Plan, state.BaseRates);
        var evaluation = reading.Schedule is { } schedule ? new Evaluation(schedule, state.Plan, state.BaseRates) : null;
        if (evaluation is not null && !IsFinite(evaluation, state))
        {
            (reading, evaluation) = (new(null, new("Some of its values are no finite numbers, so that there is nothing to draw. Lower its factors.", "")), null);
        }

        recent.AddFirst((key, reading, evaluation));
        // Those of the page, as many that were right before, and two that somebody goes back to: a curve of all batches takes a megabyte or two.
        while (recent.Count > (2 * state.Schedules.Count) + 2)
        {
            recent.RemoveLast();
        }

        return (reading, evaluation);
    }

    private static bool IsFinite(Evaluation evaluation, DesignerState state)
    {
        try
        {
            // The curve that is drawn next; it refuses what is no number.
            return evaluation.Series(evaluation.Schedule.Name, state.IsPerEpoch).X.Length > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private sealed record Key(string Text, int Epochs, int Batches, string Rates);
}
