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
            Digest.Near(value, overlap.Detach().ToDouble(), tolerance * Math.Max(1, Math.Abs(value)), pair.Text("note"));

            (1 - overlap).Sum().Backward();
            var gradient = (predicted.Gradient ?? throw new InvalidOperationException("No gradient.")).To(ElementType.Float64).ToArray<double>();
            foreach (var (want, got) in pair.GetProperty("gradient_of_1_minus_ciou").Numbers().Zip(gradient))
            {
                Digest.Near(want, got, gradientTolerance * Math.Max(1, Math.Abs(want)), $"{pair.Text("note")}: gradient");
            }
        }
    }
}
