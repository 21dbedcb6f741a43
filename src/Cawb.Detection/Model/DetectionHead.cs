using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cawb.Detection.Model;

/// <summary>One 1 x 1 convolution with bias per level: for each anchor of each cell x, y, w, h, objectness and the classes.</summary>
internal sealed class DetectionHead
{
    private readonly (Tensor Weight, Tensor Bias)[] levels;
    private readonly int outputs;

    public DetectionHead(TensorSource tensors, string name, ReadOnlySpan<int> inputs, int classCount)
    {
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

    /// <summary>One map per level, (B, anchor, y, x, 5 + classes), views of the convolutions' outputs.</summary>
    public Tensor[] Forward(ReadOnlySpan<Tensor> features)
    {
        var maps = new Tensor[levels.Length];
        for (var level = 0; level < maps.Length; level++)
        {
            var map = conv2d(features[level], levels[level].Weight, levels[level].Bias);
            maps[level] = map.view(map.size(0), AnchorSet.PerLevel, outputs, map.size(2), map.size(3)).permute(0, 1, 3, 4, 2);
        }

        return maps;
    }
}
