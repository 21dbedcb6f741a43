namespace Cawb.Reports.Statistics;

/// <summary>Random draws without a state: a pure function of seed and position.</summary>
internal static class CounterDraw
{
    /// <summary>A whole number from 0 to <paramref name="count"/> - 1, all equally likely up to one part in 2^32.</summary>
    public static int Below(int count, ulong seed, ulong row, ulong column) =>
        (int)((Mix(Mix(Mix(seed) + row) + column) >> 32) * (ulong)count >> 32);

    // The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014) with its increment.
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
