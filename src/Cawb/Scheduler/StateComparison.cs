namespace Cawb;

/// <summary>Whether a state belongs to a scheduler, and in words what differs where it does not.</summary>
internal static class StateComparison
{
    public static void RequireMatch(LearningRateScheduler scheduler, SchedulerState state)
    {
        var changes = PlanChanges(state.Plan, scheduler.Plan).ToList();
        var parameters = scheduler.Parameters;
        var (before, after) = (state.Parameters.Select(parameter => parameter.Name), parameters.Select(parameter => parameter.Name));
        if (!before.SequenceEqual(after))
            changes.Add(new ScheduleChange("hyperParameters", Names(before), Names(after)));
        // What both have is compared in any case: other names must not hide another schedule.
        foreach (var parameter in parameters)
        {
            if (state.Parameters.FirstOrDefault(stored => stored.Name == parameter.Name) is { } stored)
                changes.AddRange(ParameterChanges(parameter, stored));
        }

        if (changes.Count > 0)
        {
            var difference = new ScheduleDifference(changes);
            throw new ScheduleMismatchException(
                "The state belongs to another run. Make the scheduler as it was, or change a running schedule through PlanChange. State -> scheduler:\n" + difference, difference);
        }
    }

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

    private static IEnumerable<ScheduleChange> ParameterChanges(DrivenParameter parameter, ParameterState state)
    {
        if (parameter.Count != state.BaseValues.Count)
            yield return new ScheduleChange($"{parameter.Name}.groups", Require.Text(state.BaseValues.Count), Require.Text(parameter.Count));
        for (var i = 0; i < Math.Min(parameter.Count, state.BaseValues.Count); i++)
        {
            var differences = TextDifference.Between(state.Schedules[i], parameter.Schedules[i].Description);
            foreach (var change in differences)
                yield return change with { Path = change.Path.Length > 0 ? $"{parameter.Name}[{i}].{change.Path}" : $"{parameter.Name}[{i}]" };
        }
    }

    private static string Names(IEnumerable<string> names) => string.Join(", ", names);
}
