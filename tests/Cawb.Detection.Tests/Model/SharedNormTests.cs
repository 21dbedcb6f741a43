using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests.Model;

/// <summary>A normalisation over the parts of several ranks against libtorch's own over the whole batch.</summary>
public sealed class SharedNormTests
{
    private const int Channels = 5;
    private const int Pictures = 6;

    [Theory]
    [InlineData(ScalarType.Float64, 1e-12, new[] { 6 })]
    [InlineData(ScalarType.Float64, 1e-12, new[] { 3, 3 })]
    [InlineData(ScalarType.Float64, 1e-12, new[] { 1, 3, 2 })]
    [InlineData(ScalarType.Float64, 1e-12, new[] { 0, 4, 2 })]
    [InlineData(ScalarType.Float32, 2e-6, new[] { 2, 2, 2 })]
    public void Parts_give_the_values_gradients_and_running_statistics_of_the_whole_batch(ScalarType type, double tolerance, int[] parts)
    {
        var whole = OfWholeBatch(type);
        var found = new Result[parts.Length];
        ThreadTeam.Run(parts.Length, (rank, team) =>
        {
            var before = parts[..rank].Sum();
            found[rank] = Of(type, before, parts[rank], (input, tensors) => SharedNorm.Of(input, tensors, team.SumOf(rank)));
        });

        AssertNear(whole.Output, [.. found.SelectMany(part => part.Output)], tolerance);
        AssertNear(whole.InputGradient, [.. found.SelectMany(part => part.InputGradient)], tolerance);
        AssertNear(whole.WeightGradient, Sum(found, part => part.WeightGradient), tolerance);
        AssertNear(whole.BiasGradient, Sum(found, part => part.BiasGradient), tolerance);
        Assert.All(found, part =>
        {
            AssertNear(whole.RunningMean, part.RunningMean, tolerance);
            AssertNear(whole.RunningVariance, part.RunningVariance, tolerance);
            Assert.Equal(found[0].RunningMean, part.RunningMean);
            Assert.Equal(found[0].RunningVariance, part.RunningVariance);
        });
    }

    [Fact]
    public void A_pass_and_its_way_back_leave_no_tensor_behind()
    {
        Of(ScalarType.Float32, 0, Pictures, (input, tensors) => SharedNorm.Of(input, tensors, _ => { }));
        var live = Tensor.TotalCount;
        for (var i = 0; i < 20; i++)
        {
            Of(ScalarType.Float32, 0, Pictures, (input, tensors) => SharedNorm.Of(input, tensors, _ => { }));
        }

        Assert.Equal(live, Tensor.TotalCount);
    }

    private static Result OfWholeBatch(ScalarType type) => Of(type, 0, Pictures, Normalisations.OfBatch);

    private static Result Of(ScalarType type, int first, int count, Normalisation normalise)
    {
        using var scope = NewDisposeScope();

        // Means far from zero beside small deviations, as first layers see them.
        var input = (ReferenceModel.Stream(3, 1, -1, 1, [Pictures, Channels, 4, 7], type) + ReferenceModel.Stream(3, 2, -30, 30, [1, Channels, 1, 1], type))
            .narrow(0, first, count).clone().requires_grad_();
        var weight = ReferenceModel.Stream(3, 3, 0.5, 1.5, [Channels], type).requires_grad_();
        var bias = ReferenceModel.Stream(3, 4, -1, 1, [Channels], type).requires_grad_();
        var (mean, variance) = (ReferenceModel.Stream(3, 5, -1, 1, [Channels], type), ReferenceModel.Stream(3, 6, 0.5, 1.5, [Channels], type));
        var output = normalise(input, new NormTensors(weight, bias, mean, variance));
        (output * ReferenceModel.Stream(3, 7, -1, 1, [Pictures, Channels, 4, 7], type).narrow(0, first, count)).sum().backward();
        return new Result(Values(output), Values(input.grad), Values(weight.grad), Values(bias.grad), Values(mean), Values(variance));
    }

    private static double[] Values(Tensor? tensor) => [.. (tensor ?? throw new InvalidOperationException("No gradient.")).detach().to(ScalarType.Float64).data<double>()];

    private static double[] Sum(Result[] parts, Func<Result, double[]> of) => [.. Enumerable.Range(0, Channels).Select(c => parts.Sum(part => of(part)[c]))];

    private static void AssertNear(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        var largest = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= tolerance * largest, $"{pair.Second} is not {pair.First}; the largest is {largest}."));
    }

    private sealed record Result(double[] Output, double[] InputGradient, double[] WeightGradient, double[] BiasGradient, double[] RunningMean, double[] RunningVariance);
}
