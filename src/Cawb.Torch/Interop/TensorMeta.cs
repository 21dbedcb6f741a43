using System.Runtime.InteropServices;

namespace Cawb.Torch.Interop;

/// <summary><c>cawb_meta</c> of native/torch.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TensorMeta
{
    public long* Sizes;
    public long* Strides;
    public void* Data;
    public long Elements;
    public int Dimensions;
    public int ElementType;
    public int DeviceType;
    public int DeviceIndex;
    public int RequiresGradient;
    public int IsLeaf;
    public int IsContiguous;
    public int IsChannelsLast;

    public static TensorMeta Of(nint tensor)
    {
        TensorMeta meta;
        NativeError.ThrowIf(Native.ReadMeta(tensor, &meta) < 0, "reading a tensor's description");
        return meta;
    }

    public readonly long[] CopySizes() => new ReadOnlySpan<long>(Sizes, Dimensions).ToArray();
}
