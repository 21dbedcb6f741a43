namespace Cawb;

/// <summary>How much better a metric must be to count as better.</summary>
public enum ThresholdMode
{
    /// <summary>By a share of the best so far: lower than <c>best - threshold |best|</c>, or higher than <c>best + threshold |best|</c>. PyTorch forgets the absolute value.</summary>
    Relative,

    /// <summary>By an amount: lower than <c>best - threshold</c>, or higher than <c>best + threshold</c>.</summary>
    Absolute,

    /// <summary>PyTorch's <c>rel</c>: lower than <c>best (1 - threshold)</c>, or higher than <c>best (1 + threshold)</c>. The same as <see cref="Relative"/> where the metric is 0 or
    /// above; below 0 a metric may get worse by the threshold and count as better.</summary>
    SignedRelative,
}
