using Cawb.Reports.Statistics;

namespace Cawb.Reports.Tests.Statistics;

/// <summary>Every expectation is from a published table or example, or counted out by hand in the comment.</summary>
public class StatisticsTests
{
    /// <summary>Darwin's maize, crossed minus self-fertilized, eighths of an inch; Fisher, The Design of Experiments, table 3.</summary>
    private static readonly double[] Maize = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48];

    /// <summary>2, 4, 4, 4, 5, 5, 7, 9: mean 5, squared deviations 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, divided by 7.</summary>
    [Fact]
    public void Divides_squared_deviations_by_one_less_than_their_number()
    {
        var summary = SampleSummary.Of([2, 4, 4, 4, 5, 5, 7, 9]);
        Assert.Equal(5, summary.Mean);
        Assert.Equal(2.1380899352993950, summary.StandardDeviation, 1e-15);
        Assert.Equal((8, 2, 9), (summary.Count, summary.Least, summary.Most));
    }

    /// <summary>NIST's NumAcc4 (Statistical Reference Datasets): 10000000.2, then 500 times 10000000.1 and 10000000.3 in turn; certified s = 0.1.</summary>
    [Fact]
    public void Keeps_the_digits_of_close_values()
    {
        double[] values = [10000000.2, .. Enumerable.Range(0, 1000).Select(i => i % 2 == 0 ? 10000000.1 : 10000000.3)];
        var summary = SampleSummary.Of(values);
        Assert.Equal(10000000.2, summary.Mean, 1e-7);
        Assert.Equal(0.1, summary.StandardDeviation, 1e-8);
    }

    /// <summary>Fisher's mean difference is 20.93 eighths (2.617 inches), s = 37.74; his own count: 863 of the 32768 patterns sum to 314 or more.</summary>
    [Fact]
    public void Counts_the_sign_patterns_that_Fisher_counted()
    {
        var comparison = PairedComparison.Of(Maize, new double[15]);
        Assert.Equal(314 / 15.0, comparison.Summary.Mean, 1e-12);
        Assert.Equal(37.74, comparison.Summary.StandardDeviation, 0.005);
        Assert.Equal(2 * 863 / 32768.0, comparison.Test.TwoSidedP, 1e-15);
        Assert.Equal(13, comparison.Wins);
    }

    /// <summary>1, 2, 3: the sums 6, 4, 2, 0, 0, -2, -4, -6; as far from 0 as 6 are two of eight. 1, 2, -3 sums to 0: all eight are.</summary>
    [Theory]
    [InlineData(new double[] { 1, 2, 3 }, 0.25)]
    [InlineData(new double[] { 1, 2, -3 }, 1.0)]
    [InlineData(new double[] { -1, 2, 3 }, 0.5)]
    [InlineData(new double[] { 5 }, 1.0)]
    [InlineData(new double[] { 0, 0 }, 1.0)]
    [InlineData(new double[] { 0.1, 0.1, 0.1, 0.1, 0.1 }, 0.0625)]
    public void Gives_the_share_of_patterns_at_least_as_far_out(double[] differences, double p) => Assert.Equal(p, SignFlipTest.Of(differences).TwoSidedP, 1e-15);

    [Theory]
    [InlineData(5, 0.0625)]
    [InlineData(6, 0.03125)]
    [InlineData(1, 1.0)]
    public void Knows_the_smallest_p_that_its_pairs_can_give(int pairs, double p) =>
        Assert.Equal(p, SignFlipTest.Of(Enumerable.Range(1, pairs).Select(i => (double)i).ToArray()).SmallestP);

    [Fact]
    public void Agrees_with_counting_every_pattern_one_by_one()
    {
        for (var count = 1; count <= 12; count++)
        {
            var differences = Maize.Take(count).Select(d => d / 7).ToArray();
            var observed = Math.Abs(differences.Sum());
            var extreme = Enumerable.Range(0, 1 << count).Count(bits => Math.Abs(differences.Select((d, i) => (bits >> i & 1) == 0 ? d : -d).Sum()) >= observed - 1e-9);
            Assert.Equal(extreme / Math.Pow(2, count), SignFlipTest.Of(differences).TwoSidedP, 1e-12);
        }
    }

    [Fact]
    public void Counts_the_patterns_of_forty_pairs() => Assert.Equal(Math.ScaleB(2, -40), SignFlipTest.Of(Enumerable.Repeat(1.0, 40).ToArray()).TwoSidedP);

    /// <summary>A pair without a difference changes no sum, so that 41 to 70 pairs have the p of their first 40; a share of a million patterns is within five standard errors of it.</summary>
    [Theory]
    [InlineData(41, 0.05)]
    [InlineData(64, 0.08)]
    [InlineData(70, -0.2)]
    public void Draws_a_million_patterns_for_more_pairs(int count, double shift)
    {
        double[] differences = [.. Enumerable.Range(0, 40).Select(i => Math.Sin(7.3 * i) + (2 * shift))];
        var exact = SignFlipTest.Of(differences).TwoSidedP;
        double[] more = [.. differences, .. new double[count - 40]];
        var drawn = SignFlipTest.Of(more).TwoSidedP;
        Assert.Equal(exact, drawn, 5 * Math.Sqrt(exact * (1 - exact) / 1e6));
        Assert.Equal(drawn, SignFlipTest.Of(more).TwoSidedP);
    }

    [Fact]
    public void A_drawn_p_is_never_zero()
    {
        var test = SignFlipTest.Of(Enumerable.Repeat(1.0, 60).ToArray());
        Assert.Equal(1 / 1_000_001.0, test.TwoSidedP);
        Assert.Equal(test.TwoSidedP, test.SmallestP);
    }

    /// <summary>Three draws from 0, 1, 2: of 27 sequences, 1 sums to 0, 3 to 1, 6 to 2, 7 to 3, 6 to 4, 3 to 5, 1 to 6.</summary>
    [Fact]
    public void Has_the_exact_distribution_of_the_mean_of_three_draws()
    {
        var shares = BootstrapInterval.Exact([0, 1, 2]).GroupBy(m => Math.Round(m.Mean * 3)).Select(g => (g.Key, Math.Round(g.Sum(m => m.Probability) * 27, 9)));
        Assert.Equal([(0, 1), (1, 3), (2, 6), (3, 7), (4, 6), (5, 3), (6, 1)], shares);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(10)]
    public void Has_probabilities_that_sum_to_one(int count) =>
        Assert.Equal(1, BootstrapInterval.Exact(Maize.AsSpan(0, count)).Sum(m => m.Probability), 1e-12);

    /// <summary>Quantile 0.975 of Student's distribution, from printed tables.</summary>
    [Theory]
    [InlineData(1, 12.7062)]
    [InlineData(2, 4.302653)]
    [InlineData(3, 3.182446)]
    [InlineData(4, 2.776445)]
    [InlineData(5, 2.570582)]
    [InlineData(10, 2.228139)]
    [InlineData(29, 2.045230)]
    [InlineData(120, 1.979930)]
    public void Knows_the_quantiles_of_Students_distribution(int degreesOfFreedom, double t) => Assert.Equal(t, Distributions.StudentQuantile(0.975, degreesOfFreedom), 1e-4 * t / 10);

    /// <summary>From printed tables of the normal distribution.</summary>
    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(-1, 0.158655253931457)]
    [InlineData(-1.959963984540054, 0.025)]
    [InlineData(-3, 0.00134989803163009)]
    [InlineData(-5, 2.86651571879194e-7)]
    [InlineData(2, 0.977249868051821)]
    public void Knows_the_normal_distribution(double x, double probability) => Assert.Equal(probability, Distributions.NormalLowerTail(x), 1e-12 * Math.Max(probability, 1e-3));

    /// <summary>
    /// Hesterberg's expansion for n = 5: a = Phi(-sqrt(5/4) 2.776445) = Phi(-3.10416) = 0.00095. Five equal shares draw all the smallest value with probability
    /// 1/3125 = 0.00032, below a; four of it and the next with 5/3125 more, above. So the ends are (4 x least + second) / 5 and (4 x most + second) / 5.
    /// </summary>
    [Fact]
    public void Widens_the_interval_of_five_values()
    {
        var interval = BootstrapInterval.OfMean([1, 2, 4, 8, 16], 0.95, seed: 0);
        Assert.Equal((4 * 1 + 2) / 5.0, interval.Lower, 1e-12);
        Assert.Equal((4 * 16 + 8) / 5.0, interval.Upper, 1e-12);
    }

    /// <summary>With many values the interval tends to mean plus or minus t s / sqrt(n), for Darwin's maize Fisher's 20.93 plus or minus 20.90, but for skewness: the sample leans to the left.</summary>
    [Fact]
    public void Comes_close_to_the_interval_from_Students_distribution()
    {
        var interval = BootstrapInterval.OfMean(Maize, 0.95, seed: 1);
        Assert.InRange(interval.Lower, 0.03 - 3.5, 0.03 + 3.5);
        Assert.InRange(interval.Upper, 41.83 - 3.5, 41.83 + 3.5);
        Assert.Equal(interval, BootstrapInterval.OfMean(Maize, 0.95, seed: 1));
        Assert.NotEqual(interval, BootstrapInterval.OfMean(Maize, 0.95, seed: 2));
    }

    /// <summary>Normal samples of five: the promised 95 of 100 intervals hold the true mean, give or take; plain percentile intervals hold it in about 83.</summary>
    [Fact]
    public void Holds_the_true_mean_about_as_often_as_it_says()
    {
        const int Trials = 4000;
        var held = 0;
        for (var trial = 0; trial < Trials; trial++)
        {
            var sample = new double[5];
            for (var i = 0; i < 5; i++)
            {
                var u = (CounterDraw.Below(1 << 24, 99, (ulong)trial, (ulong)(2 * i)) + 0.5) / (1 << 24);
                var v = (CounterDraw.Below(1 << 24, 99, (ulong)trial, (ulong)(2 * i + 1)) + 0.5) / (1 << 24);
                sample[i] = Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
            }
            var interval = BootstrapInterval.OfMean(sample, 0.95, 0);
            held += interval.Lower <= 0 && interval.Upper >= 0 ? 1 : 0;
        }
        Assert.InRange(held / (double)Trials, 0.90, 0.96);
    }

    /// <summary>Draws from ten faces, 100,000 times: each face 10,000 times, give or take six standard deviations of 95.</summary>
    [Fact]
    public void Draws_all_places_equally_often()
    {
        var counts = new int[10];
        for (var i = 0; i < 100_000; i++)
        {
            counts[CounterDraw.Below(10, 5, (ulong)(i / 100), (ulong)(i % 100))]++;
        }
        Assert.All(counts, c => Assert.InRange(c, 10_000 - 570, 10_000 + 570));
    }

    /// <summary>0.01, 0.04, 0.03, 0.005 in Holm's procedure: 4 x 0.005, 3 x 0.01, 2 x 0.03, then 1 x 0.04, which may not fall below 0.06.</summary>
    [Fact]
    public void Corrects_several_p_as_Holm_did()
    {
        var adjusted = HolmAdjustment.Of([0.01, 0.04, 0.03, 0.005]);
        Assert.Equal([0.03, 0.06, 0.06, 0.02], adjusted.Select(p => Math.Round(p, 12)));
    }

    [Fact]
    public void Rejects_values_that_are_no_numbers()
    {
        Assert.Contains("Value 1 is NaN", Assert.Throws<ArgumentException>(() => SampleSummary.Of([1, double.NaN])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => BootstrapInterval.OfMean([1], 0.95, 0));
        Assert.Throws<ArgumentException>(() => PairedComparison.Of([1, 2], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => BootstrapInterval.OfMean([1, 2], 1, 0));
    }
}
