using Cawb.Foreign;
using Cawb.Training.Views;

namespace Cawb.Training.Tests.Views;

public sealed class NamedScheduleTests
{
    private static readonly TrainingPlan Plan = TrainingPlan.FromEpochs(10, batchesPerEpoch: 5);

    [Fact]
    public void A_library_s_steps_are_epochs_or_batches_of_the_run()
    {
        var origin = ForeignSchedules.Create("torch.StepLR", """{"step_size": 5, "gamma": 0.5}""", [1]);
        var named = new NamedSchedule(origin.Name, origin.LearningRates, origin);
        Assert.Equal((true, false), (named.CountsSteps, named.IsPerBatch(stepIs: null)));
        Assert.Equal((1, 0.5), (named.OnClock(Plan, stepIs: null).Of(0).ValueAt(4.9, 1), named.OnClock(Plan, stepIs: null).Of(0).ValueAt(5, 1)));
        Assert.Equal((1, 0.5), (named.OnClock(Plan, ForeignTimeUnit.Batch).Of(0).ValueAt(0.9, 1), named.OnClock(Plan, ForeignTimeUnit.Batch).Of(0).ValueAt(1, 1)));
    }

    [Fact]
    public void One_of_ours_is_on_the_clock_already()
    {
        var named = new NamedSchedule("cosine", [new CosineSchedule(7)], Origin: null);
        Assert.Same(named, named.OnClock(Plan, stepIs: null));
        Assert.Equal((7, false, 0), (named.Units, named.CountsSteps, new NamedSchedule("constant", [new ConstantSchedule()], Origin: null).Units));
    }
}
