namespace Cawb.Foreign.PyTorch;

/// <summary>The phases of a one-cycle schedule (PyTorch and mmengine compute them alike): which level leads to which, and until when.</summary>
internal sealed class OneCycle
{
    private readonly (double End, int From, int To)[] ratePhases;
    private readonly bool isCosine;

    public OneCycle(Arguments arguments, int totalSteps)
    {
        TotalSteps = totalSteps;
        var share = arguments.Number("pct_start", value => value is >= 0 and <= 1, "between 0 and 1");
        isCosine = arguments.Choice("anneal_strategy", "cos", "linear") == "cos";
        // Levels: 0 = initial, 1 = peak, 2 = final. Phase ends are fractional on purpose: the library rounds nothing.
        ratePhases = arguments.Flag("three_phase")
            ? [(share * totalSteps - 1, 0, 1), (2 * share * totalSteps - 2, 1, 0), (totalSteps - 1, 0, 2)]
            : [(share * totalSteps - 1, 0, 1), (totalSteps - 1, 1, 2)];
    }

    public int TotalSteps { get; }

    /// <summary>The value of a hyper-parameter whose three levels are given. Momentum has its peak as level 0 and 2, its trough as level 1.</summary>
    /// <exception cref="DivideByZeroException">The library divides by the length of an empty phase.</exception>
    public double At(double step, ReadOnlySpan<double> levels)
    {
        var start = 0.0;
        var i = 0;
        for (; i < ratePhases.Length - 1 && step > ratePhases[i].End; i++)
            start = ratePhases[i].End;
        var (end, from, to) = ratePhases[i];
        if (end == start)
            throw new DivideByZeroException();
        var share = (step - start) / (end - start);
        return isCosine
            ? levels[to] + (levels[from] - levels[to]) / 2 * (Math.Cos(Math.PI * share) + 1)
            : (levels[to] - levels[from]) * share + levels[from];
    }
}
