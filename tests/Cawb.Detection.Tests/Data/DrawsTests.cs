using System.Globalization;
using System.Text.Json;
using Cawb.Detection.Data;

namespace Cawb.Detection.Tests.Data;

public class DrawsTests
{
    [Fact]
    public void Equal_the_reference_generator_bit_for_bit()
    {
        foreach (var vector in GoldenFile.Cases("generator", "vectors"))
        {
            var draws = new Draws(vector.GetProperty("seed").GetUInt64(), vector.GetProperty("k").GetUInt64());
            var position = 0UL;
            foreach (var expected in vector.GetProperty("u").EnumerateArray())
            {
                Assert.Equal(Number(expected), draws.Unit(position++));
            }

            Assert.Equal(Number(vector.GetProperty("at_100000")), draws.Unit(100000));
        }
    }

    [Fact]
    public void Differ_by_purpose_epoch_and_sample()
    {
        var first = new HashSet<ulong>();
        foreach (var purpose in Enum.GetValues<DrawPurpose>())
        {
            for (var epoch = 0; epoch < 20; epoch++)
            {
                for (var sample = 0; sample < 50; sample++)
                {
                    Assert.True(first.Add(Draws.For(3, purpose, epoch, sample).Bits(0)));
                }
            }
        }
    }

    [Fact]
    public void Fill_a_range_of_integers_evenly()
    {
        var counts = new int[7];
        var draws = new Draws(1, 2);
        for (var i = 0UL; i < 70_000; i++)
        {
            counts[draws.Below(i, 7)]++;
        }

        // Six standard deviations of a binomial with n = 70,000 and p = 1/7 are 556.
        Assert.All(counts, count => Assert.InRange(count, 10_000 - 556, 10_000 + 556));
    }

    [Fact]
    public void Permute_without_loss()
    {
        var order = Draws.For(9, DrawPurpose.SampleOrder, 4, 0).Permutation(1000);
        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 1000), order);
        Assert.NotEqual(order, Draws.For(9, DrawPurpose.SampleOrder, 5, 0).Permutation(1000));
    }

    private static double Number(JsonElement text) => double.Parse(text.GetString() ?? "", CultureInfo.InvariantCulture);
}
