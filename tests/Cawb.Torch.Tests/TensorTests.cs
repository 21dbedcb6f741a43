namespace Cawb.Torch.Tests;

public sealed class TensorTests
{
    [Fact]
    public void Gives_back_the_elements_it_was_made_from()
    {
        using var scope = TensorScope.Begin();
        float[] data = [1, 2, 3, 4, 5, 6];
        var tensor = Tensor.FromSpan<float>(data, [2, 3]);
        Assert.Equal(data, tensor.ToArray<float>());
        Assert.Equal([2, 3], tensor.Shape.ToArray());
        Assert.Equal(ElementType.Float32, tensor.Type);
        Assert.Equal([1f, 4, 2, 5, 3, 6], tensor.Transpose(0, 1).ToArray<float>());
        Assert.Equal("float32[2, 3]", tensor.ToString());
    }

    [Fact]
    public void Gives_back_the_elements_of_every_type()
    {
        using var scope = TensorScope.Begin();
        Assert.Equal([1.5, -2], Tensor.FromSpan<double>([1.5, -2]).ToArray<double>());
        Assert.Equal([long.MaxValue], Tensor.FromSpan<long>([long.MaxValue]).ToArray<long>());
        Assert.Equal([-7], Tensor.FromSpan<int>([-7]).ToArray<int>());
        Assert.Equal([short.MinValue], Tensor.FromSpan<short>([short.MinValue]).ToArray<short>());
        Assert.Equal([sbyte.MinValue], Tensor.FromSpan<sbyte>([sbyte.MinValue]).ToArray<sbyte>());
        Assert.Equal([(byte)255], Tensor.FromSpan<byte>([255]).ToArray<byte>());
        Assert.Equal([true, false], Tensor.FromSpan<bool>([true, false]).ToArray<bool>());
        Assert.Equal([(Half)0.5], Tensor.FromSpan<Half>([(Half)0.5]).ToArray<Half>());
    }

    [Fact]
    public void Whole_numbers_stay_whole_beside_whole_numbers_and_become_floating_beside_others()
    {
        using var scope = TensorScope.Begin();
        var tensor = Tensor.Arange(3);
        Assert.Equal([2L, 3, 4], (tensor + 2).ToArray<long>());
        Assert.Equal(ElementType.Float32, (tensor + 2.0).Type);
        Assert.Equal([2f, 1, 0], (2.0 - tensor).ToArray<float>());
    }

    [Fact]
    public void A_failure_names_the_operator_the_shapes_and_the_reason()
    {
        using var scope = TensorScope.Begin();
        var fault = Assert.Throws<TorchException>(() => Tensor.Zeros([2, 3]) + Tensor.Zeros([4], ElementType.Float64));
        Assert.Equal("aten::add.Tensor(float32[2, 3], float64[4])", fault.Operation);
        Assert.Contains("must match the size", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception raised from", fault.Message, StringComparison.Ordinal);
    }
}
