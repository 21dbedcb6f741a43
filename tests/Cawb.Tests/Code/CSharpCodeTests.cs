using Cawb.Code;

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
}
