using static TorchSharp.torch;
using MapShape = (long Channels, long Height, long Width);

namespace Cawb.Detection.Model;

/// <summary>Counts the multiplications of the convolutions for an image of a size, each with its addition; nothing is computed. Everything else in the network is little beside them.</summary>
internal sealed class OperationCount : LayerOperators<MapShape>
{
    public long MultiplyAdds { get; private set; }

    public override MapShape Convolve(ConvolutionBlock block, MapShape input)
    {
        long Output(long length, int axis) => ((length + (2 * block.Paddings[axis]) - block.Weight.shape[2 + axis]) / block.Strides[axis]) + 1;
        return Count(block.Weight, Output(input.Height, 0), Output(input.Width, 1));
    }

    public override MapShape Pool(MapShape input) => input;

    public override MapShape Enlarge(MapShape input) => (input.Channels, 2 * input.Height, 2 * input.Width);

    public override MapShape Join(params ReadOnlySpan<MapShape> parts)
    {
        var channels = 0L;
        foreach (var part in parts)
        {
            channels += part.Channels;
        }

        return (channels, parts[0].Height, parts[0].Width);
    }

    public override MapShape Add(MapShape first, MapShape second) => first;

    public override MapShape Map(string name, MapShape input, Tensor weight, Tensor bias, int outputs) => Count(weight, input.Height, input.Width);

    // Of a kernel (outputs, inputs, height, width) at every place of its output.
    private MapShape Count(Tensor kernel, long height, long width)
    {
        MultiplyAdds += kernel.numel() * height * width;
        return (kernel.shape[0], height, width);
    }
}
