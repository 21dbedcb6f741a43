namespace Cawb.Foreign.Tests;

/// <summary>The check of a trace whose index counts calls: walked, and as a pure function of the number of calls.</summary>
internal static class StepTrace
{
    public static void Check(GoldenCase golden, params string[] without)
    {
        if (golden.EndsInError && golden.ErrorCall < 0)
        {
            var fault = Assert.Throws<ForeignScheduleException>(() => golden.Create(without));
            Assert.StartsWith(golden.Name, fault.Message, StringComparison.Ordinal);
            return;
        }
        var schedule = golden.Create(without);
        Assert.NotEmpty(schedule.AtBoundaryAndPastEnd);
        CheckWalk(golden, schedule);
        var index = golden.Index;
        Compare(golden, "lr", schedule.LearningRates, index);
        if (golden.Has("momentum"))
            Compare(golden, "momentum", schedule.Momenta, index);
    }

    private static void Compare(GoldenCase golden, string what, IReadOnlyList<Schedule> schedules, double[] index)
    {
        var expected = golden.Rows(what);
        if (what == "momentum" && schedules.Count == 0)
        {
            Assert.All(expected, row => Assert.Single(row.Distinct()));
            return;
        }
        Assert.Equal(expected.Length, schedules.Count);
        for (var group = 0; group < expected.Length; group++)
        {
            var schedule = schedules[group];
            var baseRate = golden.BaseRates[group];
            golden.AssertClose(expected[group], k => schedule.ValueAt(index[k], baseRate), $"{what}[{group}] as a function of time");
        }
    }

    private static void CheckWalk(GoldenCase golden, ForeignSchedule schedule)
    {
        var rates = golden.Rows("lr");
        var momenta = golden.Has("momentum") ? golden.Rows("momentum") : [];
        var (walkedRates, walkedMomenta) = (new List<double[]>(), new List<double[]>());
        var scheduler = schedule.Start();
        var index = golden.Index;
        for (var k = 0; k < index.Length; k++)
        {
            while (scheduler.CallCount < index[k])
                CallOf(schedule, scheduler.CallCount).ApplyTo(scheduler);
            walkedRates.Add(scheduler.LearningRates.ToArray());
            walkedMomenta.Add(scheduler.Momenta.ToArray());
            CheckCounters(golden, scheduler, k);
        }
        for (var group = 0; group < rates.Length; group++)
        {
            var current = group;
            golden.AssertClose(rates[group], k => walkedRates[k][current], $"walked lr[{group}]");
            if (group < momenta.Length && scheduler.Momenta.Length > 0)
                golden.AssertClose(momenta[group], k => walkedMomenta[k][current], $"walked momentum[{group}]");
        }
        if (!golden.EndsInError)
            return;
        Assert.Equal(golden.ErrorCall, scheduler.CallCount);
        var fault = Record.Exception(() => CallOf(schedule, scheduler.CallCount).ApplyTo(scheduler));
        Assert.True(fault is InvalidOperationException or ArgumentOutOfRangeException, $"{golden.Id}: call {golden.ErrorCall} raises in the library; here it gave {fault?.Message ?? "no error"}");
        Assert.Contains(golden.Library, fault?.Message, StringComparison.Ordinal);
    }

    private static void CheckCounters(GoldenCase golden, ForeignScheduler scheduler, int k)
    {
        if (scheduler is not Plateau plateau || !golden.Has("best"))
            return;
        var best = GoldenCase.Numbers(golden.Trace.GetProperty("best"))[k];
        Assert.Equal(best, plateau.Best);
        Assert.Equal(golden.Trace.GetProperty("num_bad_epochs")[k].GetInt32(), plateau.BadCount);
        Assert.Equal(golden.Trace.GetProperty("cooldown_counter")[k].GetInt32(), plateau.CooldownLeft);
    }

    private static ForeignCall CallOf(ForeignSchedule schedule, int call) => schedule.Calls.Count > 0 ? schedule.Calls[call] : ForeignCall.Step;
}
