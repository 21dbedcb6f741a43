using Cawb.Detection.Natives;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cawb.Detection.Model;

/// <summary>Convolutions of a fused network, each with bias and SiLU in one, their kernels in the order that is best for the images at hand.</summary>
/// <remarks>The best order depends on the images' size; of each kernel that for the last size is kept. Kernels must not change.</remarks>
internal sealed class FusedConvolutions : IDisposable
{
    private readonly Dictionary<ConvolutionBlock, (long[] InputShape, Tensor Kernel)> packed = [];

    /// <summary>Belongs to the open scope.</summary>
    public Tensor Convolve(ConvolutionBlock block, Tensor input) =>
        OneDnn.TryConvolve(input, Packed(block, input), block.Norm.Bias, block.Strides, block.Paddings, out var result)
            ? result
            : TensorOperators.Activated(conv2d(input, block.Weight, block.Norm.Bias, strides: block.Strides, padding: block.Paddings));

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (_, kernel) in packed.Values)
        {
            kernel.Dispose();
        }

        packed.Clear();
    }

    private Tensor Packed(ConvolutionBlock block, Tensor input)
    {
        var shape = input.shape;
        var isThere = packed.TryGetValue(block, out var kept);
        if (isThere && kept.InputShape.AsSpan().SequenceEqual(shape))
        {
            return kept.Kernel;
        }

        if (!OneDnn.TryPack(input, block.Weight, block.Strides, block.Paddings, out var kernel))
        {
            return block.Weight;
        }

        if (isThere)
        {
            kept.Kernel.Dispose();
        }

        packed[block] = (shape, kernel.DetachFromDisposeScope());
        return kernel;
    }
}
