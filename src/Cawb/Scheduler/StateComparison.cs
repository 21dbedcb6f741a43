namespace Cawb;

/// <summary>Whether a state belongs to a scheduler, and in words what differs where it does not.</summary>
internal static class StateComparison
{
    public static void RequireMatch(LearningRateScheduler scheduler, SchedulerState state) =>
        Refuse([.. PlanChanges(state.Plan, scheduler.Plan), .. NameChanges(scheduler, state), .. Shared(scheduler, state).SelectMany(pair => ParameterChanges(pair.Parameter, pair.Stored))]);

    public static void RequireSameGroups(LearningRateScheduler scheduler, SchedulerState state) =>
        Refuse([.. NameChanges(scheduler, state), .. Shared(scheduler, state).SelectMany(pair => GroupChanges(pair.Parameter, pair.Stored))]);

    public static IEnumerable<ScheduleChange> PlanChanges(TrainingPlan before, TrainingPlan after) =>
        new (string Name, long Before, long After)[]
        {
            ("totalBatches", before.TotalBatches, after.TotalBatches),
            ("batchesPerEpoch", before.BatchesPerEpoch, after.BatchesPerEpoch),
            ("accumulation", before.Accumulation, after.Accumulation),
            ("samplesPerEpoch", before.SamplesPerEpoch, after.SamplesPerEpoch),
        }
        .Where(row => row.Before != row.After)
        .Select(row => new ScheduleChange($"plan.{row.Name}", Require.Text(row.Before), Require.Text(row.After)));

    private static void Refuse(ScheduleChange[] changes)
    {
        if (changes.Length == 0)
            return;
        var difference = new ScheduleDifference(changes);
        throw new ScheduleMismatchException(
            "The state belongs to another run. Make the scheduler as it was, or change a running schedule through PlanChange. State -> scheduler:\n" + difference, difference);
    }

    private static IEnumerable<ScheduleChange> NameChanges(LearningRateScheduler scheduler, SchedulerState state)
    {
        var (before, after) = (state.Parameters.Select(parameter => parameter.Name), scheduler.Parameters.Select(parameter => parameter.Name));
        return before.SequenceEqual(after) ? [] : [new ScheduleChange("hyperParameters", Names(before), Names(after))];
    }

    // What both have is compared in any case: other names must not hide another schedule.
    private static IEnumerable<(DrivenParameter Parameter, ParameterState Stored)> Shared(LearningRateScheduler scheduler, SchedulerState state) =>
        scheduler.Parameters.Join(state.Parameters, parameter => parameter.Name, stored => stored.Name, (parameter, stored) => (parameter, stored));

    private static IEnumerable<ScheduleChange> ParameterChanges(DrivenParameter parameter, ParameterState state)
    {
        foreach (var change in GroupChanges(parameter, state))
            yield return change;
        for (var i = 0; i < Math.Min(parameter.Count, state.BaseValues.Count); i++)
        {
            var differences = TextDifference.Between(state.Schedules[i], parameter.Schedules[i].Description);
            foreach (var change in differences)
                yield return change with { Path = change.Path.Length > 0 ? $"{parameter.Name}[{i}].{change.Path}" : $"{parameter.Name}[{i}]" };
        }
    }

    private static IEnumerable<ScheduleChange> GroupChanges(DrivenParameter parameter, ParameterState state) => parameter.Count == state.BaseValues.Count
        ? []
        : [new ScheduleChange($"{parameter.Name}.groups", Require.Text(state.BaseValues.Count), Require.Text(parameter.Count))];

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);
}
