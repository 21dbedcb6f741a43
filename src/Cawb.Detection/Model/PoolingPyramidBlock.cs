using Cawb.Torch;

namespace Cawb.Detection.Model;

/// <summary>The release's SPPF: three 5 x 5 max-pools one after another, all stages joined by a 1 x 1 convolution.</summary>
internal sealed class PoolingPyramidBlock
{
    private readonly ConvolutionBlock entry;
    private readonly ConvolutionBlock join;

    public PoolingPyramidBlock(TensorRegistry registry, string name, int inputs, int outputs)
    {
        var hidden = inputs / 2;
        entry = new ConvolutionBlock(registry, $"{name}.cv1", inputs, hidden);
        join = new ConvolutionBlock(registry, $"{name}.cv2", 4 * hidden, outputs);
    }

    public Tensor Forward(Tensor input, bool training)
    {
        using var scope = TensorScope.Begin();
        var start = entry.Forward(input, training);
        var once = Pool(start);
        var twice = Pool(once);
        return scope.Keep(join.Forward(Tensor.Cat([start, once, twice, Pool(twice)], 1), training));
    }

    private static Tensor Pool(Tensor input) => Functional.MaxPool2d(input, kernel: 5, stride: 1, padding: 2);
}
