namespace Cawb.Foreign.Tests;

/// <summary>Composer's time strings.</summary>
public sealed class ComposerTimeTests
{
    [Fact]
    public void Times_in_tokens_are_batches_of_so_many_tokens()
    {
        var rates = Create("LinearWithWarmupScheduler", """{"t_warmup": "4096tok", "max_duration": "40960tok", "tokens_per_batch": 1024}""").LearningRates[0];
        Assert.Equal([0, 0.25, 1, 0.5, 0], ((double[])[0, 1, 4, 22, 40]).Select(batch => Math.Round(rates.ValueAt(batch, 1), 12)));
    }

    [Fact]
    public void Times_in_tokens_need_the_tokens_of_a_batch() =>
        Assert.Contains("'tokens_per_batch' is missing: a time in tokens needs it", Refusal("LinearScheduler", """{"max_duration": "40960tok"}"""), StringComparison.Ordinal);

    [Fact]
    public void A_run_in_epochs_with_shares_and_epochs_alone_is_in_epochs_where_nobody_says_how_many_batches_they_have()
    {
        var schedule = Create("CosineAnnealingWithWarmupScheduler", """{"t_warmup": "0.1dur", "max_duration": "90ep"}""");
        Assert.Equal((ForeignTimeUnit.Epoch, 90), (schedule.TimeUnit, schedule.NamedRun));
        Assert.Equal("""{"type":"warmup","warmupEpochs":9,"schedule":{"type":"cosine","durationEpochs":81}}""", schedule.LearningRates[0].CanonicalText);
        Assert.Equal("""{"type":"multiStep","milestoneEpochs":[30,60],"factor":0.1}""", Create("MultiStepScheduler", """{"milestones": ["30ep", "60ep"], "max_duration": "90ep"}""").LearningRates[0].CanonicalText);
    }

    [Fact]
    public void A_run_in_batches_with_shares_needs_no_batches_of_an_epoch() =>
        Assert.Equal("""{"type":"linear","durationEpochs":40}""", Create("LinearScheduler", """{"max_duration": "40ba"}""").LearningRates[0].CanonicalText);

    [Theory]
    [InlineData("""{"t_max": "2ep", "max_duration": "40ba"}""", "'t_max' is in epochs beside a run that is not")]
    [InlineData("""{"t_max": "40ba", "max_duration": "2ep"}""", "'t_max' is in 'ba' beside a run in epochs")]
    public void Epochs_beside_another_unit_need_the_batches_of_an_epoch(string arguments, string problem)
    {
        Assert.Contains($"'batches_per_epoch' is missing (--batches): {problem}", Refusal("LinearScheduler", arguments), StringComparison.Ordinal);
        Assert.Equal(ForeignTimeUnit.Batch, ForeignSchedules.Create("composer.LinearScheduler", arguments, [], batchesPerEpoch: 20).TimeUnit);
    }

    private static ForeignSchedule Create(string function, string arguments) => ForeignSchedules.Create($"composer.{function}", arguments, []);

    private static string Refusal(string function, string arguments) => Assert.Throws<ForeignScheduleException>(() => Create(function, arguments)).Message;
}
