namespace Cawb.Detection.Data;

/// <summary>A stream of random numbers without state: each is a pure function of seed, stream and position.</summary>
/// <remarks>
/// <para>
/// With 64-bit wrap-around, <c>z = seed 0x9E3779B97F4A7C15 + stream 0xD1B54A32D192ED03 + position 0x8CB92BA72F3D8DD7 + 0x2545F4914F6CDD1D</c>,
/// then the finalizer of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
/// </para>
/// <para>So nothing has to be saved for an exact resume, and no draw depends on the order or the thread in which others are made.
/// The default value is stream 0 of a seed that no caller can name, which is valid.</para>
/// </remarks>
public readonly struct Draws
{
    private readonly ulong start;

    /// <summary>The stream of that number.</summary>
    /// <param name="seed">Any.</param>
    /// <param name="stream">Any.</param>
    public Draws(ulong seed, ulong stream) =>
        start = unchecked(seed * 0x9E3779B97F4A7C15UL + stream * 0xD1B54A32D192ED03UL + 0x2545F4914F6CDD1DUL);

    /// <summary>The stream for one purpose, epoch and sample.</summary>
    /// <param name="seed">Of the run; any.</param>
    /// <param name="purpose">What for.</param>
    /// <param name="epoch">From 0; 0 where there are no epochs.</param>
    /// <param name="sample">From 0; 0 for draws that concern the whole epoch.</param>
    public static Draws For(ulong seed, DrawPurpose purpose, int epoch, int sample) =>
        new(seed, Mix(Mix(Mix((ulong)purpose) + (uint)epoch) + (uint)sample));

    /// <summary>64 random bits.</summary>
    /// <param name="position">From 0.</param>
    public ulong Bits(ulong position) => Finalize(unchecked(start + position * 0x8CB92BA72F3D8DD7UL));

    /// <summary>Uniform in [0, 1), a multiple of 2^-53.</summary>
    /// <param name="position">From 0.</param>
    public double Unit(ulong position) => (Bits(position) >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform from <paramref name="from"/> to <paramref name="to"/>, computed as <c>from + (to - from) u</c>.</summary>
    /// <param name="position">From 0.</param>
    /// <param name="from">The value at u = 0.</param>
    /// <param name="to">The value that is not reached.</param>
    public double Between(ulong position, double from, double to) => from + (to - from) * Unit(position);

    /// <summary>Uniform in 0 to <paramref name="count"/> - 1.</summary>
    /// <param name="position">From 0.</param>
    /// <param name="count">1 or more.</param>
    /// <remarks>By the high half of a 128-bit product: the bias is below count x 2^-64.</remarks>
    public int Below(ulong position, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return (int)Math.BigMul(Bits(position), (ulong)count, out _);
    }

    /// <summary>A permutation of 0 to <paramref name="count"/> - 1, by Fisher and Yates, from the positions 0 to count - 2.</summary>
    /// <param name="count">0 or more.</param>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
        {
            order[i] = i;
        }

        for (var i = count - 1; i > 0; i--)
        {
            var other = Below((ulong)(count - 1 - i), i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    private static ulong Mix(ulong key) => Finalize(unchecked(key + 0x9E3779B97F4A7C15UL));

    private static ulong Finalize(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
