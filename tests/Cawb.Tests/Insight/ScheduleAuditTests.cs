using Cawb.Insight;

namespace Cawb.Tests.Insight;

/// <summary>Each case is a training loop with a mistake in it, whose rates are logged as it trains.</summary>
public sealed class ScheduleAuditTests
{
    private const int BatchesPerEpoch = 20;

    private static readonly TrainingPlan Plan = TrainingPlan.FromEpochs(10, BatchesPerEpoch, accumulation: 4);

    private static Schedule Cosine { get; } = new WarmupSchedule(new CosineSchedule(9), 1);

    [Fact]
    public void Finds_nothing_in_a_run_that_trained_as_planned_also_where_it_was_logged_in_single_precision()
    {
        Assert.Empty(Audit(Loop((scheduler, _) => scheduler.Step())));
        Assert.Empty(Audit([.. Loop((scheduler, _) => scheduler.Step()).Select(row => row with { Value = (float)row.Value })]));
        Assert.Empty(Audit([.. Loop((scheduler, _) => scheduler.Step()).Where(row => row.Batch % 7 == 3)]));
    }

    [Fact]
    public void Finds_a_step_that_was_skipped()
    {
        var found = Assert.Single(Audit(Loop((scheduler, batch) =>
        {
            if (batch != 60)
                scheduler.Step();
        })));
        Assert.Equal(("skipped-steps", 61L), (found.Code, found.Batch));
        Assert.Equal(
            "From batch 61 on (epoch 3.05) the learningRate of group 0 is 0.0883022 in place of 0.0877355: that is the plan's value of 1 batch earlier, so a step was skipped.", found.Message);
    }

    [Fact]
    public void Finds_a_stretch_of_steps_that_were_skipped()
    {
        var found = Assert.Single(Audit(Loop((scheduler, batch) =>
        {
            if (batch is < 60 or >= 97)
                scheduler.Step();
        })), finding => finding.Batches > 50);
        Assert.Equal("skipped-steps", found.Code);
        Assert.Contains("37 batches earlier, so 37 steps were skipped.", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_a_step_that_was_taken_twice()
    {
        var found = Assert.Single(Audit(Loop((scheduler, batch) =>
        {
            scheduler.Step();
            if (batch == 100)
                scheduler.Step();
        })));
        Assert.Equal(("doubled-steps", 101L), (found.Code, found.Batch));
        Assert.Contains("a step was taken too many", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_a_scheduler_that_is_stepped_twice_per_batch()
    {
        var found = Audit(Loop((scheduler, _) =>
        {
            scheduler.Step();
            scheduler.Step();
        }));
        Assert.Equal(("doubled-steps", 1L), (found[0].Code, found[0].Batch));
        Assert.Contains("stepped 2 times per batch", found[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_a_resume_without_the_schedulers_state()
    {
        var found = Assert.Single(Audit(Loop((scheduler, batch) =>
        {
            if (batch == 79)
                scheduler.MoveTo(0);
            else
                scheduler.Step();
        })));
        Assert.Equal(("started-over", 80L), (found.Code, found.Batch));
        Assert.Contains("resumed without the scheduler's state", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_a_scheduler_that_is_stepped_once_per_epoch_where_the_plan_counts_batches()
    {
        var found = Assert.Single(Audit(Loop((scheduler, batch) =>
        {
            if ((batch + 1) % BatchesPerEpoch == 0)
                scheduler.Step();
        })));
        Assert.Equal(("stepped-per-epoch", 1L), (found.Code, found.Batch));
    }

    [Fact]
    public void Finds_a_schedule_that_is_looked_at_once_per_epoch()
    {
        var found = Assert.Single(Audit(Loop((scheduler, batch) =>
        {
            if ((batch + 1) % BatchesPerEpoch == 0)
                scheduler.MoveTo(batch + 1);
        })));
        Assert.Equal("per-epoch", found.Code);
    }

    [Fact]
    public void Finds_a_scheduler_that_counts_epochs_and_is_stepped_per_batch()
    {
        var found = Audit(Loop((scheduler, batch) => scheduler.MoveTo((batch + 1) * BatchesPerEpoch)));
        Assert.Equal(("stepped-per-batch", 1L), (found[0].Code, found[0].Batch));
    }

    [Fact]
    public void Finds_a_scheduler_that_is_stepped_once_per_optimizer_step()
    {
        var found = Assert.Single(Audit(Loop((scheduler, batch) =>
        {
            if ((batch + 1) % 4 == 0)
                scheduler.Step();
        })));
        Assert.Equal("stepped-per-update", found.Code);
        Assert.Contains("accumulation 4", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_another_base_value()
    {
        var rows = Loop((scheduler, _) => scheduler.Step()).Select(row => row with { Value = row.Value * 0.25 }).ToList();
        var found = Assert.Single(Audit(rows));
        Assert.Equal("other-base", found.Code);
        Assert.Contains("0.25 times the plan", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_writes_from_outside_and_where_they_end()
    {
        var rows = Loop((scheduler, _) => scheduler.Step()).Select(row => row.Batch is >= 50 and < 55 ? row with { Value = 0.042 } : row).ToList();
        var found = Assert.Single(Audit(rows));
        Assert.Equal(("external-write", 50L, 5L, 0.042), (found.Code, found.Batch, found.Batches, found.Applied));
        Assert.StartsWith("From batch 50 to 54 (epoch 2.5) ", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_batches_that_do_not_rise() =>
        Assert.Contains("value 1 is of batch 3", Assert.Throws<ArgumentException>(() => Audit([new(3, 0.1), new(3, 0.1)])).Message, StringComparison.Ordinal);

    private static IReadOnlyList<AuditFinding> Audit(IReadOnlyList<AuditedValue> rows) => new ScheduleAudit(Plan, Cosine, 0.1).Compare(rows);

    private static List<AuditedValue> Loop(Action<LearningRateScheduler, long> afterBatch)
    {
        var scheduler = new LearningRateScheduler(Plan, Cosine, 0.1);
        var rows = new List<AuditedValue>();
        for (var batch = 0L; batch < Plan.TotalBatches; batch++)
        {
            rows.Add(new AuditedValue(batch, scheduler.LearningRates[0]));
            afterBatch(scheduler, batch);
        }

        return rows;
    }
}
