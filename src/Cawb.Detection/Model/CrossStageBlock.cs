namespace Cawb.Detection.Model;

/// <summary>YOLOv5's C3: two branches at half the width, one with bottlenecks, joined by a 1 x 1 convolution.</summary>
internal sealed class CrossStageBlock : ILayer
{
    private readonly ConvolutionBlock deepBranch;
    private readonly ConvolutionBlock flatBranch;
    private readonly ConvolutionBlock join;
    private readonly Bottleneck[] bottlenecks;

    public CrossStageBlock(TensorSource tensors, string name, int inputs, int outputs, int repeats, bool shortcut)
    {
        var hidden = outputs / 2;
        deepBranch = new ConvolutionBlock(tensors, $"{name}.cv1", inputs, hidden);
        flatBranch = new ConvolutionBlock(tensors, $"{name}.cv2", inputs, hidden);
        join = new ConvolutionBlock(tensors, $"{name}.cv3", 2 * hidden, outputs);
        bottlenecks = [.. Enumerable.Range(0, repeats).Select(i => new Bottleneck(tensors, $"{name}.m.{i}", hidden, shortcut))];
    }

    public T Forward<T>(LayerOperators<T> operators, T input) =>
        operators.Block(() => Joined(operators, deepBranch.Forward(operators, input), flatBranch.Forward(operators, input)));

    /// <summary>Of a small map, enlarged, and a large one together.</summary>
    public T Forward<T>(LayerOperators<T> operators, T small, T large) => operators.Block(() =>
    {
        var (deep, flat) = operators.ConvolveEnlarged(deepBranch, flatBranch, small, large);
        return Joined(operators, deep, flat);
    });

    private T Joined<T>(LayerOperators<T> operators, T deep, T flat)
    {
        foreach (var bottleneck in bottlenecks)
        {
            deep = bottleneck.Forward(operators, deep);
        }

        return join.Forward(operators, operators.Join(deep, flat));
    }

    private sealed class Bottleneck(TensorSource tensors, string name, int channels, bool shortcut)
    {
        private readonly ConvolutionBlock first = new(tensors, $"{name}.cv1", channels, channels);
        private readonly ConvolutionBlock second = new(tensors, $"{name}.cv2", channels, channels, kernel: 3);

        public T Forward<T>(LayerOperators<T> operators, T input) => operators.Block(() =>
        {
            var output = second.Forward(operators, first.Forward(operators, input));
            return shortcut ? operators.Add(input, output) : output;
        });
    }
}
