using System.Globalization;

namespace Cawb.Foreign.Tests;

public sealed class TimmTests
{
    public static TheoryData<GoldenCase> Cases => [.. GoldenCase.Of("timm")];

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Every_recorded_timm_trace_comes_out_stepped_to_and_as_a_function(GoldenCase golden)
    {
        var initial = GoldenCase.Numbers(golden.Trace.GetProperty("initial"));
        var fresh = golden.Create().Start();
        for (var group = 0; group < initial.Length; group++)
            Assert.Equal(initial[group], fresh.LearningRates[group], 15);
        if (golden.Has("metrics"))
            CheckMetricTrace(golden);
        else
            PositionTrace.Check(golden);
        if (golden.Has("cycle_length"))
            CheckCycleLengths(golden);
    }

    private static void CheckMetricTrace(GoldenCase golden)
    {
        var schedule = golden.Create();
        var scheduler = schedule.Start();
        var (index, rows) = (golden.Index, golden.Rows("lr"));
        for (var k = 0; k < index.Length; k++)
        {
            schedule.Calls[k].ApplyTo(scheduler);
            for (var group = 0; group < rows.Length; group++)
            {
                var (rate, row) = (scheduler.LearningRates[group], rows[group]);
                golden.AssertClose(row, i => i == k ? rate : row[i], $"walked lr[{group}]");
            }
        }
        for (var group = 0; group < rows.Length; group++)
        {
            var (rates, baseRate) = (schedule.LearningRates[group], golden.BaseRates[group]);
            golden.AssertClose(rows[group], k => rates.ValueAt(k + 1, baseRate), $"lr[{group}] as a function of the calls");
        }
    }

    private static void CheckCycleLengths(GoldenCase golden)
    {
        var (cycles, warmup) = Cycles(golden);
        foreach (var entry in golden.Trace.GetProperty("cycle_length").EnumerateObject())
            Assert.Equal(entry.Value.GetDouble(), cycles.TotalLength(int.Parse(entry.Name, CultureInfo.InvariantCulture), warmup));
    }

    private static (TimmCycles Cycles, TimmWarmup Warmup) Cycles(GoldenCase golden)
    {
        var signature = new Signature("t_initial, cycle_mul=1.0, cycle_decay=1.0, cycle_limit=1, warmup_t=0, warmup_lr_init=0, warmup_prefix=false, "
            + string.Join(", ", ForeignSchedules.ParametersOf(golden.Name).Where(name => !name.Contains("cycle", StringComparison.Ordinal) && !name.Contains("warmup", StringComparison.Ordinal) && name != "t_initial").Select(name => name + "=0")));
        var arguments = Arguments.Read(golden.Name, signature, golden.Parameters);
        return (TimmCycles.Read(arguments), TimmWarmup.Read(arguments));
    }
}
