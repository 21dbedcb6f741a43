namespace Cawb.Torch;

/// <summary>Sizes that come from outside are multiplied without overflow.</summary>
internal static class ShapeArithmetic
{
    /// <summary>The product of the lengths; 1 for no dimensions.</summary>
    /// <exception cref="ArgumentException">A length is negative or the product passes 2^63 - 1.</exception>
    public static long ElementCount(ReadOnlySpan<long> shape)
    {
        var count = 1L;
        var hasZero = shape.Contains(0L);
        foreach (var length in shape)
        {
            if (length < 0 || (!hasZero && length > long.MaxValue / count))
            {
                throw new ArgumentException($"The shape [{string.Join(", ", shape.ToArray())}] is impossible: lengths are 0 or more and their product is below 2^63.", nameof(shape));
            }

            count *= hasZero ? 0 : length;
        }

        return count;
    }
}
