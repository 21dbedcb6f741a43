namespace Cawb.Reports.Statistics;

/// <summary>One arm against another, seed by seed.</summary>
/// <param name="Differences">Arm minus other, one for each seed that both have.</param>
/// <param name="Summary">Of the differences.</param>
/// <param name="Interval">95 % for the mean difference. For a single pair it is the difference itself: nothing is known about its spread.</param>
/// <param name="Test">Whether the differences could as well have the other sign.</param>
public sealed record PairedComparison(IReadOnlyList<double> Differences, SampleSummary Summary, BootstrapInterval Interval, SignFlipTest Test)
{
    private const double Confidence = 0.95;

    /// <summary>Number of pairs in which the arm is above the other.</summary>
    public int Wins => Differences.Count(d => d > 0);

    /// <summary>Compares values that belong together by their place.</summary>
    /// <param name="arm">Finite, at least one.</param>
    /// <param name="other">As many.</param>
    /// <exception cref="ArgumentException">There are not as many of each, or none, or one is not finite.</exception>
    public static PairedComparison Of(ReadOnlySpan<double> arm, ReadOnlySpan<double> other)
    {
        if (arm.Length != other.Length)
        {
            throw new ArgumentException($"Pairs need as many values on each side; got {arm.Length} and {other.Length}.", nameof(other));
        }
        var differences = new double[arm.Length];
        for (var i = 0; i < arm.Length; i++)
        {
            differences[i] = arm[i] - other[i];
        }
        var summary = SampleSummary.Of(differences);
        var interval = differences.Length > 1 ? BootstrapInterval.OfMean(differences, Confidence, seed: 0) : new BootstrapInterval(summary.Mean, summary.Mean, Confidence);
        return new PairedComparison(differences, summary, interval, SignFlipTest.Of(differences));
    }
}
