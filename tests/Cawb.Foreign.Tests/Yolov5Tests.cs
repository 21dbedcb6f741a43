
namespace Cawb.Foreign.Tests;

public sealed class Yolov5Tests
{
    public static TheoryData<GoldenCase> Cases => [.. GoldenCase.Of("yolov5")];

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Every_recorded_batch_of_YOLOv5_comes_out(GoldenCase golden)
    {
        var schedule = golden.Create();
        var batchesPerEpoch = golden.Parameters.GetProperty("nb").GetDouble();
        var index = golden.Index;
        Check(golden, "lr", schedule.LearningRates, index, batchesPerEpoch);
        Assert.Equal(golden.Has("momentum"), schedule.Momenta.Count > 0);
        if (golden.Has("momentum"))
            Check(golden, "momentum", schedule.Momenta, index, batchesPerEpoch);
        var scheduler = schedule.Start();
        Assert.Equal(GoldenCase.Numbers(golden.Trace.GetProperty("after_construction")), scheduler.LearningRates.ToArray());
        for (var group = 0; group < golden.BaseRates.Length; group++)
        {
            var current = group;
            golden.AssertClose(golden.Rows("lr")[group], k => Walked(scheduler, index[k] / batchesPerEpoch, current), $"walked lr[{group}]");
        }
    }

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Warm_up_length_accumulation_and_epoch_factors_come_out(GoldenCase golden)
    {
        var isCosine = golden.Parameters.GetProperty("cos_lr").GetBoolean();
        var run = Yolov5Run.Read(Arguments.Read(golden.Name, new Signature(string.Join(", ", ForeignSchedules.ParametersOf(golden.Name))), golden.Parameters), isCosine);
        Assert.Equal(golden.Trace.GetProperty("nw").GetInt32(), run.WarmupBatches);
        golden.AssertClose(GoldenCase.Numbers(golden.Trace.GetProperty("accumulate")), k => run.AccumulationAt(golden.Index[k]), "accumulate");
        var epochs = GoldenCase.Numbers(golden.Trace.GetProperty("lf_index"));
        golden.AssertClose(GoldenCase.Numbers(golden.Trace.GetProperty("lf")), k => run.FactorAt(epochs[k]), "lf");
        var afterStep = golden.Rows("after_epoch_step");
        for (var group = 0; group < afterStep.Length; group++)
        {
            var baseRate = golden.BaseRates[group];
            golden.AssertClose(afterStep[group], k => baseRate * run.FactorAt(run.StartEpoch + k), "rate after the epoch's step()");
        }
        if (golden.Has("restored_lr"))
            golden.AssertClose(GoldenCase.Numbers(golden.Trace.GetProperty("restored_lr")), k => golden.BaseRates[k] * run.FactorAt(run.StartEpoch - 1), "restored rate");
    }

    private static void Check(GoldenCase golden, string what, IReadOnlyList<Schedule> schedules, double[] index, double batchesPerEpoch)
    {
        var rows = golden.Rows(what);
        for (var group = 0; group < rows.Length; group++)
        {
            var (schedule, baseRate) = (schedules[group], golden.BaseRates[group]);
            golden.AssertClose(rows[group], k => schedule.ValueAt(index[k] / batchesPerEpoch, baseRate), $"{what}[{group}]");
        }
    }

    private static double Walked(ForeignScheduler scheduler, double epochs, int group)
    {
        scheduler.StepTo(epochs);
        return scheduler.LearningRates[group];
    }
}
