namespace Cawb.Foreign.Tests;

/// <summary>mmengine's epochs and iterations; <c>ParamSchedulerHook</c> steps a scheduler after each epoch or each iteration as its <c>by_epoch</c> says.</summary>
public sealed class MmengineUnitTests
{
    /// <summary>mmdetection's usual list: a warm-up by iteration, milestones by epoch.</summary>
    private const string Mixed = """
        {"schedulers": [
          {"type": "LinearLR", "start_factor": 0.001, "by_epoch": false, "begin": 0, "end": 500},
          {"type": "MultiStepLR", "by_epoch": true, "begin": 0, "end": 12, "milestones": [8, 11], "gamma": 0.1}]}
        """;

    private static readonly double[] OneGroup = [0.02];

    [Fact]
    public void A_list_of_iterations_and_epochs_is_in_epochs_with_every_iteration_in_its_place()
    {
        const int iterations = 7330;
        var schedule = ForeignSchedules.Create("mmengine.combined", Mixed, OneGroup, iterations);
        Assert.Equal(ForeignTimeUnit.Epoch, schedule.TimeUnit);
        var rates = schedule.OverEpochs(TrainingPlan.FromEpochs(12, iterations)).LearningRates[0];
        Assert.Equal("""{"type":"product","parts":[{"type":"linear","durationEpochs":0.06807639836289223,"start":0.001,"end":1},{"type":"multiStep","milestoneEpochs":[8,11],"factor":0.1}]}""", rates.CanonicalText);
        foreach (var (iteration, expected) in ((int, double)[])[(0, 2e-5), (499, 0.02), (8 * iterations - 1, 0.02), (8 * iterations, 0.002), (11 * iterations, 0.0002)])
        {
            Assert.Equal(expected, rates.ValueAt((double)iteration / iterations, 0.02), 1e-15);
            Assert.Equal(expected, schedule.LearningRates[0].ValueAt((double)iteration / iterations, 0.02), 1e-15);
        }
    }

    [Fact]
    public void Such_a_list_is_refused_where_it_is_not_known_how_many_iterations_an_epoch_has()
    {
        var fault = Assert.Throws<ForeignScheduleException>(() => ForeignSchedules.Create("mmengine.combined", Mixed, OneGroup));
        Assert.Contains("counts iterations (by_epoch false) as well as epochs, so that it must be known how many iterations an epoch has (--batches)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_that_was_made_for_another_number_of_iterations_is_refused() =>
        Assert.Contains(
            "it was made for 10 batches in an epoch; the run has 20.",
            Assert.Throws<ForeignScheduleException>(() => ForeignSchedules.Create("mmengine.combined", Mixed, OneGroup, 10).OverEpochs(TrainingPlan.FromEpochs(12, 20))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_schedule_by_epoch_stays_within_an_epoch_of_a_mixed_list()
    {
        const string arguments = """
            {"schedulers": [
              {"type": "LinearLR", "start_factor": 0.1, "by_epoch": false, "end": 5},
              {"type": "CosineAnnealingLR", "T_max": 10, "begin": 1, "end": 11}]}
            """;
        var rates = ForeignSchedules.Create("mmengine.combined", arguments, [1.0], 5).OverEpochs(TrainingPlan.FromEpochs(11, 5)).LearningRates[0];
        Assert.Equal(1, rates.ValueAt(1.8, 1), 1e-15);
        var second = (1 + Math.Cos(Math.PI / 10)) / 2;
        Assert.All([2.0, 2.2, 2.8], epochs => Assert.Equal(second, rates.ValueAt(epochs, 1), 1e-15));
    }

    [Fact]
    public void Schedulers_of_both_kinds_that_change_the_rate_at_once_take_turns_iteration_by_iteration()
    {
        // One warm-up step of 3 by iteration, and a line to a floor by epoch that starts under it: each step acts on the rate that is there.
        const string arguments = """
            {"schedulers": [
              {"type": "LinearLR", "start_factor": 0.5, "by_epoch": false, "end": 4},
              {"type": "PolyLR", "eta_min": 0.2, "end": 4}]}
            """;
        var rates = ForeignSchedules.Create("mmengine.combined", arguments, [1.0], 2).OverEpochs(TrainingPlan.FromEpochs(4, 2)).LearningRates[0];
        var rate = 0.5;
        for (var iteration = 0; iteration < 8; iteration++)
        {
            if (iteration is > 0 and < 4)
                rate *= (0.5 + iteration * 0.5 / 3) / (0.5 + (iteration - 1) * 0.5 / 3);
            if (iteration is 2 or 4 or 6)
            {
                var epoch = iteration / 2;
                rate = (rate - 0.2) * ((1 - epoch / 3.0) / (1 - (epoch - 1) / 3.0)) + 0.2;
            }
            Assert.Equal(rate, rates.ValueAt(iteration / 2.0, 1), 1e-14);
        }
    }

    [Theory]
    [InlineData("""{"milestones": [8, 11]}""", ForeignTimeUnit.Step, false)]
    [InlineData("""{"milestones": [8, 11], "by_epoch": true}""", ForeignTimeUnit.Step, true)]
    [InlineData("""{"milestones": [8, 11], "by_epoch": false}""", ForeignTimeUnit.Batch, true)]
    [InlineData("""{"milestones": [8, 11], "epoch_length": 10}""", ForeignTimeUnit.Batch, true)]
    [InlineData("""{"milestones": [8, 11], "convert_to_iter_based": true}""", ForeignTimeUnit.Batch, true)]
    public void By_epoch_says_what_a_step_is(string arguments, ForeignTimeUnit unit, bool isGiven)
    {
        var schedule = ForeignSchedules.Create("mmengine.MultiStepLR", arguments, OneGroup, batchesPerEpoch: 10);
        Assert.Equal((unit, isGiven), (schedule.TimeUnit, schedule.TimeUnitIsGiven));
    }

    [Fact]
    public void Epochs_that_are_turned_into_iterations_need_their_number()
    {
        const string arguments = """{"milestones": [8, 11], "convert_to_iter_based": true}""";
        Assert.Contains("say how many an epoch has, with epoch_length or --batches", Assert.Throws<ForeignScheduleException>(() => ForeignSchedules.Create("mmengine.MultiStepLR", arguments, OneGroup)).Message, StringComparison.Ordinal);
        var rates = ForeignSchedules.Create("mmengine.MultiStepLR", arguments, OneGroup, 10).LearningRates[0];
        Assert.Equal([0.02, 0.002], [rates.ValueAt(79, 0.02), rates.ValueAt(80, 0.02)]);
    }

    [Fact]
    public void The_last_milestone_before_the_end_of_a_window_is_an_event_too()
    {
        var schedule = ForeignSchedules.Create("mmengine.MultiStepLR", """{"milestones": [8, 11], "end": 12}""", OneGroup).LearningRates[0];
        Assert.Equal([8, 11], schedule.Events(12).Where(scheduleEvent => scheduleEvent.Kind == ScheduleEventKind.Phase).Select(scheduleEvent => scheduleEvent.Epochs));
    }
}
