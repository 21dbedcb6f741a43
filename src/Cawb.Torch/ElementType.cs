namespace Cawb.Torch;

/// <summary>The kind of a tensor's elements. The numbers are libtorch's.</summary>
public enum ElementType
{
    /// <summary>8 bits, 0 to 255.</summary>
    UInt8 = 0,

    /// <summary>8 bits with sign.</summary>
    Int8 = 1,

    /// <summary>16 bits with sign.</summary>
    Int16 = 2,

    /// <summary>32 bits with sign.</summary>
    Int32 = 3,

    /// <summary>64 bits with sign; the type of indices.</summary>
    Int64 = 4,

    /// <summary>IEEE half precision; <see cref="Half"/> in C#.</summary>
    Float16 = 5,

    /// <summary>IEEE single precision.</summary>
    Float32 = 6,

    /// <summary>IEEE double precision.</summary>
    Float64 = 7,

    /// <summary>A byte that is 0 or 1; the type of masks.</summary>
    Bool = 11,

    /// <summary>The upper 16 bits of single precision; has no C# type.</summary>
    BFloat16 = 15,
}
