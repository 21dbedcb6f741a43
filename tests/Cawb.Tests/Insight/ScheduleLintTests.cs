using Cawb.Insight;

namespace Cawb.Tests.Insight;

public sealed class ScheduleLintTests
{
    private static readonly TrainingPlan HundredEpochs = TrainingPlan.FromEpochs(100, batchesPerEpoch: 10);

    [Fact]
    public void Says_nothing_about_a_schedule_that_fits_its_run()
    {
        Schedule schedule = new WarmupSchedule(new CosineSchedule(durationEpochs: 97, minFactor: 0.01), warmupEpochs: 3, Level.Factor(0.1));
        Assert.Empty(schedule.Lint(HundredEpochs, baseRate: 0.1, LintLimits.Default));
        Assert.Empty(new ConstantSchedule().Lint(HundredEpochs));
    }

    [Fact]
    public void Finds_the_first_batch_at_rate_zero() =>
        Expect(new WarmupSchedule(new CosineSchedule(97, minFactor: 0.1), 3), HundredEpochs, "first-batch-at-zero", LintSeverity.Notice, 0, "The first batch trains with rate 0 and changes no weight.");

    [Fact]
    public void Finds_batches_that_train_with_rate_zero() =>
        Expect(new LinearSchedule(80), HundredEpochs, "rate-zero", LintSeverity.Warning, 80, "200 batches after the first train with rate 0 and change no weight.");

    [Fact]
    public void Finds_a_boot_past_the_run() =>
        Expect(Warm(epochs: 160, boots: [40, 120]), HundredEpochs, "boot-never-fires", LintSeverity.Error, 120, "The run is over at epoch 100, so this boot never takes effect.");

    [Fact]
    public void Finds_a_boot_on_the_last_moment_of_the_run() =>
        Expect(Warm(epochs: 160, boots: [100]), HundredEpochs, "boot-never-fires", LintSeverity.Error, 100, "The run is over at epoch 100, so this boot never takes effect.");

    [Fact]
    public void Finds_a_boot_inside_an_epoch() =>
        Expect(Warm(epochs: 100, boots: [40.25]), HundredEpochs, "boot-inside-epoch", LintSeverity.Notice, 40.25, "It takes effect inside an epoch, at batch 403 (epoch 40.3).");

    [Fact]
    public void Finds_a_boot_that_lowers_the_rate()
    {
        // At epoch 49 the stretched line has come down to 1 - 49/200 = 0.755; the boot starts again at 0.7.
        var schedule = new CawbSchedule(100, [50], Annealing.Linear(scale: 1, offset: 0), stepScale: 0.7, epochScale: 4);
        Expect(schedule, HundredEpochs, "boot-drops", LintSeverity.Notice, 50, "The rate falls from 0.755 to 0.7 where a boot is expected to raise it.");
    }

    [Fact]
    public void Finds_a_restart_that_lowers_the_rate()
    {
        // A "decay" upwards from 0.1 to 0.5 in the inverse-proportional shape: in the last batch before the restart u is 0.99, and 1 / (0.99 / 0.5 + 0.01 / 0.1) is 0.480769.
        var falling = new WarmupStableDecaySimplifiedSchedule(0, [50, 100], 10, Level.Zero, Level.Factor(0.1), Level.Factor(0.5));
        Expect(falling, HundredEpochs, "restart-drops", LintSeverity.Warning, 50, "The rate falls from 0.480769 to 0.1 where a restart is expected to raise it.");
    }

    [Fact]
    public void Lets_a_cycle_begin_at_its_bottom()
    {
        Assert.Empty(new CyclicSchedule(Level.Factor(0.1), Level.Base, riseEpochs: 10, fallEpochs: 10).Lint(HundredEpochs));
        Assert.Empty(new CosineRestartsSchedule(CyclePlan.Equal(20, 5), Level.Base, Level.Factor(0.1), warmupEpochs: 2).Lint(HundredEpochs));
    }

    [Fact]
    public void Finds_a_warm_up_longer_than_a_third() =>
        Expect(
            new WarmupSchedule(new CosineSchedule(60, minFactor: 0.1), 40, Level.Factor(0.1)), HundredEpochs, "long-warmup", LintSeverity.Warning, 40,
            "The warm-up takes 40 % of the run of 100 epochs.");

    [Fact]
    public void Finds_a_peak_behind_a_warm_up_that_the_run_does_not_finish() =>
        Expect(
            new WarmupSchedule(new CosineSchedule(60), 200, Level.Factor(0.5)), HundredEpochs, "peak-never-reached", LintSeverity.Error, 200,
            "The run of 100 epochs is over before the warm-up is; the highest rate it trains with is 0.74975.");

    [Fact]
    public void Finds_a_peak_that_lies_past_the_run() =>
        Expect(
            new LinearSchedule(200, Level.Factor(0.5), Level.Factor(1.5)), HundredEpochs, "peak-never-reached", LintSeverity.Error, 200,
            "The schedule rises to 1.5 only after the run of 100 epochs; the run itself gets to 0.9995.");

    [Fact]
    public void Finds_a_floor_that_lasts_nine_tenths_of_the_run() =>
        Expect(new LinearSchedule(5, minFactor: 0.1), HundredEpochs, "mostly-at-floor", LintSeverity.Warning, 5, "95 % of the run train with the floor, 0.1.");

    [Fact]
    public void Finds_a_rate_that_never_falls_much() =>
        Expect(new CosineSchedule(100, minFactor: 0.95), HundredEpochs, "hardly-anneals", LintSeverity.Warning, 0, "After the warm-up the rate never falls below 95 % of its peak.");

    [Fact]
    public void Has_nothing_against_a_constant_rate_with_a_warm_up() =>
        Assert.DoesNotContain(new WarmupSchedule(new ConstantSchedule(), 3).Lint(HundredEpochs), finding => finding.Severity > LintSeverity.Notice);

    [Fact]
    public void Finds_a_schedule_longer_than_the_run() =>
        Expect(
            new CosineSchedule(150), HundredEpochs, "longer-than-run", LintSeverity.Warning, 100,
            "The schedule is made for 150 epochs, the run has 100; its last 50 epochs are cut off.");

    [Fact]
    public void Finds_a_schedule_shorter_than_the_run() =>
        Expect(
            new CosineSchedule(80, minFactor: 0.2), HundredEpochs, "shorter-than-run", LintSeverity.Notice, 80,
            "The schedule is over at epoch 80; the last 20 epochs train with 0.2.");

    [Fact]
    public void Finds_a_rate_past_the_limit()
    {
        var findings = new CosineSchedule(100, minFactor: 0.1).Lint(HundredEpochs, baseRate: 0.5, new LintLimits(highestRate: 0.01));
        var finding = Assert.Single(findings);
        Assert.Equal(("rate-past-limit", "The rate rises to 0.5, past the sensible limit of 0.01."), (finding.Code, finding.Message));
    }

    [Fact]
    public void Finds_a_factor_that_looks_like_a_mistaken_base() =>
        Expect(
            new CosineSchedule(100, Level.Factor(25), Level.Factor(1)), HundredEpochs, "factor-past-limit", LintSeverity.Warning, 0, "The base rate is multiplied by up to 25.");

    [Fact]
    public void Finds_a_value_that_no_optimizer_can_use()
    {
        var finding = Assert.Single(new Falling().Lint(HundredEpochs));
        Assert.Equal(("value-not-usable", LintSeverity.Error, 50.1), (finding.Code, finding.Severity, finding.Epochs));
    }

    [Fact]
    public void Says_where_it_stops_looking_at_events() => Expect(
        new LinearSchedule(1 / 128.0, 0.5).Repeated(1 / 128.0), HundredEpochs, "many-events", LintSeverity.Notice, 5001 / 128.0, "The schedule has more than 10,000 boots, restarts and phases; those after this moment were not looked at.");

    [Fact]
    public void Notices_what_is_unusual_about_the_article_s_schedule_and_warns_of_nothing()
    {
        var schedule = new CawbSchedule(150, [30, 80], Annealing.Cosine(scale: 0.65, offset: 0.35), stepScale: 0.7, epochScale: 4, warmupEpochs: 3);
        var findings = schedule.Lint(TrainingPlan.FromEpochs(150, batchesPerEpoch: 625), baseRate: 0.1, LintLimits.Default);
        Assert.Equal(["first-batch-at-zero", "boot-drops", "boot-drops"], findings.Select(finding => finding.Code));
        Assert.All(findings, finding => Assert.Equal(LintSeverity.Notice, finding.Severity));
    }

    private static CawbSchedule Warm(double epochs, double[] boots) => new(epochs, boots, Annealing.Linear(scale: 0.9, offset: 0.1), stepScale: 0.9);

    private static void Expect(Schedule schedule, TrainingPlan plan, string code, LintSeverity severity, double epochs, string message)
    {
        var finding = Assert.Single(schedule.Lint(plan), finding => finding.Code == code);
        Assert.Equal((severity, epochs, message), (finding.Severity, finding.Epochs, finding.Message));
        Assert.EndsWith(".", finding.Fix, StringComparison.Ordinal);
        Assert.NotEmpty(finding.Place);
    }

    private sealed record Falling : Schedule
    {
        public override double ValueAt(double epochs, double baseValue) => baseValue * (1 - (epochs / 50));
    }
}
