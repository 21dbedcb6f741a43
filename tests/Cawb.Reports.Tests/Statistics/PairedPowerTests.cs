using Cawb.Reports.Statistics;

namespace Cawb.Reports.Tests.Statistics;

/// <summary>
/// The expected numbers are of another program, which takes the noncentral t distribution as a series of incomplete beta functions (R. V. Lenth, algorithm AS 243). 34 pairs with an effect of
/// half a standard deviation are the textbook's example: 0.81.
/// </summary>
public sealed class PairedPowerTests
{
    [Theory]
    [InlineData(2, 1, 0.05, 0.09280915505633669)]
    [InlineData(3, 1, 0.05, 0.1792553937765523)]
    [InlineData(5, 0.5, 0.05, 0.14051668999029843)]
    [InlineData(12, 0.8, 0.05, 0.7136600656001075)]
    [InlineData(12, 0.8, 0.025, 0.5837161533130671)]
    [InlineData(20, 0.5, 0.01, 0.2973460776751192)]
    [InlineData(34, 0.5, 0.05, 0.8077775012792752)]
    [InlineData(40, 0.25, 0.05, 0.3383114134565721)]
    public void Knows_how_probably_a_difference_is_found(int pairs, double effect, double level, double power) => Assert.Equal(power, PairedPower.Of(pairs, effect * 0.007, 0.007, level), 1e-9);

    [Theory]
    [InlineData(12, 0.05, 0.8, 0.8886542652934866)]
    [InlineData(12, 0.025, 0.8, 1.0082164082172747)]
    [InlineData(6, 0.05, 0.9, 1.6704237348905924)]
    [InlineData(30, 0.05, 0.8, 0.5292356151129516)]
    [InlineData(3, 0.05, 0.8, 3.264043549699565)]
    public void Knows_the_smallest_difference_that_so_many_pairs_find(int pairs, double level, double power, double effect) =>
        Assert.Equal(effect * 0.007, PairedPower.SmallestDifference(pairs, 0.007, level, power), 1e-9);

    [Theory]
    [InlineData(2)]
    [InlineData(12)]
    [InlineData(40)]
    public void Where_there_is_no_difference_the_test_finds_one_as_often_as_its_level_says(int pairs) => Assert.Equal(0.025, PairedPower.Of(pairs, 0, 0.01, 0.025), 1e-9);

    /// <summary>The sign-flip test, which the reports use, on 4,000 imagined comparisons.</summary>
    [Fact]
    public void The_sign_flip_test_has_about_the_same_power()
    {
        const int Comparisons = 4000;
        var random = new Random(1);
        var found = 0;
        Span<double> differences = stackalloc double[12];
        for (var i = 0; i < Comparisons; i++)
        {
            foreach (ref var difference in differences)
            {
                var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                difference = 0.8 + normal;
            }

            found += SignFlipTest.Of(differences).TwoSidedP <= 0.05 ? 1 : 0;
        }

        Assert.Equal(PairedPower.Of(12, 0.8, 1, 0.05), found / (double)Comparisons, 0.03);
    }

    [Fact]
    public void Refuses_what_is_no_question()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedPower.Of(1, 1, 1, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedPower.Of(5, -1, 1, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedPower.Of(5, 1, 0, 0.05));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedPower.Of(5, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedPower.SmallestDifference(5, 1, 0.05, 0.05));
    }

    [Theory]
    [InlineData(0.05, 6)]
    [InlineData(0.025, 7)]
    [InlineData(0.5, 2)]
    [InlineData(2, 1)]
    public void Knows_the_fewest_pairs_that_can_reach_a_level(double level, int pairs)
    {
        Assert.Equal(pairs, SignFlipTest.FewestPairs(level));
        Assert.True(SignFlipTest.Of(Enumerable.Repeat(1.0, pairs).ToArray()).TwoSidedP <= level);
        Assert.True(pairs == 1 || SignFlipTest.Of(Enumerable.Repeat(1.0, pairs - 1).ToArray()).TwoSidedP > level);
    }
}
