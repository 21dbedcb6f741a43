using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests;

/// <summary>
/// Networks and images of random numbers, of any size. Every tensor matters, and signals keep their size through any number of layers, as in a trained network: what is added to a shortcut
/// is small.
/// </summary>
internal static class RandomModel
{
    private const int LastShortcut = 8;

    public static YoloModel Create(ModelSize size, int classCount, long seed)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var generator = new Generator((ulong)seed);
        var model = new YoloModel(size, classCount, AnchorSet.Coco);
        foreach (var tensor in model.Tensors)
        {
            var (low, high) = Range(tensor);
            tensor.Value.copy_(rand(tensor.Value.shape, generator: generator).Times(high - low).Plus(low));
        }

        return model;
    }

    public static Tensor Images(int batch, int height, int width, long seed)
    {
        using var generator = new Generator((ulong)seed);
        return rand([batch, 3, height, width], generator: generator);
    }

    private static (double Low, double High) Range(NamedTensor tensor)
    {
        var shape = tensor.Value.shape;
        double fanIn = shape.Length == 4 ? shape[1] * shape[2] * shape[3] : 1;
        return tensor.Role switch
        {
            ParameterRole.ConvolutionWeight => (-Math.Sqrt(6 / fanIn), Math.Sqrt(6 / fanIn)),
            ParameterRole.HeadWeight => (-Math.Sqrt(3 / fanIn), Math.Sqrt(3 / fanIn)),
            ParameterRole.NormWeight when tensor.Layer <= LastShortcut && tensor.Name.EndsWith(".cv2.bn.weight", StringComparison.Ordinal) && tensor.Name.Contains(".m.", StringComparison.Ordinal) => (0.2, 0.4),
            ParameterRole.NormWeight => (0.75, 1.25),
            ParameterRole.RunningVariance => (0.5, 1.5),
            ParameterRole.HeadBias => (-0.5, 0.5),
            _ => (-0.2, 0.2),
        };
    }
}
