using System.Globalization;
using System.Runtime.InteropServices;

namespace Cawb.Torch.Interop;

/// <summary>
/// <c>cawb_value</c> of native/torch.h: an argument or a result in 16 bytes. Lists are borrowed: the memory must be pinned or on the stack
/// until the call returns.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly unsafe struct Argument
{
    public readonly ArgumentTag Tag;
    public readonly int Count;
    private readonly long bits;

    private Argument(ArgumentTag tag, long bits, int count = 0)
    {
        Tag = tag;
        Count = count;
        this.bits = bits;
    }

    public static Argument None => default;

    public static Argument Default => new(ArgumentTag.Default, 0);

    public long Integer => bits;

    public double Real => BitConverter.Int64BitsToDouble(bits);

    public nint Pointer => (nint)bits;

    public static implicit operator Argument(Tensor? tensor) => tensor is null ? default : new(ArgumentTag.Tensor, tensor.Handle);

    public static implicit operator Argument(long value) => new(ArgumentTag.Int, value);

    public static implicit operator Argument(double value) => new(ArgumentTag.Double, BitConverter.DoubleToInt64Bits(value));

    public static implicit operator Argument(bool value) => new(ArgumentTag.Bool, value ? 1 : 0);

    public static implicit operator Argument(Scalar value) =>
        value.IsInteger ? new(ArgumentTag.Int, value.Bits) : new(ArgumentTag.Double, value.Bits);

    public static implicit operator Argument(Scalar? value) => value is { } given ? (Argument)given : None;

    public static implicit operator Argument(ElementType type) => new(ArgumentTag.Int, (long)type);

    public static implicit operator Argument(Device device) => new(ArgumentTag.Device, device.Packed);

    public static Argument List(long* items, int count) => new(ArgumentTag.IntList, (nint)items, count);

    public static Argument List(double* items, int count) => new(ArgumentTag.DoubleList, (nint)items, count);

    public static Argument Tensors(nint* handles, int count) => new(ArgumentTag.TensorList, (nint)handles, count);

    public static Argument Text(byte* utf8, int count) => new(ArgumentTag.String, (nint)utf8, count);

    /// <summary>For messages: kind and shape of tensors, the value of everything else.</summary>
    public string Describe() => Tag switch
    {
        ArgumentTag.None => "none",
        ArgumentTag.Tensor => DescribeTensor(Pointer),
        ArgumentTag.Int => Integer.ToString(CultureInfo.InvariantCulture),
        ArgumentTag.Double => Real.ToString(CultureInfo.InvariantCulture),
        ArgumentTag.Bool => Integer != 0 ? "true" : "false",
        ArgumentTag.String => $"\"{Marshal.PtrToStringUTF8(Pointer, Count)}\"",
        ArgumentTag.IntList => $"[{string.Join(", ", new ReadOnlySpan<long>((void*)Pointer, Count).ToArray())}]",
        ArgumentTag.DoubleList => string.Create(CultureInfo.InvariantCulture, $"{Count} numbers"),
        ArgumentTag.TensorList => DescribeTensors(),
        ArgumentTag.Device => Device.FromPacked(Integer).ToString(),
        _ => Tag.ToString(),
    };

    private static string DescribeTensor(nint handle)
    {
        if (handle == 0)
        {
            return "none";
        }

        TensorMeta meta;
        if (Native.ReadMeta(handle, &meta) < 0)
        {
            return "a tensor that cannot be described";
        }

        return TensorText.Describe((ElementType)meta.ElementType, meta.CopySizes(), new Device((DeviceKind)meta.DeviceType, meta.DeviceIndex));
    }

    private string DescribeTensors()
    {
        const int Shown = 4;
        var handles = new ReadOnlySpan<nint>((void*)Pointer, Count).ToArray();
        var texts = handles.Take(Shown).Select(DescribeTensor);
        var more = Count > Shown ? $", ... {Count} in all" : "";
        return $"[{string.Join(", ", texts)}{more}]";
    }
}
