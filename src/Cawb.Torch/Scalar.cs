namespace Cawb.Torch;

/// <summary>
/// A number beside a tensor in an operation: whole numbers keep a tensor of whole numbers what it is, others turn it into floating point, as in PyTorch.
/// </summary>
/// <remarks>Numbers convert to it by themselves. The default value is the whole number 0.</remarks>
public readonly record struct Scalar
{
    private readonly long bits;
    private readonly bool isReal;

    private Scalar(long bits, bool isReal)
    {
        this.bits = bits;
        this.isReal = isReal;
    }

    /// <summary>Whether this is a whole number by type, not by value: 2.0 is none.</summary>
    public bool IsInteger => !isReal;

    /// <summary>The whole number, or the bits of the floating point number.</summary>
    internal long Bits => bits;

    /// <summary>A whole number.</summary>
    /// <param name="value">Its value.</param>
    public static implicit operator Scalar(long value) => new(value, isReal: false);

    /// <summary>A floating point number.</summary>
    /// <param name="value">Its value; NaN and infinities are passed on to libtorch.</param>
    public static implicit operator Scalar(double value) => new(BitConverter.DoubleToInt64Bits(value), isReal: true);
}
