namespace Cawb.Foreign.Tests;

/// <summary>Hugging Face's GreedyLR where cooldown and warm-up meet; the expected rates follow its <c>step</c> by hand.</summary>
public sealed class GreedyTests
{
    [Fact]
    public void While_a_cooldown_or_a_warm_up_runs_nothing_is_counted_and_the_best_metric_stays()
    {
        // Raised at 1.0; 0.5 falls into the warm-up, so that 0.8 still is better than the best, 1.0. Then the wait after 5; lowered at the second 5; 0.1 falls into the cooldown, so that 0.7 raises.
        Check(
            """{"patience": 0, "factor": 0.5, "cooldown": 1, "warmup": 1, "metrics": [1.0, 0.5, 0.8, 5, 5, 0.1, 0.7]}""",
            [0.1, 0.2, 0.2, 0.4, 0.4, 0.2, 0.2, 0.4]);
    }

    [Fact]
    public void A_maximum_below_the_present_rate_lowers_nothing() =>
        Check("""{"patience": 0, "factor": 0.5, "max_lr": 0.05, "metrics": [3, 2, 1]}""", [0.1, 0.1, 0.1, 0.1]);

    [Fact]
    public void Reductions_at_the_minimum_count_towards_starting_over_and_a_raise_counts_afresh()
    {
        // At the minimum after the second reduction, which is the first of two; 1 raises and forgets it.
        Check(
            """{"patience": 0, "factor": 0.5, "min_lr": 0.025, "reset_start": 2, "metrics": [2, 3, 3, 3, 1, 3, 3, 3]}""",
            [0.1, 0.2, 0.1, 0.05, 0.025, 0.05, 0.025, 0.1, 0.2]);
    }

    private static void Check(string arguments, double[] expected)
    {
        var schedule = ForeignSchedules.Create("hf.get_greedy_schedule", arguments, [0.1]).LearningRates[0];
        Assert.Equal(expected, Enumerable.Range(0, expected.Length).Select(call => Math.Round(schedule.ValueAt(call, 0.1), 12)));
    }
}
