using static TorchSharp.torch;

namespace Cawb.Detection.Model;

/// <summary>Counts the multiplications of the convolutions for an image of a size, each with its addition; nothing is computed. Everything else in the network is little beside them.</summary>
internal sealed class OperationCount : LayerOperators<(long Channels, long Height, long Width)>
{
    public long MultiplyAdds { get; private set; }

    public override (long Channels, long Height, long Width) Convolve(ConvolutionBlock block, (long Channels, long Height, long Width) input)
    {
        long Output(long length, int axis) => ((length + (2 * block.Paddings[axis]) - block.Weight.shape[2 + axis]) / block.Strides[axis]) + 1;
        return Count(block.Weight, Output(input.Height, 0), Output(input.Width, 1));
    }

    public override (long Channels, long Height, long Width) Pool((long Channels, long Height, long Width) input) => input;

    public override (long Channels, long Height, long Width) Enlarge((long Channels, long Height, long Width) input) => (input.Channels, 2 * input.Height, 2 * input.Width);

    public override (long Channels, long Height, long Width) Join(params ReadOnlySpan<(long Channels, long Height, long Width)> parts)
    {
        var channels = 0L;
        foreach (var part in parts)
        {
            channels += part.Channels;
        }

        return (channels, parts[0].Height, parts[0].Width);
    }

    public override (long Channels, long Height, long Width) Add((long Channels, long Height, long Width) first, (long Channels, long Height, long Width) second) => first;

    public override (long Channels, long Height, long Width) Map(string name, (long Channels, long Height, long Width) input, Tensor weight, Tensor bias, int outputs) => Count(weight, input.Height, input.Width);

    // Of a kernel (outputs, inputs, height, width) at every place of its output.
    private (long Channels, long Height, long Width) Count(Tensor kernel, long height, long width)
    {
        MultiplyAdds += kernel.numel() * height * width;
        return (kernel.shape[0], height, width);
    }
}
