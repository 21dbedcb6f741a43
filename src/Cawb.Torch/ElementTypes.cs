namespace Cawb.Torch;

/// <summary>What C# types and element types have to do with each other.</summary>
internal static class ElementTypes
{
    public static ElementType Of<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? ElementType.Float32
        : typeof(T) == typeof(double) ? ElementType.Float64
        : typeof(T) == typeof(long) ? ElementType.Int64
        : typeof(T) == typeof(int) ? ElementType.Int32
        : typeof(T) == typeof(byte) ? ElementType.UInt8
        : typeof(T) == typeof(bool) ? ElementType.Bool
        : typeof(T) == typeof(short) ? ElementType.Int16
        : typeof(T) == typeof(sbyte) ? ElementType.Int8
        : typeof(T) == typeof(Half) ? ElementType.Float16
        : throw new NotSupportedException(
            $"Tensors have no elements of type {typeof(T).Name}; use float, double, long, int, short, sbyte, byte, bool or Half.");

    public static int SizeInBytes(this ElementType type) => type switch
    {
        ElementType.UInt8 or ElementType.Int8 or ElementType.Bool => 1,
        ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.Int32 or ElementType.Float32 => 4,
        ElementType.Int64 or ElementType.Float64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Is no element type that Cawb.Torch knows."),
    };
}
