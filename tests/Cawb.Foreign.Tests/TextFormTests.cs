namespace Cawb.Foreign.Tests;

public sealed class TextFormTests
{
    public static TheoryData<string> Libraries => [.. ForeignSchedules.Names.Select(name => name.Split('.')[0]).Distinct(StringComparer.Ordinal)];

    /// <summary>Plain arguments and what they become.</summary>
    public static TheoryData<string, string, string> Conversions => new()
    {
        { "torch.StepLR", """{"step_size": 30}""", """{"type":"step","intervalEpochs":30,"factor":0.1}""" },
        { "torch.LinearLR", """{"start_factor": 0.5, "total_iters": 4}""", """{"type":"linear","durationEpochs":4,"start":0.5,"end":1}""" },
        { "torch.CosineAnnealingWarmRestarts", """{"T_0": 10}""", """{"type":"repeat","periodEpochs":10,"schedule":{"type":"cosine","durationEpochs":10,"end":{"absolute":0}}}""" },
        { "torch.ReduceLROnPlateau", """{"patience": 3}""", """{"type":"plateau","patience":3,"min":{"absolute":0},"schedule":{"type":"constant"}}""" },
        { "hf.get_linear_schedule_with_warmup", """{"num_warmup_steps": 5, "num_training_steps": 25}""", """{"type":"warmup","warmupEpochs":5,"schedule":{"type":"linear","durationEpochs":20}}""" },
        { "timm.CosineLRScheduler", """{"t_initial": 20, "lr_min": 0.001}""", """{"type":"cosine","durationEpochs":20,"end":{"absolute":0.001}}""" },
        { "optax.cosine_decay_schedule", """{"init_value": 0.5, "decay_steps": 40, "alpha": 0.5}""", """{"type":"cosine","durationEpochs":40,"start":{"absolute":0.5},"end":{"absolute":0.25}}""" },
        { "mmengine.PolyLR", """{"end": 11}""", """{"type":"polynomial","durationEpochs":10,"power":1,"end":{"absolute":0}}""" },
    };

    [Theory]
    [MemberData(nameof(Conversions))]
    public void A_plain_schedule_of_a_library_is_written_as_ours(string name, string arguments, string text)
    {
        var schedule = ForeignSchedules.Create(name, arguments, [0.1]);
        Assert.True(schedule.HasTextForm);
        Assert.Equal(text, schedule.LearningRates[0].CanonicalText);
    }

    [Theory]
    [MemberData(nameof(Libraries))]
    public void What_is_written_as_ours_reads_back_equal_and_what_is_not_says_so(string library)
    {
        foreach (var golden in GoldenCase.Of(library).Where(golden => !(golden.EndsInError)))
        {
            var schedule = golden.Create("wheres");
            foreach (var rate in schedule.LearningRates)
            {
                if (schedule.HasTextForm)
                    Assert.Equal(rate, ScheduleText.Parse(rate.CanonicalText));
                else if (rate is FormulaSchedule)
                    Assert.Throws<NotSupportedException>(() => rate.CanonicalText);
            }
        }
    }

    [Fact]
    public void A_recipe_that_differs_anywhere_near_its_boundaries_is_not_passed_off_as_ours() =>
        Assert.False(ForeignSchedules.Create("keras.CosineDecayRestarts", """{"initial_learning_rate": 0.1, "first_decay_steps": 1, "t_mul": 3}""", []).HasTextForm);
}
