using Cawb.Training.Loop;

namespace Cawb.Training.Tests.Loop;

public sealed class VaryingSizeTests
{
    [Theory]
    [InlineData(640, 320, 960)]
    [InlineData(96, 64, 128)]
    [InlineData(32, 32, 32)]
    public void Sizes_are_the_multiples_of_32_between_half_and_one_and_a_half_and_all_of_them_come(int imageSize, int least, int most)
    {
        var sizes = Enumerable.Range(0, 2000).Select(batch => VaryingSize.Of(7, epoch: 3, batch, imageSize)).ToHashSet();
        Assert.Equal(Enumerable.Range(0, ((most - least) / 32) + 1).Select(i => least + (32 * i)), sizes.Order());
    }

    [Fact]
    public void Seed_epoch_and_batch_decide()
    {
        int[] Sizes(ulong seed, int epoch) => [.. Enumerable.Range(0, 50).Select(batch => VaryingSize.Of(seed, epoch, batch, 640))];
        Assert.Equal(Sizes(1, 0), Sizes(1, 0));
        Assert.NotEqual(Sizes(1, 0), Sizes(2, 0));
        Assert.NotEqual(Sizes(1, 0), Sizes(1, 1));
    }

    /// <summary>Worked by hand: 320 of 640 beside 640 stays half; 416 of 640 beside 960 is 624, and the next multiple of 32 is 640.</summary>
    [Fact]
    public void A_rectangular_batch_keeps_its_shape_up_to_a_multiple_of_32()
    {
        for (var batch = 0; batch < 200; batch++)
        {
            var longer = VaryingSize.Of(7, 3, batch, 640);
            Assert.Equal((longer, longer), VaryingSize.Of(7, 3, batch, 640, 640));
            var (height, width) = VaryingSize.Of(7, 3, batch, 416, 640);
            Assert.Equal(longer, width);
            Assert.Equal(0, height % 32);
            Assert.InRange(height, longer * 0.65, (longer * 0.65) + 31.999);
            Assert.Equal((width, height), VaryingSize.Of(7, 3, batch, 640, 416));
        }
    }
}
