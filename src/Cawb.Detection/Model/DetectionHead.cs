using static TorchSharp.torch;

namespace Cawb.Detection.Model;

/// <summary>One 1 x 1 convolution with bias per level: for each anchor of each cell x, y, w, h, objectness and the classes.</summary>
internal sealed class DetectionHead
{
    private readonly string name;
    private readonly (Tensor Weight, Tensor Bias)[] levels;
    private readonly int outputs;

    public DetectionHead(TensorSource tensors, string name, ReadOnlySpan<int> inputs, int classCount)
    {
        this.name = name;
        outputs = 5 + classCount;
        levels = new (Tensor, Tensor)[inputs.Length];
        for (var level = 0; level < inputs.Length; level++)
        {
            var channels = AnchorSet.PerLevel * outputs;
            levels[level] = (
                tensors($"{name}.m.{level}.weight", ParameterRole.HeadWeight, channels, inputs[level], 1, 1),
                tensors($"{name}.m.{level}.bias", ParameterRole.HeadBias, channels));
        }
    }

    /// <summary>One map per level.</summary>
    public T[] Forward<T>(LayerOperators<T> operators, ReadOnlySpan<T> features)
    {
        var maps = new T[levels.Length];
        for (var level = 0; level < maps.Length; level++)
        {
            maps[level] = operators.Map($"{name}.m.{level}", features[level], levels[level].Weight, levels[level].Bias, outputs);
        }

        return maps;
    }
}
