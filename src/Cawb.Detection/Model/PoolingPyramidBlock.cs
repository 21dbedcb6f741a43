using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cawb.Detection.Model;

/// <summary>The release's SPPF: three 5 x 5 max-pools one after another, all stages joined by a 1 x 1 convolution.</summary>
internal sealed class PoolingPyramidBlock
{
    private readonly ConvolutionBlock entry;
    private readonly ConvolutionBlock join;

    public PoolingPyramidBlock(TensorSource tensors, string name, int inputs, int outputs)
    {
        var hidden = inputs / 2;
        entry = new ConvolutionBlock(tensors, $"{name}.cv1", inputs, hidden);
        join = new ConvolutionBlock(tensors, $"{name}.cv2", 4 * hidden, outputs);
    }

    public Tensor Forward(Tensor input, Normalisation normalise)
    {
        using var scope = NewDisposeScope();
        var start = entry.Forward(input, normalise);
        var once = Pool(start);
        var twice = Pool(once);
        return join.Forward(cat([start, once, twice, Pool(twice)], 1), normalise).MoveToOuterDisposeScope();
    }

    private static Tensor Pool(Tensor input) => max_pool2d(input, kernel_size: 5, stride: 1, padding: 2);
}
