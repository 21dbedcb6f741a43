namespace Cawb.Detection.Model;

/// <summary>YOLOv5's SPPF: three 5 x 5 max-pools one after another, all stages joined by a 1 x 1 convolution.</summary>
/// <remarks>So it is SPP of YOLOv5 5.0, too, whose pools of 5 x 5, 9 x 9 and 13 x 13 lie side by side: each is the last of one, two or three of 5 x 5.</remarks>
internal sealed class PoolingPyramidBlock : ILayer
{
    private readonly ConvolutionBlock entry;
    private readonly ConvolutionBlock join;

    public PoolingPyramidBlock(TensorSource tensors, string name, int inputs, int outputs)
    {
        var hidden = inputs / 2;
        entry = new ConvolutionBlock(tensors, $"{name}.cv1", inputs, hidden);
        join = new ConvolutionBlock(tensors, $"{name}.cv2", 4 * hidden, outputs);
    }

    public T Forward<T>(LayerOperators<T> operators, T input) => operators.Block(() =>
    {
        var start = entry.Forward(operators, input);
        var once = operators.Pool(start);
        var twice = operators.Pool(once);
        return join.Forward(operators, operators.Join(start, once, twice, operators.Pool(twice)));
    });
}
