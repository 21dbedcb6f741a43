using TorchSharp;
using static TorchSharp.torch;

namespace Cawb.Detection;

/// <summary>Tensors with numbers, and sums of tensors.</summary>
/// <remarks>
/// TorchSharp 0.107's own operators for these leave a native scalar to the garbage collector, which can free it while libtorch reads it: a sum that ends in an error once in some hundred
/// thousand times, or one with another number in it. These give the same bits and hold the scalar until libtorch is done. BannedSymbols.txt keeps the others out.
/// </remarks>
internal static class Arithmetic
{
    private static readonly Scalar One = 1L.ToScalar();

    public static Tensor Plus(this Tensor left, Tensor right) => left.add(right, One);

    public static Tensor Plus(this Tensor left, double right)
    {
        using var number = right.ToScalar();
        return left.add(number, One);
    }

    public static Tensor Minus(this Tensor left, double right)
    {
        using var number = right.ToScalar();
        return left.sub(number);
    }

    /// <summary><c>number - tensor</c>.</summary>
    public static Tensor From(this Tensor tensor, double number) => tensor.negative().Plus(number);

    public static Tensor Times(this Tensor left, double right)
    {
        using var number = right.ToScalar();
        return left.mul(number);
    }

    public static Tensor Squared(this Tensor tensor) => tensor.ToThe(2);

    public static Tensor ToThe(this Tensor tensor, double exponent)
    {
        using var number = exponent.ToScalar();
        return tensor.pow(number);
    }

    public static Tensor AtLeast(this Tensor tensor, double lowest)
    {
        using var number = lowest.ToScalar();
        return tensor.clamp_min(number);
    }

    /// <summary><c>target += factor addend</c>, in one operator.</summary>
    public static Tensor Add_(this Tensor target, Tensor addend, double factor = 1)
    {
        using var number = factor.ToScalar();
        return target.add_(addend, number);
    }

    public static Tensor Scale_(this Tensor target, double factor)
    {
        using var number = factor.ToScalar();
        return target.mul_(number);
    }

    public static Tensor Divide_(this Tensor target, double divisor)
    {
        using var number = divisor.ToScalar();
        return target.div_(number);
    }

    public static Tensor Fill_(this Tensor target, double value)
    {
        using var number = value.ToScalar();
        return target.fill_(number);
    }
}
