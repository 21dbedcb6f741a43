using static TorchSharp.torch;

namespace Cawb.Detection.Model;

/// <summary>What the network's layers are made of. One implementation computes them on tensors, another writes them down for an exported file.</summary>
/// <typeparam name="T">What goes from layer to layer.</typeparam>
internal abstract class LayerOperators<T>
{
    /// <summary>Convolution, batch normalisation, SiLU: (B, inputs, H, W) to (B, outputs, H / stride, W / stride).</summary>
    public abstract T Convolve(ConvolutionBlock block, T input);

    /// <summary>Maximum over 5 x 5 pixels, at every pixel.</summary>
    public abstract T Pool(T input);

    /// <summary>Twice as high and wide, by the nearest pixel.</summary>
    public abstract T Enlarge(T input);

    /// <summary>The channels of all, one after another.</summary>
    public abstract T Join(params ReadOnlySpan<T> parts);

    /// <summary>Two convolutions of the same input: the channels of a small map, enlarged, and those of a large one.</summary>
    /// <param name="first">With a kernel of 1 x 1.</param>
    /// <param name="second">With a kernel of 1 x 1.</param>
    /// <param name="small">(B, inputs, H / 2, W / 2).</param>
    /// <param name="large">(B, further inputs, H, W).</param>
    public virtual (T First, T Second) ConvolveEnlarged(ConvolutionBlock first, ConvolutionBlock second, T small, T large)
    {
        var joined = Join(Enlarge(small), large);
        return (Convolve(first, joined), Convolve(second, joined));
    }

    /// <summary>The sum, element by element.</summary>
    public abstract T Add(T first, T second);

    /// <summary>The raw map of an output level, from a 1 x 1 convolution with bias.</summary>
    /// <param name="name">Of the level's tensors.</param>
    /// <param name="input">(B, inputs, H, W).</param>
    /// <param name="weight">(anchors x outputs, inputs, 1, 1).</param>
    /// <param name="bias">(anchors x outputs).</param>
    /// <param name="outputs">Numbers for each anchor: 5 and one for each class.</param>
    public abstract T Map(string name, T input, Tensor weight, Tensor bias, int outputs);

    /// <summary>A block of several layers, of which only the result is needed later.</summary>
    public virtual T Block(Func<T> layers) => layers();
}
