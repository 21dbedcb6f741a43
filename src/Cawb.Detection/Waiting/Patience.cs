namespace Cawb.Detection.Waiting;

/// <summary>Decides whether idle threads spin: they do while nobody else wants the processors.</summary>
internal sealed class Patience
{
    /// <summary>What others may use beside all threads of this process, in processors: the coarse clock, and the bit of life that is on every machine.</summary>
    private const double Tolerance = 0.25;

    private int crowded;

    /// <summary>Whether idle threads spin. At first they do not.</summary>
    public bool Spins { get; private set; }

    /// <summary>Takes in what was seen since the last time.</summary>
    /// <param name="use">What was seen; null where the system does not tell, which counts as somebody else.</param>
    /// <param name="processors">How many the machine has.</param>
    /// <param name="threads">With how many this process computes.</param>
    /// <returns>Whether <see cref="Spins"/> changed.</returns>
    /// <remarks>
    /// One look at a free machine is enough to spin. To sleep takes two looks at a crowded one in a row: one may be a passing job, or the coarse clock.
    /// How much this process itself did says nothing about the crowd: one that gets no processor looks like one that wants none.
    /// </remarks>
    public bool Observe(ProcessorUse? use, int processors, int threads)
    {
        var free = use is { } known && known.Others + Math.Max(known.Own, threads) <= processors + Tolerance;
        crowded = free ? 0 : crowded + 1;
        var spins = free || (Spins && crowded < 2);
        var changed = spins != Spins;
        Spins = spins;
        return changed;
    }
}
