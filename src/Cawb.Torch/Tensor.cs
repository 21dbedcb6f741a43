using Cawb.Torch.Interop;

namespace Cawb.Torch;

/// <summary>
/// An array of numbers of one type with any number of dimensions, held by libtorch. Each object owns one native reference.
/// </summary>
/// <remarks>
/// <para>Ownership: a new tensor belongs to the innermost open <see cref="TensorScope"/> of its thread, which frees it when it closes; without one it is
/// free-standing and its holder disposes it. There is no finalizer: the garbage collector does not see native memory and would come far too late.</para>
/// <para>Views (<see cref="Reshape"/>, <see cref="Select"/>, <see cref="Detach"/> ...) are objects of their own that share memory; the memory lives as long as any of them.</para>
/// <para>Threads: a tensor may be used by one thread at a time. Scopes and the recording switch belong to a thread; do all tensor work of a training on one thread.</para>
/// <para>Failures of libtorch are <see cref="TorchException"/>; use after <see cref="Dispose"/> is <see cref="ObjectDisposedException"/>.</para>
/// </remarks>
public sealed partial class Tensor : IDisposable
{
    private nint handle;
    private long[]? shape;

    internal Tensor(nint handle)
    {
        this.handle = handle;
        TensorScope.Innermost?.Add(this);
    }

    /// <summary>How many native references this process holds, over all threads. Constant from step to step unless something leaks.</summary>
    public static long Live => Native.Live();

    /// <summary>The length of every dimension; empty for a single number.</summary>
    public ReadOnlySpan<long> Shape => CachedShape;

    /// <summary>The number of dimensions; 0 for a single number.</summary>
    public int Dimensions => CachedShape.Length;

    /// <summary>The number of elements: the product of <see cref="Shape"/>.</summary>
    public long ElementCount
    {
        get
        {
            var count = 1L;
            foreach (var length in CachedShape)
            {
                count *= length;
            }

            return count;
        }
    }

    /// <summary>The kind of the elements.</summary>
    public ElementType Type => (ElementType)TensorMeta.Of(Handle).ElementType;

    /// <summary>Where the elements lie.</summary>
    public Device Device
    {
        get
        {
            var meta = TensorMeta.Of(Handle);
            return new Device((DeviceKind)meta.DeviceType, meta.DeviceIndex);
        }
    }

    /// <summary>Whether the elements lie in memory in row-major order without gaps.</summary>
    public bool IsContiguous => TensorMeta.Of(Handle).IsContiguous != 0;

    /// <summary>Whether this is (batch, channels, height, width) with the channels of each pixel side by side in memory, the layout that convolutions are fastest in.</summary>
    public bool IsContiguousChannelsLast => TensorMeta.Of(Handle).IsChannelsLast != 0;

    /// <summary>Whether the native reference has been given back.</summary>
    public bool IsDisposed => handle == 0;

    internal nint Handle => handle != 0 ? handle : throw new ObjectDisposedException(nameof(Tensor), DisposedText());

    internal TensorScope? Owner { get; set; }

    internal int OwnerSlot { get; set; }

    private long[] CachedShape
    {
        get
        {
            ObjectDisposedException.ThrowIf(handle == 0, this);
            return shape ??= TensorMeta.Of(handle).CopySizes();
        }
    }

    /// <summary>The length of one dimension.</summary>
    /// <param name="dimension">From 0; negative numbers count from the end, -1 is the last.</param>
    /// <returns>The number of entries along it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dimension.</exception>
    public long Size(int dimension)
    {
        var lengths = CachedShape;
        var index = dimension < 0 ? dimension + lengths.Length : dimension;
        return (uint)index < (uint)lengths.Length
            ? lengths[index]
            : throw new ArgumentOutOfRangeException(nameof(dimension), dimension, $"The tensor is {this}, with {lengths.Length} dimensions.");
    }

    /// <summary>Gives the native reference back. The second call does nothing.</summary>
    public void Dispose()
    {
        var given = handle;
        if (given == 0)
        {
            return;
        }

        Owner?.Remove(this);
        handle = 0;
        Native.Release(given);
    }

    /// <summary>Element type and shape, for example <c>float32[2, 3]</c>.</summary>
    /// <returns>The description; never the elements.</returns>
    public override string ToString() => handle == 0 ? "disposed tensor" : TensorText.Describe(Type, Shape, Device);

    private string DisposedText()
    {
        var lengths = shape is null ? "" : $" of shape [{string.Join(", ", shape)}]";
        return $"The tensor{lengths} has been disposed, by itself or with the scope that owned it; a scope's Keep or Detach lets a tensor outlive it.";
    }
}
