using Cawb.Tests.Laws;

namespace Cawb.Tests.Code;

/// <summary>Schedules to write as code: every type of the text form several times, and compositions of compositions.</summary>
internal static class CodeCases
{
    public static IReadOnlyList<Schedule> OfEveryType(int perType, int seed = 41)
    {
        var draws = new Draws(seed);
        return [.. Draws.Types.SelectMany(type => Enumerable.Range(0, perType).Select(_ => draws.Of(type, depth: 1)))];
    }

    public static IReadOnlyList<Schedule> Nested(int count, int seed = 43)
    {
        var draws = new Draws(seed);
        return [.. Enumerable.Range(0, count).Select(_ => draws.Any(depth: 4))];
    }

    /// <summary>Batches to look at: the first ones, those around every event, some in between, and some past the end.</summary>
    public static long[] Batches(Schedule schedule, TrainingPlan plan)
    {
        var end = double.IsFinite(schedule.EndEpochs) ? schedule.EndEpochs : 40;
        var events = schedule.Events(end + 3).Take(40).SelectMany(scheduleEvent => plan.BatchAt(scheduleEvent.Epochs) is var batch ? (long[])[batch - 1, batch, batch + 1] : []);
        var between = Enumerable.Range(0, 24).Select(i => plan.BatchAt(end * i / 20.0) + (i % 3));
        return [.. events.Concat(between).Concat([0, 1, 2, plan.BatchAt(end + 10), plan.BatchAt(2 * end + 1000)]).Where(batch => batch >= 0).Distinct().Order()];
    }
}
