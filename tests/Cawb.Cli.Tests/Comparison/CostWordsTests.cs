using Cawb.Cli.Comparison;
using Cawb.Training.Comparison.Jobs;

namespace Cawb.Cli.Tests.Comparison;

public sealed class CostWordsTests
{
    /// <summary>3.6e18 operations in 100 hours are 1e13 a second; 10 TFLOP/s take as long.</summary>
    [Fact]
    public void A_processor_that_takes_days_is_held_against_a_gpu() => Assert.Equal(
        "These are 3.6e+18 floating-point operations, which this machine does at 1.000 TFLOP/s: about 100 GPU-hours on a card that keeps up 10 TFLOP/s.",
        CostWords.OfGpu(new RunCost(TimeSpan.FromHours(1000), 3.6e18), isOnProcessor: true));

    [Fact]
    public void A_gpu_says_its_own_hours() => Assert.Equal(
        "These are 3.6e+18 floating-point operations, which this GPU does at 20.000 TFLOP/s: about 50 GPU-hours.",
        CostWords.OfGpu(new RunCost(TimeSpan.FromHours(50), 3.6e18), isOnProcessor: false));

    [Fact]
    public void A_time_that_one_can_wait_for_needs_no_words() => Assert.Equal("", CostWords.OfGpu(new RunCost(TimeSpan.FromHours(11), 3.6e18), isOnProcessor: true));
}
