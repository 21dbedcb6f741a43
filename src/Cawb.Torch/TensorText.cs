namespace Cawb.Torch;

/// <summary>How tensors are named in messages: <c>float32[2, 3]</c>.</summary>
internal static class TensorText
{
    public static string Describe(ElementType type, ReadOnlySpan<long> shape, Device device)
    {
        var place = device.Kind == DeviceKind.Cpu ? "" : $" on {device}";
        return $"{Name(type)}[{string.Join(", ", shape.ToArray())}]{place}";
    }

    /// <summary>In lower case, as every tensor library writes it.</summary>
    public static string Name(ElementType type) => type switch
    {
        ElementType.UInt8 => "uint8",
        ElementType.Int8 => "int8",
        ElementType.Int16 => "int16",
        ElementType.Int32 => "int32",
        ElementType.Int64 => "int64",
        ElementType.Float16 => "float16",
        ElementType.Float32 => "float32",
        ElementType.Float64 => "float64",
        ElementType.Bool => "bool",
        ElementType.BFloat16 => "bfloat16",
        _ => $"type {(int)type}",
    };
}
