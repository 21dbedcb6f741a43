namespace Cawb.Foreign;

/// <summary>When a metric counts as better: smaller or larger than the best by a relative or absolute threshold. NaN never does.</summary>
internal sealed class MetricRule(bool smallerIsBetter, bool isRelative, double threshold)
{
    public double Worst { get; } = smallerIsBetter ? double.PositiveInfinity : double.NegativeInfinity;

    // Relative thresholds of negative metrics move the other way, as in the libraries.
    public bool IsBetter(double metric, double best) => (smallerIsBetter, isRelative) switch
    {
        (true, true) => metric < best * (1 - threshold),
        (true, false) => metric < best - threshold,
        (false, true) => metric > best * (threshold + 1),
        (false, false) => metric > best + threshold,
    };
}
