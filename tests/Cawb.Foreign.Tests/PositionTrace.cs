namespace Cawb.Foreign.Tests;

/// <summary>The check of a trace whose index is a position: asked of the schedule, and stepped to with the walker.</summary>
internal static class PositionTrace
{
    public static void Check(GoldenCase golden, params string[] without)
    {
        if (golden.EndsInError && golden.Index.Length == 0)
        {
            var fault = Record.Exception(() => golden.Create(without).Start().StepTo(0));
            Assert.True(fault is ForeignScheduleException or InvalidOperationException, $"{golden.Id}: the library raises; here: {fault?.Message ?? "no error"}");
            Assert.StartsWith(golden.Name, fault?.Message, StringComparison.Ordinal);
            return;
        }
        var schedule = golden.Create(without);
        Assert.NotEmpty(schedule.AtBoundaryAndPastEnd);
        var index = golden.Index;
        var rows = golden.Has("lr") ? golden.Rows("lr") : [GoldenCase.Numbers(golden.Trace.GetProperty("value"))];
        var baseRates = golden.BaseRates.Length > 0 ? golden.BaseRates : [1.0];
        for (var group = 0; group < rows.Length; group++)
        {
            var (rates, baseRate, current) = (schedule.LearningRates[group], baseRates[group], group);
            golden.AssertClose(rows[group], k => rates.ValueAt(index[k], baseRate), $"group {group} as a function of time");
            var scheduler = schedule.Start();
            golden.AssertClose(
                rows[group],
                k =>
                {
                    scheduler.StepTo(index[k]);
                    return scheduler.LearningRates[current];
                },
                $"group {group} stepped to");
        }
        if (golden.EndsInError)
            CheckError(golden, schedule);
    }

    private static void CheckError(GoldenCase golden, ForeignSchedule schedule)
    {
        var place = golden.Trace.GetProperty("error").TryGetProperty("where", out var where) ? where.GetDouble() : golden.Index[^1] + 1;
        var fault = Assert.Throws<InvalidOperationException>(() => schedule.Start().StepTo(place));
        Assert.StartsWith(golden.Name, fault.Message, StringComparison.Ordinal);
    }
}
