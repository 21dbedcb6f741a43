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
    public void A_loss_that_never_falls_gives_no_suggestion() => Doubts(Result([1, 2, 3, 4, 5, 6, 7, 8, 9]), "the loss fell by no more than 0.0 %");

    [Fact]
    public void A_fall_of_two_per_cent_gives_no_suggestion() => Doubts(Result([1, 1, 1, 1, 1, 1, 1, 0.99, 0.98, 0.98, 1, 2]), "the loss fell by no more than 2.0 %");

    /// <summary>What 48 images gave: losses that hardly move, and a dip of some per cent at the last rates, at whose steepest point 0.79 was suggested.</summary>
    [Fact]
    public void A_dip_at_the_edge_of_the_range_gives_no_suggestion()
    {
        var losses = Enumerable.Range(0, 300).Select(i => i < 285 ? 1 - (0.01 * i / 285) : 0.99 - (0.004 * (i - 284))).ToArray();
        Doubts(Smoothed(losses, noise: 0), "the loss is lowest at 1, the edge of the range", "Raise --to");
    }

    [Fact]
    public void A_fall_that_its_noise_could_make_gives_no_suggestion()
    {
        // A dip by 5 % in the middle, and noise of 10 % on every step: a smoothed loss moves by 2.3 % (one standard deviation).
        var losses = Enumerable.Range(0, 300).Select(i => 1 - (0.05 * Math.Exp(-Math.Pow((i - 150) / 30.0, 2)))).ToArray();
        Doubts(Smoothed(losses, noise: 0.1), "and its noise alone moves it by", "More --points");
        Assert.Equal("", Smoothed(losses, noise: 0.001).Doubt);
    }

    [Fact]
    public void A_clear_valley_gives_a_suggestion_on_its_way_down_in_spite_of_noise()
    {
        // Half a cosine from 1 to 0.7 between rates 0.001 and 0.1, then up: steepest at 0.01. The average of 0.9 lags by nine points, a factor of 1.32.
        double Loss(double rate) => rate < 1e-3 ? 1 : rate < 0.1 ? 0.85 + (0.15 * Math.Cos(Math.PI * Math.Log10(rate / 1e-3) / 2)) : 0.7 + (0.5 * Math.Log10(rate / 0.1));
        var found = Smoothed([.. Enumerable.Range(0, 300).Select(i => Loss(new RangeTestOptions().RateOf(i)))], noise: 0.02);
        Assert.Equal("", found.Doubt);
        Assert.InRange(found.Suggestion ?? 0, 0.008, 0.022);
    }

    private static void Doubts(RangeTestResult result, params string[] phrases)
    {
        Assert.Null(result.Suggestion);
        Assert.All(phrases, phrase => Assert.Contains(phrase, result.Doubt, StringComparison.Ordinal));
    }

    private static RangeTestResult Result(double[] losses) =>
        new([.. losses.Select((loss, i) => new RangeTestPoint(1e-12 * Math.Pow(10, i), loss, loss, loss))], IsDiverged: true, Smoothing: 0.9);

    // As a session smooths them, over the usual rates; the noise is an even sequence of the golden ratio's multiples, as wide as a standard deviation says.
    private static RangeTestResult Smoothed(double[] losses, double noise)
    {
        var (options, average, points) = (new RangeTestOptions { Points = losses.Length }, 0.0, new List<RangeTestPoint>());
        for (var i = 0; i < losses.Length; i++)
        {
            var loss = losses[i] + (noise * Math.Sqrt(12) * ((((i * 0.6180339887) + 0.5) % 1) - 0.5));
            average = (options.Smoothing * average) + ((1 - options.Smoothing) * loss);
            points.Add(new RangeTestPoint(options.RateOf(i), loss, loss, average / (1 - Math.Pow(options.Smoothing, i + 1))));
        }

        return new RangeTestResult(points, IsDiverged: false, options.Smoothing);
    }
}
