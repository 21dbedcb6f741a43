namespace Cawb;

/// <summary>Where the cycles of a schedule begin and where the last one ends.</summary>
/// <remarks>The boundaries are computed once, by adding and multiplying: a geometric plan with whole lengths has whole boundaries, and no restart is missed through logarithms.</remarks>
public sealed record CyclePlan
{
    private readonly ValueList<double> restarts;

    private CyclePlan(ValueList<double> restarts, double totalEpochs) => (this.restarts, TotalEpochs) = (restarts, totalEpochs);

    /// <summary>When a cycle begins again, in epochs, rising; the first cycle's start at 0 is not listed.</summary>
    public IReadOnlyList<double> RestartEpochs => restarts;

    /// <summary>The end of the last cycle, in epochs.</summary>
    public double TotalEpochs { get; }

    /// <summary>Number of cycles, 1 or more.</summary>
    public int Count => restarts.Count + 1;

    /// <summary>Cycles of the same length.</summary>
    /// <param name="cycleEpochs">Length of a cycle, above 0.</param>
    /// <param name="cycles">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range, or boundaries too close together for numbers to tell apart.</exception>
    public static CyclePlan Equal(double cycleEpochs, int cycles) => Geometric(cycleEpochs, lengthMultiplier: 1, cycles);

    /// <summary>Cycles whose lengths form a geometric sequence, as in SGDR.</summary>
    /// <param name="firstCycleEpochs">T_0, above 0.</param>
    /// <param name="lengthMultiplier">T_mult, above 0: each cycle is this many times as long as the one before.</param>
    /// <param name="cycles">1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range, or boundaries too close together for numbers to tell apart.</exception>
    public static CyclePlan Geometric(double firstCycleEpochs, double lengthMultiplier, int cycles)
    {
        Require.Positive(firstCycleEpochs);
        Require.Positive(lengthMultiplier);
        Require.AtLeast(cycles, 1);
        var bounds = new List<double>();
        var (length, end) = (firstCycleEpochs, 0.0);
        for (var i = 0; i < cycles; i++, length *= lengthMultiplier)
        {
            // Equal cycles are multiplied and not added up, which would drift for lengths such as 0.1.
            end = lengthMultiplier == 1 ? firstCycleEpochs * (i + 1) : end + length;
            bounds.Add(end);
        }

        return FromRestarts(bounds.SkipLast(1), bounds[^1]);
    }

    /// <summary>Cycles of any lengths.</summary>
    /// <param name="restarts">When a cycle begins again, in epochs: after 0, rising and before the end; empty means one cycle.</param>
    /// <param name="totalEpochs">The end of the last cycle.</param>
    /// <exception cref="ArgumentException">The restarts do not rise inside the run.</exception>
    public static CyclePlan FromRestarts(IEnumerable<double> restarts, double totalEpochs)
    {
        var list = Boundaries.Checked(restarts);
        Require.Positive(totalEpochs);
        if (list.Count > 0 && list[^1] >= totalEpochs)
            throw new ArgumentException($"Restart {list.Count - 1} is at epoch {Require.Text(list[^1])}; it must lie before the end at {Require.Text(totalEpochs)}.", nameof(restarts));
        return new CyclePlan(list, totalEpochs);
    }

    /// <summary>The 0-based cycle that holds a moment; the last one for all times after it.</summary>
    public int IndexAt(double epochs) => Boundaries.CountUpTo(restarts, epochs);

    /// <summary>When a cycle starts, in epochs.</summary>
    /// <param name="index">0-based.</param>
    public double StartOf(int index) => index == 0 ? 0 : restarts[index - 1];

    /// <summary>When a cycle ends, in epochs; the end belongs to the next cycle.</summary>
    /// <param name="index">0-based.</param>
    public double EndOf(int index) => index < restarts.Count ? restarts[index] : TotalEpochs;
}
