using Cawb.Detection.Loss;
using TorchSharp;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests.Loss;

public sealed class BoxOverlapTests
{
    [Theory]
    [InlineData(ScalarType.Float64, 1e-9, 1e-8)]
    [InlineData(ScalarType.Float32, 1e-5, 1e-4)]
    public void Every_pair_gives_the_reference_value_and_gradient(ScalarType type, double tolerance, double gradientTolerance)
    {
        foreach (var pair in ReferenceFile.All("ciou.json").SelectMany(file => file.Items("pairs")))
        {
            using var scope = NewDisposeScope();
            var predicted = tensor(pair.GetProperty("prediction").Numbers(), [1, 4]).to(type);
            predicted.requires_grad = true;
            var overlap = BoxOverlap.CompleteIou(predicted, tensor(pair.GetProperty("target").Numbers(), [1, 4]).to(type));
            var expected = pair.GetProperty("ciou");
            var value = expected.ValueKind == System.Text.Json.JsonValueKind.Null ? double.NaN : expected.GetDouble();
            NearOrFinite(value, overlap.detach().ToDouble(), tolerance, pair.Text("note"));

            (1 - overlap).sum().backward();
            var gradient = (predicted.grad ?? throw new InvalidOperationException("No gradient.")).to(ScalarType.Float64).data<double>().ToArray();
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
        using var scope = NewDisposeScope();
        var predicted = tensor([-0.5f, -0.5f, 14.5f, 3.7566102e-22f], [1, 4]);
        predicted.requires_grad = true;
        BoxOverlap.CompleteIou(predicted, tensor([1.15625f, 0.34375f, 1, 1.0625f], [1, 4])).sum().backward();
        Assert.All((predicted.grad ?? throw new InvalidOperationException("No gradient.")).data<float>().ToArray(), value => Assert.True(float.IsFinite(value)));
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
