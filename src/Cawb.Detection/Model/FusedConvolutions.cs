using Cawb.Detection.Natives;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cawb.Detection.Model;

/// <summary>Convolutions of a fused network, each with bias and SiLU in one, their kernels in the order that is best for the images at hand.</summary>
/// <remarks>
/// The best order depends on the images' size. A kernel is ordered when a size comes for the first time, and kept for all such sizes as long as there is room; otherwise oneDNN orders it in
/// every convolution. Kernels must not change.
/// </remarks>
/// <param name="roomBytes">For ordered kernels.</param>
internal sealed class FusedConvolutions(long roomBytes) : IDisposable
{
    /// <summary>Room for the kernels of YOLOv5s and some nine sizes of images, or of YOLOv5m and three: 256 MiB.</summary>
    public const long UsualRoomBytes = 1L << 28;

    // Null where there was no room.
    private readonly Dictionary<(ConvolutionBlock Block, long Images, long Height, long Width), Tensor?> kernels = [];
    private readonly Dictionary<ConvolutionBlock, (Tensor First, Tensor Others)> halves = [];
    private long usedBytes;

    /// <summary>Belongs to the open scope.</summary>
    public Tensor Convolve(ConvolutionBlock block, Tensor input) =>
        OneDnn.TryConvolve(input, KernelFor(block, input), block.Norm.Bias, block.Strides, block.Paddings, out var result)
            ? result
            : TensorOperators.Activated(conv2d(input, block.Weight, block.Norm.Bias, strides: block.Strides, padding: block.Paddings));

    /// <summary>The kernel of the first inputs and that of the others.</summary>
    /// <param name="block">With a kernel of 1 x 1.</param>
    /// <param name="firstInputs">How many inputs are the first.</param>
    public (Tensor First, Tensor Others) KernelsFor(ConvolutionBlock block, long firstInputs)
    {
        if (!halves.TryGetValue(block, out var found))
        {
            found = (Half(0, firstInputs), Half(firstInputs, block.Weight.size(1) - firstInputs));
            halves.Add(block, found);
        }

        return found;

        Tensor Half(long from, long count) => block.Weight.narrow(1, from, count).contiguous().DetachFromDisposeScope();
    }

    /// <summary>A convolution of 1 x 1 with bias, and what is added to its result; belongs to the open scope.</summary>
    /// <param name="input">(B, inputs, H, W).</param>
    /// <param name="kernel">(outputs, inputs, 1, 1).</param>
    /// <param name="bias">(outputs).</param>
    /// <param name="addend">(B, outputs, H, W).</param>
    public static Tensor Add(Tensor input, Tensor kernel, Tensor bias, Tensor addend) =>
        OneDnn.TryConvolveAndAdd(input, kernel, bias, addend, out var result) ? result : conv2d(input, kernel, bias).Plus(addend);

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var (first, others) in halves.Values)
        {
            first.Dispose();
            others.Dispose();
        }

        halves.Clear();
        foreach (var kernel in kernels.Values)
        {
            kernel?.Dispose();
        }

        kernels.Clear();
    }

    private Tensor KernelFor(ConvolutionBlock block, Tensor input)
    {
        var size = (block, input.size(0), input.size(2), input.size(3));
        if (!kernels.TryGetValue(size, out var kept))
        {
            kept = Ordered(block, input);
            kernels.Add(size, kept);
        }

        return kept ?? block.Weight;
    }

    private Tensor? Ordered(ConvolutionBlock block, Tensor input)
    {
        var bytes = block.Weight.numel() * block.Weight.ElementSize;
        if (usedBytes + bytes > roomBytes || !OneDnn.TryPack(input, block.Weight, block.Strides, block.Paddings, out var ordered))
        {
            return null;
        }

        usedBytes += bytes;
        return ordered.DetachFromDisposeScope();
    }
}
