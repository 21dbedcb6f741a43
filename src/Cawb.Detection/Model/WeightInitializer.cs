using Cawb.Detection.Data;
using static TorchSharp.torch;

namespace Cawb.Detection.Model;

/// <summary>Initial weights as a pure function of a seed.</summary>
/// <remarks>
/// Kernels, and the head's biases, are uniform in ±1/√fan_in, the framework's default. To the head's biases is added, per level of stride s and for each anchor,
/// ln(8 / (640 / s)²) for objectness and ln(0.6 / (classes − 0.99999)) for every class, so that training starts from rare objects. Normalisations start at scale 1, shift 0.
/// Source: YOLOv5 7.0. Differs in the generator: each value depends on seed, tensor and position only.
/// </remarks>
public static class WeightInitializer
{
    /// <summary>Fills a model.</summary>
    public static void Initialize(YoloModel model, ulong seed)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        for (var index = 0; index < model.Tensors.Count; index++)
        {
            var tensor = model.Tensors[index];
            switch (tensor.Role)
            {
                case ParameterRole.ConvolutionWeight or ParameterRole.HeadWeight:
                    Fill(tensor.Value, seed, index, Bound(tensor.Value));
                    break;
                case ParameterRole.HeadBias:
                    // Declared right after its kernel, whose fan-in it shares.
                    Fill(tensor.Value, seed, index, Bound(model.Tensors[index - 1].Value), LevelOfHeadBias(model, index), model.ClassCount);
                    break;
                case ParameterRole.NormWeight or ParameterRole.RunningVariance:
                    tensor.Value.Fill_(1);
                    break;
                default:
                    tensor.Value.zero_();
                    break;
            }
        }
    }

    /// <summary>What is added to a head bias at initialisation.</summary>
    /// <param name="stride">Stride of its level.</param>
    /// <param name="classCount">Classes of the network.</param>
    public static (double Objectness, double Class) HeadBiasTerms(int stride, int classCount)
    {
        var cellsPerSide = 640.0 / stride;
        return (Math.Log(8 / (cellsPerSide * cellsPerSide)), Math.Log(0.6 / (classCount - 0.99999)));
    }

    private static double Bound(Tensor kernel) => 1 / Math.Sqrt(kernel.size(1) * kernel.size(2) * kernel.size(3));

    private static int LevelOfHeadBias(YoloModel model, int index) =>
        model.Tensors.Take(index).Count(tensor => tensor.Role == ParameterRole.HeadBias);

    private static void Fill(Tensor target, ulong seed, int stream, double bound, int? level = null, int classCount = 0)
    {
        var draws = new Draws(seed, (ulong)stream);
        var values = new double[target.numel()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)draws.Between((ulong)i, -bound, bound);
        }

        if (level is { } at)
        {
            var (objectness, perClass) = HeadBiasTerms(AnchorSet.Strides[at], classCount);
            for (var i = 0; i < values.Length; i++)
            {
                values[i] += (i % (5 + classCount)) switch { < 4 => 0, 4 => objectness, _ => perClass };
            }
        }

        target.copy_(tensor(values, target.shape));
    }
}
