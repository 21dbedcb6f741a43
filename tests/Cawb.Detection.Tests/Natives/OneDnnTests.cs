using Cawb.Detection.Natives;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cawb.Detection.Tests.Natives;

public sealed class OneDnnTests
{
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(3, 1, 1)]
    [InlineData(3, 2, 1)]
    [InlineData(6, 2, 2)]
    public void A_convolution_with_its_activation_is_what_the_operators_give_one_after_another(int kernel, int stride, int padding)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (images, weight, bias) = (Random(2, 8, 20, 28), Random(16, 8, kernel, kernel), Random(16));
        var expected = conv2d(images, weight, bias, strides: [stride, stride], padding: [padding, padding]).silu();
        if (!OneDnn.TryConvolve(images, weight, bias, [stride, stride], [padding, padding], out var result))
        {
            // Not every libtorch has it; the one of this system's package does.
            Assert.False(OperatingSystem.IsLinux());
            return;
        }

        Assert.Equal(expected.shape, result.shape);
        Assert.All(expected.contiguous().data<float>().ToArray().Zip(result.contiguous().data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void A_convolution_with_an_addend_is_what_the_operators_give_one_after_another()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (images, weight, bias, addend) = (Random(2, 8, 20, 28), Random(16, 8, 1, 1), Random(16), Random(2, 16, 20, 28));
        var expected = conv2d(images, weight, bias).Plus(addend);
        if (!OneDnn.TryConvolveAndAdd(images, weight, bias, addend, out var result))
        {
            Assert.False(OperatingSystem.IsLinux());
            return;
        }

        Assert.Equal(expected.shape, result.shape);
        Assert.All(expected.contiguous().data<float>().ToArray().Zip(result.contiguous().data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Fact]
    public void A_packed_kernel_gives_the_same_for_the_size_that_it_was_made_for_and_for_any_other()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (weight, bias) = (Random(16, 8, 3, 3), Random(16));
        if (!OneDnn.TryPack(Random(1, 8, 40, 40), weight, [1, 1], [1, 1], out var packed))
        {
            Assert.False(OperatingSystem.IsLinux());
            return;
        }

        Assert.Equal(weight.shape, packed.shape);
        foreach (var images in new[] { Random(1, 8, 40, 40), Random(3, 8, 12, 20) })
        {
            var expected = conv2d(images, weight, bias, strides: [1, 1], padding: [1, 1]).silu();
            Assert.True(OneDnn.TryConvolve(images, packed, bias, [1, 1], [1, 1], out var result));
            Assert.All(expected.contiguous().data<float>().ToArray().Zip(result.contiguous().data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Fact]
    public void What_it_does_not_suit_is_left_to_the_operators()
    {
        using var scope = NewDisposeScope();
        var (images, weight, bias) = (Random(1, 8, 4, 4), Random(16, 8, 1, 1), Random(16));
        Assert.False(OneDnn.TryConvolve(images, weight, bias, [1, 1], [0, 0], out _), "Autograd is on.");
        using var noGrad = no_grad();
        Assert.False(OneDnn.TryConvolve(images.narrow(1, 0, 4), weight, bias, [1, 1], [0, 0], out _), "The channels differ.");
        Assert.False(OneDnn.TryConvolve(images.to(ScalarType.Float64), weight.to(ScalarType.Float64), bias.to(ScalarType.Float64), [1, 1], [0, 0], out _), "Double precision.");
        Assert.False(OneDnn.TryConvolve(images.narrow(0, 0, 0), weight, bias, [1, 1], [0, 0], out _), "No images.");
    }

    [Fact]
    public void A_thousand_convolutions_leave_no_tensor_and_no_memory_behind()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (images, weight, bias) = (Random(1, 8, 64, 64), Random(16, 8, 1, 1), Random(16));
        var large = Random(8192, 8, 1, 1);
        Repeat(100);
        var (live, before) = (Tensor.TotalCount, Environment.WorkingSet);
        Repeat(1000);
        Assert.Equal(live, Tensor.TotalCount);

        // Each result, and each packed kernel, has 256 KiB.
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 64L << 20);

        void Repeat(int count)
        {
            for (var i = 0; i < count; i++)
            {
                OneDnn.TryConvolve(images, weight, bias, [1, 1], [0, 0], out var result);
                OneDnn.TryPack(images, large, [1, 1], [0, 0], out var packed);
                result?.Dispose();
                packed?.Dispose();
            }
        }
    }

    private static Tensor Random(params long[] shape)
    {
        using var generator = new Generator(1);
        return rand(shape, generator: generator).Minus(0.5);
    }
}
