using Cawb.Detection.Loss;
using Cawb.Torch;

namespace Cawb.Detection.Tests.Loss;

public sealed class BoxOverlapTests
{
    [Theory]
    [InlineData(ElementType.Float64, 1e-9, 1e-8)]
    [InlineData(ElementType.Float32, 1e-5, 1e-4)]
    public void Every_pair_gives_the_reference_value_and_gradient(ElementType type, double tolerance, double gradientTolerance)
    {
        foreach (var pair in ReferenceFile.All("ciou.json").SelectMany(file => file.Items("pairs")))
        {
            using var scope = TensorScope.Begin();
            var predicted = Tensor.FromSpan<double>(pair.GetProperty("prediction").Numbers(), [1, 4]).To(type);
            predicted.RequiresGrad = true;
            var overlap = BoxOverlap.CompleteIou(predicted, Tensor.FromSpan<double>(pair.GetProperty("target").Numbers(), [1, 4]).To(type));
            var expected = pair.GetProperty("ciou");
            var value = expected.ValueKind == System.Text.Json.JsonValueKind.Null ? double.NaN : expected.GetDouble();
            NearOrFinite(value, overlap.Detach().ToDouble(), tolerance, pair.Text("note"));

            (1 - overlap).Sum().Backward();
            var gradient = (predicted.Gradient ?? throw new InvalidOperationException("No gradient.")).To(ElementType.Float64).ToArray<double>();
            foreach (var (want, got) in pair.GetProperty("gradient_of_1_minus_ciou").Numbers().Zip(gradient))
            {
                NearOrFinite(want, got, gradientTolerance, $"{pair.Text("note")}: gradient");
            }
        }
    }

    // Found in a real training: a logit of -25.9 gave this height, a finite loss, and a gradient of NaN that spoilt every weight.
    [Fact]
    public void A_prediction_without_height_has_a_finite_gradient_in_single_precision()
    {
        using var scope = TensorScope.Begin();
        var predicted = Tensor.FromSpan<float>([-0.5f, -0.5f, 14.5f, 3.7566102e-22f], [1, 4]);
        predicted.RequiresGrad = true;
        BoxOverlap.CompleteIou(predicted, Tensor.FromSpan<float>([1.15625f, 0.34375f, 1, 1.0625f], [1, 4])).Sum().Backward();
        Assert.All((predicted.Gradient ?? throw new InvalidOperationException("No gradient.")).ToArray<float>(), value => Assert.True(float.IsFinite(value)));
    }

    /// <summary>Where the release's result is undefined, ours has to be defined.</summary>
    private static void NearOrFinite(double expected, double actual, double tolerance, string what)
    {
        if (double.IsNaN(expected))
        {
            Assert.True(double.IsFinite(actual), $"{what}: {actual}");
        }
        else
        {
            Digest.Near(expected, actual, tolerance * Math.Max(1, Math.Abs(expected)), what);
        }
    }
}
