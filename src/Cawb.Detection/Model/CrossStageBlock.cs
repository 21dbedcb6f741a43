using static TorchSharp.torch;

namespace Cawb.Detection.Model;

/// <summary>The release's C3: two branches at half the width, one with bottlenecks, joined by a 1 x 1 convolution.</summary>
internal sealed class CrossStageBlock
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

    public Tensor Forward(Tensor input, Normalisation normalise)
    {
        using var scope = NewDisposeScope();
        var deep = deepBranch.Forward(input, normalise);
        foreach (var bottleneck in bottlenecks)
        {
            deep = bottleneck.Forward(deep, normalise);
        }

        return join.Forward(cat([deep, flatBranch.Forward(input, normalise)], 1), normalise).MoveToOuterDisposeScope();
    }

    private sealed class Bottleneck(TensorSource tensors, string name, int channels, bool shortcut)
    {
        private readonly ConvolutionBlock first = new(tensors, $"{name}.cv1", channels, channels);
        private readonly ConvolutionBlock second = new(tensors, $"{name}.cv2", channels, channels, kernel: 3);

        public Tensor Forward(Tensor input, Normalisation normalise)
        {
            using var scope = NewDisposeScope();
            var output = second.Forward(first.Forward(input, normalise), normalise);
            return (shortcut ? input.Plus(output) : output).MoveToOuterDisposeScope();
        }
    }
}
