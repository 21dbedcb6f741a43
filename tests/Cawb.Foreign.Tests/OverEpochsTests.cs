namespace Cawb.Foreign.Tests;

/// <summary>The libraries' schedules written in epochs, for a run: against the recorded numbers, whatever schedule of ours they become.</summary>
public sealed class OverEpochsTests
{
    private const int MostBatches = 400;

    public static TheoryData<string> Libraries => [.. ForeignSchedules.Names.Select(name => name.Split('.')[0]).Distinct(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Every_function_becomes_ours_for_a_run_or_says_in_one_sentence_why_not_and_what_comes_nearest(string library)
    {
        foreach (var golden in GoldenCase.Of(library).Where(golden => !golden.EndsInError))
        {
            var converted = golden.Create("wheres").OverEpochs(TrainingPlan.FromEpochs(golden.Library == "yolov5" ? golden.Parameters.GetProperty("epochs").GetInt32() : 40, 7));
            if (converted.HasTextForm)
            {
                Assert.All(converted.LearningRates.Concat(converted.Momenta), schedule => Assert.Equal(schedule, ScheduleText.Parse(schedule.CanonicalText)));
                continue;
            }
            Assert.StartsWith(golden.Name, converted.WhyNoTextForm, StringComparison.Ordinal);
            Assert.EndsWith(".", converted.WhyNoTextForm, StringComparison.Ordinal);
            Assert.DoesNotContain(". ", converted.WhyNoTextForm, StringComparison.Ordinal);
            Assert.Matches("nearest is|for a run of", converted.WhyNoTextForm);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10)]
    public void Batch_by_batch_the_recorded_numbers_come_out_on_the_clock_of_epochs(int batchesPerEpoch)
    {
        foreach (var golden in Libraries.SelectMany(row => GoldenCase.Of(row.Data)).Where(CountsSteps))
        {
            var schedule = golden.Create();
            if (schedule.TimeUnitIsGiven && schedule.TimeUnit == ForeignTimeUnit.Step)
                continue;
            var run = Run(golden);
            var plan = TrainingPlan.FromBatches(run, batchesPerEpoch);
            var rates = schedule.OverEpochs(plan, schedule.TimeUnitIsGiven ? null : ForeignTimeUnit.Batch).LearningRates;
            Check(golden, schedule, index => index < run, (group, index, baseRate) => rates[group].ValueAt(plan.EpochsFromBatches((long)index), baseRate));
        }
    }

    [Fact]
    public void Stepped_once_per_epoch_the_recorded_numbers_hold_for_all_batches_of_their_epoch()
    {
        const int batchesPerEpoch = 5;
        foreach (var golden in Libraries.SelectMany(row => GoldenCase.Of(row.Data)).Where(CountsSteps))
        {
            var schedule = golden.Create();
            if (schedule.TimeUnitIsGiven && schedule.TimeUnit == ForeignTimeUnit.Batch)
                continue;
            var run = Run(golden);
            var plan = TrainingPlan.FromEpochs(run, batchesPerEpoch);
            var rates = schedule.OverEpochs(plan, schedule.TimeUnitIsGiven ? null : ForeignTimeUnit.Step).LearningRates;
            foreach (var batch in (int[])[0, 1, 4])
                Check(golden, schedule, index => index < run, (group, index, baseRate) => rates[group].ValueAt(plan.EpochsFromBatches((long)index * batchesPerEpoch + batch), baseRate));
        }
    }

    [Theory]
    [InlineData("torch.OneCycleLR", """{"max_lr": 0.1, "total_steps": 100}""", 100, """{"type":"oneCycle","totalEpochs":99,"riseEpochs":29,"start":{"absolute":0.004},"peak":{"absolute":0.1},"end":{"absolute":4E-07}}""")]
    [InlineData("torch.CosineAnnealingLR", """{"T_max": 50}""", 50, """{"type":"cosine","durationEpochs":50,"end":{"absolute":0}}""")]
    [InlineData("torch.CosineAnnealingWarmRestarts", """{"T_0": 10, "T_mult": 2}""", 150, """{"type":"cosineRestarts","restarts":[10,30,70],"totalEpochs":150,"end":{"absolute":0}}""")]
    [InlineData("torch.ExponentialLR", """{"gamma": 1.01}""", 50, """{"type":"geometric","durationEpochs":50,"end":1.6446318218438827}""")]
    [InlineData("torch.LambdaLR", """{"lr_lambda": "1 / (1 + 0.1 * epoch)"}""", 50, """{"type":"cawb","epochs":50,"annealing":"1 / (1 + 0.1 * x)","annealingUpdate":"perBatch"}""")]
    [InlineData("mmengine.MultiStepLR", """{"milestones": [8, 11], "end": 12}""", 12, """{"type":"multiStep","milestoneEpochs":[8,11],"factor":0.1}""")]
    [InlineData("fvcore.LinearParamScheduler", """{"start_value": 0.1, "end_value": 0.01}""", 90, """{"type":"linear","durationEpochs":90,"start":{"absolute":0.1},"end":{"absolute":0.01}}""")]
    public void What_goes_on_for_ever_or_past_its_end_is_ours_for_a_run_of_given_length(string name, string arguments, int epochs, string text) =>
        Assert.Equal(text, ForeignSchedules.Create(name, arguments, [0.1]).OverEpochs(TrainingPlan.FromEpochs(epochs, 1)).LearningRates[0].CanonicalText);

    [Fact]
    public void One_cycle_is_written_with_its_momentum()
    {
        var converted = ForeignSchedules.Create("torch.OneCycleLR", """{"max_lr": 0.1, "total_steps": 100}""", [0.1]).OverEpochs(TrainingPlan.FromEpochs(10, 10));
        Assert.Equal("""{"type":"oneCycle","totalEpochs":9.9,"riseEpochs":2.9,"start":{"absolute":0.95},"peak":{"absolute":0.85},"end":{"absolute":0.95}}""", converted.Momenta[0].CanonicalText);
    }

    [Fact]
    public void A_formula_of_the_epoch_is_looked_at_once_per_epoch_where_the_library_is_stepped_so() => Assert.Equal(
        """{"type":"cawb","epochs":50,"annealing":"0.95 ** x"}""",
        ForeignSchedules.Create("torch.LambdaLR", """{"lr_lambda": "0.95 ** epoch"}""", [0.1]).OverEpochs(TrainingPlan.FromEpochs(50, 10)).LearningRates[0].CanonicalText);

    [Theory]
    [InlineData("torch.OneCycleLR", """{"max_lr": 0.1, "total_steps": 100}""", "torch.OneCycleLR does not get through this run: the library raises after 100 steps, its total; nearest is the same for a shorter run.")]
    [InlineData("torch.ConstantLR", """{"factor": 0.0, "total_iters": 10}""", "torch.ConstantLR does not get through this run: the library divides by zero at this step and raises; nearest is the same for a shorter run.")]
    public void What_raises_in_the_run_is_not_written_as_if_it_did_not(string name, string arguments, string why) =>
        Assert.Equal(why, ForeignSchedules.Create(name, arguments, [0.1]).OverEpochs(TrainingPlan.FromEpochs(20, 10), ForeignTimeUnit.Batch).WhyNoTextForm);

    [Fact]
    public void A_step_that_the_arguments_explain_is_not_explained_otherwise()
    {
        var schedule = ForeignSchedules.Create("timm.CosineLRScheduler", """{"t_initial": 50, "t_in_epochs": false}""", [0.1]);
        var fault = Assert.Throws<ForeignScheduleException>(() => schedule.OverEpochs(TrainingPlan.FromEpochs(5, 10), ForeignTimeUnit.Step));
        Assert.StartsWith("timm.CosineLRScheduler: what a step is follows from the function and its arguments (Batch)", fault.Message, StringComparison.Ordinal);
    }

    private static bool CountsSteps(GoldenCase golden) =>
        !golden.EndsInError && golden.Library is not ("cawb" or "cawb-article" or "yolov5" or "fvcore") && !golden.Has("metrics") && !golden.Has("call")
        && !golden.Parameters.TryGetProperty("step_args", out _) && golden.Index.All(index => index == Math.Floor(index));

    private static int Run(GoldenCase golden) => Math.Clamp((int)golden.Index[^1], 1, MostBatches);

    private static void Check(GoldenCase golden, ForeignSchedule schedule, Func<double, bool> isInside, Func<int, double, double, double> actual)
    {
        var index = golden.Index.Where(isInside).ToArray();
        var rows = golden.Has("lr") ? golden.Rows("lr") : [GoldenCase.Numbers(golden.Trace.GetProperty("value"))];
        for (var group = 0; group < rows.Length; group++)
        {
            var (current, baseRate) = (group, schedule.BaseRates[group]);
            golden.AssertClose([.. rows[group].Take(index.Length)], k => actual(current, index[k], baseRate), $"group {group} in epochs");
        }
    }
}
