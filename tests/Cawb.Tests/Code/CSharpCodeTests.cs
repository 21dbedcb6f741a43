using Cawb.Code;
using Cawb.Tests.Compilation;
using Cawb.Tests.OtherAssemblies;

namespace Cawb.Tests.Code;

public sealed class CSharpCodeTests
{
    [Fact]
    public void Compiles_as_it_stands_for_every_type()
    {
        foreach (var schedule in CodeCases.OfEveryType(1))
        {
            var code = ScheduleCode.Write(schedule, CodeLanguage.CSharp, epochs: 12, batchesPerEpoch: 7, baseLearningRates: [0.1, 0.01]);
            Assert.True(CompiledCode.Complaints(code) is [], $"{code}\n{string.Join('\n', CompiledCode.Complaints(code))}");
        }
    }

    [Fact]
    public void Makes_the_schedule_that_it_was_written_from()
    {
        var schedules = CodeCases.OfEveryType(12).Concat(CodeCases.Nested(200)).ToList();
        var methods = CompiledCode.Methods([.. schedules.Select(schedule => ScheduleCode.Write(schedule, CodeLanguage.CSharp))], "", "schedule");
        for (var i = 0; i < schedules.Count; i++)
        {
            var made = Assert.IsType<Schedule>(methods[i].Invoke(null, []), exactMatch: false);
            Assert.Equal(schedules[i], made);
            var plan = TrainingPlan.FromEpochs(1, batchesPerEpoch: 7);
            foreach (var batch in CodeCases.Batches(schedules[i], plan))
                Assert.Equal(schedules[i].ValueAt(plan.EpochsFromBatches(batch), 0.1), made.ValueAt(plan.EpochsFromBatches(batch), 0.1));
        }
    }

    [Fact]
    public void Leaves_out_defaults_names_parameters_and_composes_with_methods()
    {
        var schedule = new CosineSchedule(85, minFactor: 0.05).WithWarmup(5).Then(new ConstantSchedule(Level.Absolute(1e-4)), atEpochs: 90);
        Assert.Equal(
            """
            using Cawb;

            var schedule = new CosineSchedule(durationEpochs: 85, minFactor: 0.05)
                .WithWarmup(5)
                .Then(new ConstantSchedule(Level.Absolute(0.0001)), atEpochs: 90);

            """,
            ScheduleCode.Write(schedule, CodeLanguage.CSharp));
    }

    [Fact]
    public void Writes_the_plan_and_the_scheduler_where_the_run_is_known()
    {
        Assert.EndsWith(
            """
            Schedule[] schedules = [new CosineSchedule(durationEpochs: 12), new LinearSchedule(durationEpochs: 12)];
            var plan = TrainingPlan.FromEpochs(epochs: 12, batchesPerEpoch: 625);
            var scheduler = new LearningRateScheduler(plan, schedules, [0.1, 0.01]);

            """,
            ScheduleCode.Write([new CosineSchedule(12), new LinearSchedule(12)], CodeLanguage.CSharp, 12, 625, [0.1, 0.01]),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Has_the_optimizer_of_TorchSharp_follow_with_names_for_what_is_not_known()
    {
        Assert.Equal(
            """
            using Cawb;
            using Cawb.TorchSharp;

            var schedule = new CosineSchedule(durationEpochs: 12);
            // The optimizer is made with groups whose learning rates are 0.1 and 0.01.
            var scheduler = optimizer.Follow(schedule, TrainingPlan.FromEpochs(epochs, batchesPerEpoch: 625));

            """,
            ScheduleCode.Write(new CosineSchedule(12), CodeLanguage.TorchSharp, batchesPerEpoch: 625, baseLearningRates: [0.1, 0.01]));
    }

    [Theory]
    [InlineData(CodeLanguage.CSharp)]
    [InlineData(CodeLanguage.TorchSharp)]
    [InlineData(CodeLanguage.Python)]
    public void Refuses_a_delegate_and_a_type_of_another_assembly_with_one_sentence(CodeLanguage language)
    {
        var withDelegate = new CawbSchedule(10, [], Annealing.FromFunction("mine", (x, y) => 1));
        Assert.Contains("\"mine\"", Assert.Throws<NotSupportedException>(() => ScheduleCode.Write(withDelegate, language)).Message, StringComparison.Ordinal);
        var outside = new CosineSchedule(3).Times(new OutsideRamp(7));
        Assert.Contains(nameof(OutsideRamp), Assert.Throws<NotSupportedException>(() => ScheduleCode.Write(outside, language)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_counts_below_one_and_rates_that_are_not_one_for_each_schedule()
    {
        var cosine = new CosineSchedule(3);
        Assert.Equal("epochs", Assert.Throws<ArgumentOutOfRangeException>(() => ScheduleCode.Write(cosine, CodeLanguage.CSharp, epochs: 0)).ParamName);
        Assert.Equal("batchesPerEpoch", Assert.Throws<ArgumentOutOfRangeException>(() => ScheduleCode.Write(cosine, CodeLanguage.CSharp, batchesPerEpoch: 0)).ParamName);
        Assert.Equal("baseLearningRates", Assert.Throws<ArgumentException>(() => ScheduleCode.Write([cosine, cosine], CodeLanguage.Python, 1, 1, [0.1])).ParamName);
        Assert.Equal("schedules", Assert.Throws<ArgumentException>(() => ScheduleCode.Write([], CodeLanguage.Python)).ParamName);
    }
}
