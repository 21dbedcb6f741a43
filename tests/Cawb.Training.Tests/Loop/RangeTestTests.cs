using Cawb.Training.Loop;

namespace Cawb.Training.Tests.Loop;

public sealed class RangeTestTests
{
    [Fact]
    public void Rates_rise_by_the_same_factor_from_the_first_to_the_last()
    {
        var options = new RangeTestOptions { From = 1e-4, To = 1, Points = 5 };
        double[] expected = [1e-4, 1e-3, 1e-2, 1e-1, 1];
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], options.RateOf(i), expected[i] * 1e-12);
        }
    }

    [Fact]
    public void The_suggestion_is_where_the_loss_falls_most_steeply_before_its_lowest_value()
    {
        // Over the logarithm: flat, then falling by 0.05, 0.35 and 0.2 per decade, then rising; a steeper fall after the lowest value does not count.
        double[] losses = [1, 1, 1, 1, 1, 1, 1, 0.95, 0.6, 0.4, 0.5, 0.9, 2, 1, 0.5];
        var result = Result(losses);
        Assert.Equal(1e-12 * Math.Pow(10, 8), result.Suggestion ?? 0, 1e-16);
        Assert.Equal(1e-12 * Math.Pow(10, 9), result.LowestLossRate, 1e-15);
    }

    [Fact]
    public void A_loss_that_never_falls_gives_no_suggestion() => Assert.Null(Result([1, 2, 3, 4, 5, 6, 7, 8, 9]).Suggestion);

    [Fact]
    public void A_fall_within_the_noise_gives_no_suggestion() => Assert.Null(Result([1, 1, 1, 1, 1, 1, 1, 0.99, 0.98, 0.98, 1, 2]).Suggestion);

    private static RangeTestResult Result(double[] losses) =>
        new([.. losses.Select((loss, i) => new RangeTestPoint(1e-12 * Math.Pow(10, i), loss, loss, loss))], IsDiverged: false);
}
