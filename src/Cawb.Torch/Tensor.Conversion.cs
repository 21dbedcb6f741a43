using Cawb.Torch.Interop;

namespace Cawb.Torch;

public sealed partial class Tensor
{
    // c10::MemoryFormat
    private const long RowMajor = 0;
    private const long ChannelsLast = 2;

    private static readonly Operator ToTypeOperator = new("aten::to", "dtype");
    private static readonly Operator ToCopyOperator = new("aten::_to_copy");
    private static readonly Operator CloneOperator = new("aten::clone");
    private static readonly Operator ContiguousOperator = new("aten::contiguous");
    private static readonly Operator ZerosLikeOperator = new("aten::zeros_like");
    private static readonly Operator OnesLikeOperator = new("aten::ones_like");
    private static readonly Operator EmptyLikeOperator = new("aten::empty_like");

    /// <summary>The elements converted to another type; fractions are cut off on the way to whole numbers.</summary>
    /// <param name="type">The type.</param>
    /// <returns>A new tensor, or another object for this one's memory if the type is the same.</returns>
    public Tensor To(ElementType type) => ToTypeOperator.Invoke(this, type);

    /// <summary>The elements on another device.</summary>
    /// <param name="device">The device.</param>
    /// <returns>A new tensor, or another object for this one's memory if the device is the same.</returns>
    public Tensor To(Device device) =>
        device == Device ? AliasOf() : ToCopyOperator.Invoke(this, Argument.None, Argument.None, device);

    /// <summary>A copy with memory of its own, in the same layout; recorded by autograd.</summary>
    /// <returns>A new tensor.</returns>
    public Tensor Clone() => CloneOperator.Invoke(this);

    /// <summary>The elements in row-major order in memory.</summary>
    /// <returns>A copy, or another object for this one's memory if it is so already.</returns>
    public Tensor Contiguous() => ContiguousOperator.Invoke(this, RowMajor);

    /// <summary>The elements with the channels of each pixel side by side in memory; the shape stays (batch, channels, height, width).</summary>
    /// <returns>A copy, or another object for this one's memory if it is so already.</returns>
    /// <exception cref="TorchException">The tensor does not have four dimensions.</exception>
    public Tensor ContiguousChannelsLast() => ContiguousOperator.Invoke(this, ChannelsLast);

    /// <summary>Zeros of the same shape, type, device and layout.</summary>
    /// <returns>A new tensor.</returns>
    public Tensor ZerosLike() => ZerosLikeOperator.Invoke(this);

    /// <summary>Ones of the same shape, type, device and layout.</summary>
    /// <returns>A new tensor.</returns>
    public Tensor OnesLike() => OnesLikeOperator.Invoke(this);

    /// <summary>The same shape, type, device and layout; the elements are whatever the memory holds.</summary>
    /// <returns>A new tensor.</returns>
    public Tensor EmptyLike() => EmptyLikeOperator.Invoke(this);

    private Tensor AliasOf() => ToTypeOperator.Invoke(this, Type);
}
