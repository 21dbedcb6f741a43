namespace Cawb.Torch.Tests;

/// <summary>Worked examples, one or more for every operator.</summary>
public sealed class OperatorTests : IDisposable
{
    private readonly TensorScope scope = TensorScope.Begin();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Arithmetic()
    {
        var x = Doubles(1, -2, 4);
        var y = Doubles(2, 3, -0.5);
        Same([3, 1, 3.5], x + y, x.Add(y), x.Add(y, 1));
        Same([5, 4, 3], x.Add(y, 2));
        Same([-1, -5, 4.5], x - y, x.Sub(y));
        Same([-3, -8, 5], x.Sub(y, 2));
        Same([2, -6, -2], x * y, x.Mul(y));
        Same([0.5, -2.0 / 3, -8], x / y, x.Div(y));
        Same([3, 0, 6], x + 2, 2 + x, x.Add(2));
        Same([-1, -4, 2], x - 2, x.Sub(2));
        Same([1, 4, -2], 2 - x);
        Same([2, -4, 8], x * 2, 2 * x, x.Mul(2.0));
        Same([0.5, -1, 2], x / 2, x.Div(2));
        Same([2, -1, 0.5], 2 / x);
        Same([-1, 2, -4], -x);
        Same([1, -2, 0], x.Fmod(y));
        Same([1, -2, 1], x.Fmod(3));
        Same([1, 4, 16], x.Pow(2), x.Square());
        Same([1, -8, 0.5], x.Pow(y));
        Same([1, -1, 2], x.Clamp(-1, 2), x.Clamp(min: -1).Clamp(max: 2.0), x.ClampMin(-1).ClampMax(2));
        Same([1, -2, -0.5], x.Minimum(y));
        Same([2, 3, 4], x.Maximum(y));
        Same([19, 22, 43, 50], Doubles(1, 2, 3, 4).Reshape(2, 2).MatMul(Doubles(5, 6, 7, 8).Reshape(2, 2)).Flatten());
    }

    [Fact]
    public void Elementwise_functions()
    {
        var x = Doubles(0.25, 1, 4);
        Same([.. new[] { 0.25, 1, 4 }.Select(v => 1 / (1 + Math.Exp(-v)))], x.Sigmoid(), x.Clone().SigmoidInPlace());
        Same([.. new[] { 0.25, 1, 4 }.Select(v => v / (1 + Math.Exp(-v)))], x.Silu(), x.Clone().SiluInPlace());
        Same([Math.Exp(0.25), Math.E, Math.Exp(4)], x.Exp());
        Same([Math.Log(0.25), 0, Math.Log(4)], x.Log());
        Same([Math.Log(1.25), Math.Log(2), Math.Log(5)], x.Log1p());
        Same([Math.Log(1 + Math.Exp(0.25)), Math.Log(1 + Math.E), Math.Log(1 + Math.Exp(4))], x.Softplus());
        Same([0.5, 1, 2], x.Sqrt());
        Same([4, 1, 0.25], x.Reciprocal());
        Same([Math.Atan(0.25), Math.PI / 4, Math.Atan(4)], x.Atan());
        Same([Math.Sin(0.25), Math.Sin(1), Math.Sin(4)], x.Sin());
        Same([Math.Cos(0.25), Math.Cos(1), Math.Cos(4)], x.Cos());
        Same([Math.Tan(0.25), Math.Tan(1), Math.Tan(4)], x.Tan());
        Same([Math.Tanh(0.25), Math.Tanh(1), Math.Tanh(4)], x.Tanh());
        var y = Doubles(-1.5, 2.5, double.NaN, double.PositiveInfinity);
        Same([1.5, 2.5, double.NaN, double.PositiveInfinity], y.Abs());
        Same([0, 2.5, double.NaN, double.PositiveInfinity], y.Relu());
        var z = Doubles(-1.5, 2.5, 0.7);
        Same([-2, 2, 0], z.Floor());
        Same([-1, 3, 1], z.Ceiling());
        Same([-1, 2, 0], z.Truncate());
        Same([-2, 2, 1], z.Round(), z.Clone().RoundInPlace());
        Assert.Equal([false, false, true, false], y.IsNaN().ToArray<bool>());
        Assert.Equal([true, true, false, false], y.IsFinite().ToArray<bool>());
    }

    [Fact]
    public void Writing_in_place()
    {
        var x = Doubles(1, 2);
        var y = Doubles(10, 20);
        Assert.Same(x, x.AddInPlace(y).AddInPlace(y, 0.5).AddInPlace(1));
        Same([17, 33], x);
        Same([7, 13], x.SubInPlace(y));
        Same([140, 520], x.MulInPlace(y).MulInPlace(2));
        Same([7, 13], x.DivInPlace(y).DivInPlace(2));
        Same([8, 12], x.ClampInPlace(8, 12));
        Same([8.5, 14], x.LerpInPlace(y, 0.25));
        Same([3, 3], x.FillInPlace(3));
        Same([10, 20], x.CopyFrom(y.To(ElementType.Float32)));
        Same([0, 0], x.ZeroInPlace());
        Same([10, 20], y);
    }

    [Fact]
    public void Reductions()
    {
        var x = Doubles(1, 5, 3, 4, 2, 6).Reshape(2, 3);
        Same([21], x.Sum().Reshape(1));
        Same([5, 7, 9], x.Sum(0));
        Same([9, 12], x.Sum(-1, keep: true).Squeeze(), x.Sum([1]));
        Same([3.5], x.Mean().Reshape(1), x.Mean([0, 1]).Reshape(1));
        Same([3, 4], x.Mean(1));
        Same([4, 4], x.Variance([1], unbiased: true));
        Same([8.0 / 3, 8.0 / 3], x.Variance([1], unbiased: false));
        Assert.Equal(6, x.Max().ToDouble());
        Assert.Equal(1, x.Min().ToDouble());
        var (largest, where) = x.Max(1);
        Same([5, 6], largest, x.MaxOver([1]));
        Assert.Equal([1L, 2], where.ToArray<long>());
        var (smallest, whereSmallest) = x.Min(0, keep: true);
        Same([1, 2, 3], smallest.Squeeze(0), x.MinOver([0]));
        Assert.Equal([0L, 1, 0], whereSmallest.Flatten().ToArray<long>());
        Assert.Equal(5, x.ArgMax().ToInt64());
        Assert.Equal([1L, 2], x.ArgMax(1).ToArray<long>());
        Assert.Equal(Math.Sqrt(91), x.Norm().ToDouble(), 1e-12);
        Same([1, 6, 9], x.CumulativeSum(1).Select(0, 0));
        Assert.True((x > 5).Any().ToBoolean());
        Assert.False((x > 5).All().ToBoolean());
        Assert.Equal([false, true], (x > 5).Any(1).ToArray<bool>());
        Assert.Equal([false, true], (x > 1).All(1).ToArray<bool>());
        Assert.Throws<TorchException>(() => x.ToDouble());
        Assert.Throws<InvalidOperationException>(() => x.Sum().ToInt64());
        Assert.Throws<InvalidOperationException>(() => x.Sum().ToBoolean());
    }

    [Fact]
    public void Shapes()
    {
        var x = Tensor.Arange(6, ElementType.Float64).Reshape(2, 3);
        Assert.Equal([3, 2], x.View(3, -1).Shape.ToArray());
        Same([0, 3, 1, 4, 2, 5], x.Transpose(0, 1).Flatten(), x.Permute(1, 0).Flatten());
        Assert.Equal([2, 1, 3], x.Unsqueeze(1).Shape.ToArray());
        Assert.Equal([2, 3], x.Unsqueeze(1).Squeeze(1).Shape.ToArray());
        Assert.Equal([2, 3], x.Unsqueeze(0).Unsqueeze(-1).Squeeze().Shape.ToArray());
        Same([0, 0, 3, 3], x.Narrow(1, 0, 1).Expand(2, 2).Flatten());
        Same([0, 1, 2, 0, 1, 2], x.Select(0, 0).Repeat(2));
        Same([2, 1, 0, 5, 4, 3], x.Flip(1).Flatten());
        Same([0, 1, 2, 3, 4, 5, 0, 1, 2], Tensor.Cat([x, x.Narrow(0, 0, 1)]).Flatten());
        Assert.Equal([2, 2, 3], Tensor.Stack([x, x], 1).Shape.ToArray());
        Assert.Equal([[2, 2], [2, 1]], x.Split(2, 1).Select(piece => piece.Shape.ToArray()));
        Assert.Equal([[2, 1], [2, 2]], x.Split([1, 2], 1).Select(piece => piece.Shape.ToArray()));
        Assert.Equal([[1, 3], [1, 3]], x.Chunk(2).Select(piece => piece.Shape.ToArray()));
        Assert.Equal([[3], [3]], x.Unbind().Select(piece => piece.Shape.ToArray()));
        Same([2, 5], x.Select(1, -1));
        Same([0, 2], x.Select(0, 0).Slice(0, 0, step: 2));
        Same([4, 5], x.Select(0, 1).Slice(0, -2));
        Assert.Equal(3, x.Size(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => x.Size(2));
        Assert.Equal(6, x.ElementCount);
        var many = Enumerable.Repeat(x, 100).ToArray();
        Assert.Equal([200, 3], Tensor.Cat(many).Shape.ToArray());
    }

    [Fact]
    public void Picking_and_placing()
    {
        var x = Tensor.Arange(6, ElementType.Float64).Reshape(2, 3);
        var rows = Tensor.FromSpan<long>([1, 0, 1]);
        var columns = Tensor.FromSpan<long>([2, 0, 2]);
        Same([3, 4, 5, 0, 1, 2, 3, 4, 5], x.IndexSelect(0, rows).Flatten());
        Same([5, 0, 5], x.Index(rows, columns));
        Same([2, 0, 2, 5, 3, 5], x.Index(null, columns).Flatten());
        Same([4, 5], x.Index(x > 3), x.MaskedSelect(x > 3));
        Same([-1, 1, 2, 3, 4, 7], x.IndexPut([rows, columns], Doubles(9, -1, 7)).Flatten());
        Same([-1, 1, 2, 3, 4, 21], x.IndexPut([rows, columns], Doubles(9, -1, 7), accumulate: true).Flatten());
        Same([0, 1, 2, 3, 4, 5], x.Flatten());
        Assert.Same(x, x.IndexPutInPlace([rows, columns], Doubles(9, -1, 7)));
        Same([-1, 1, 2, 3, 4, 7], x.Flatten());
        Same([1, 7], x.Gather(1, Tensor.FromSpan<long>([1, 2], [2, 1])).Flatten());
        Same([0, 1, 2, 3, 4, 7], x.MaskedFill(x < 0, 0).Flatten());
        Assert.Equal([0L, 0, 1, 2], ((x < 0).LogicalOr(x > 5)).NonZero().Flatten().ToArray<long>());
        var y = Doubles(3, 1, 3, 2);
        Assert.Equal([0L, 2, 3, 1], y.ArgSort(descending: true).ToArray<long>());
        Assert.Equal([1L, 3, 0, 2], y.ArgSort().ToArray<long>());
        var (sorted, order) = y.Sort();
        Same([1, 2, 3, 3], sorted);
        Assert.Equal([1L, 3, 0, 2], order.ToArray<long>());
        var (top, places) = Doubles(3, 1, 4, 2).TopK(2);
        Same([4, 3], top);
        Assert.Equal([2L, 0], places.ToArray<long>());
    }

    [Fact]
    public void Comparisons_and_choices()
    {
        var x = Doubles(1, 2, 3);
        var y = Doubles(2, 2, 2);
        Flags([false, false, true], x.Greater(y), x.Greater(2), x > y, x > 2);
        Flags([false, true, true], x.GreaterEqual(y), x.GreaterEqual(2.0));
        Flags([true, false, false], x.Less(y), x.Less(2), x < y, x < 2);
        Flags([true, true, false], x.LessEqual(y), x.LessEqual(2));
        Flags([false, true, false], x.Equal(y), x.Equal(2), x.GreaterEqual(y).LogicalAnd(x.LessEqual(y)));
        Flags([true, false, true], x.NotEqual(y), x.NotEqual(2), x.Equal(y).LogicalNot(), x.Less(y).LogicalXor(x.Greater(y)), x.Less(y).LogicalOr(x.Greater(y)));
        Same([1, 2, 2], Tensor.Where(x > 2, y, x));
        Same([1, 2, 0], Tensor.Where(x < 3, x, 0.0));
        Same([9, 9, 3], Tensor.Where(x < 3, 9.0, x));
    }

    [Fact]
    public void Conversions_and_layouts()
    {
        var x = Tensor.FromSpan<float>([1.9f, -1.9f]);
        Assert.Equal([1L, -1], x.To(ElementType.Int64).ToArray<long>());
        Assert.Equal(ElementType.BFloat16, x.To(ElementType.BFloat16).Type);
        Assert.Equal(Device.Cpu, x.To(Device.Cpu).Device);
        Assert.Equal([0f, 0], x.ZerosLike().ToArray<float>());
        Assert.Equal([1f, 1], x.OnesLike().ToArray<float>());
        Assert.Equal(2, x.EmptyLike().ElementCount);
        Assert.Equal([2.5f, 2.5f], Tensor.Full([2], 2.5).ToArray<float>());
        Assert.Equal([1f, 1], Tensor.Ones([2]).ToArray<float>());
        var image = Tensor.Arange(2 * 3 * 4 * 5).Reshape(2, 3, 4, 5);
        var turned = image.ContiguousChannelsLast();
        Assert.True(turned.IsContiguousChannelsLast);
        Assert.False(turned.IsContiguous);
        Assert.Equal(image.ToArray<long>(), turned.ToArray<long>());
        Assert.True(turned.Contiguous().IsContiguous);
        Assert.Throws<InvalidOperationException>(() => turned.DataSpan<long>().Length);
        Assert.Throws<InvalidOperationException>(() => image.DataSpan<float>().Length);
        Assert.Throws<TorchException>(() => x.ContiguousChannelsLast());
        var clone = x.Clone();
        clone.DataSpan<float>()[0] = 7;
        Assert.Equal([1.9f, -1.9f], x.ToArray<float>());
    }

    [Fact]
    public void Network_functions()
    {
        // A 2 x 2 kernel of ones sums up its window.
        var image = Tensor.Arange(9, ElementType.Float32).Reshape(1, 1, 3, 3);
        var sums = Functional.Conv2d(image, Tensor.Ones([1, 1, 2, 2]), Tensor.FromSpan<float>([0.5f]));
        Assert.Equal([8.5f, 12.5f, 20.5f, 24.5f], sums.ToArray<float>());
        Assert.Equal([1, 1, 2, 2], Functional.Conv2d(image, Tensor.Ones([1, 1, 3, 3]), stride: 2, padding: 1).Shape.ToArray());
        Assert.Equal([4f, 5, 5, 7, 8, 8, 7, 8, 8], Functional.MaxPool2d(image, 3, 1, 1).ToArray<float>());
        Assert.Equal([0f, 0, 1, 1, 0, 0, 1, 1], Functional.UpsampleNearest2d(image.Narrow(2, 0, 1).Narrow(3, 0, 2), 2).ToArray<float>());
        Assert.Equal([5.5f, 14.5f], Functional.Linear(Tensor.Arange(6, ElementType.Float32).Reshape(2, 3), Tensor.FromSpan<float>([0, 1, 2], [1, 3]), Tensor.FromSpan<float>([0.5f])).ToArray<float>());
        // Logit 0 is the probability 1/2, which costs ln 2 whatever the target.
        var loss = Functional.BinaryCrossEntropyWithLogits(Doubles(0, 0), Doubles(0, 1), reduction: Reduction.None);
        Same([Math.Log(2), Math.Log(2)], loss);
        Assert.Equal(4 * Math.Log(2), Functional.BinaryCrossEntropyWithLogits(Doubles(0, 0), Doubles(0, 1), positiveWeight: Doubles(3), reduction: Reduction.Sum).ToDouble(), 1e-12);
    }

    [Fact]
    public void Batch_statistics_normalise_and_move_the_running_ones()
    {
        // Values 1 and 3: mean 2, biased variance 1, unbiased variance 2.
        var mean = Doubles(0);
        var variance = Doubles(1);
        var output = Functional.BatchNorm(Doubles(1, 3).Reshape(2, 1), Doubles(2), Doubles(10), mean, variance, training: true, momentum: 0.03, epsilon: 0);
        Same([8, 12], output.Flatten());
        Same([0.06], mean);
        Same([0.97 + 0.06], variance);
        var evaluated = Functional.BatchNorm(Doubles(1, 3).Reshape(2, 1), null, null, Doubles(1), Doubles(4), training: false, momentum: 0.03, epsilon: 0);
        Same([0, 1], evaluated.Flatten());
    }

    private static Tensor Doubles(params double[] values) => Tensor.FromSpan<double>(values);

    private static void Same(double[] expected, params Tensor[] found)
    {
        foreach (var tensor in found)
        {
            Assert.Equal(expected, tensor.ToArray<double>(), (a, b) => a.Equals(b) || Math.Abs(a - b) <= 1e-14 * Math.Max(1, Math.Abs(a)));
        }
    }

    private static void Flags(bool[] expected, params Tensor[] found) => Assert.All(found, tensor => Assert.Equal(expected, tensor.ToArray<bool>()));
}
