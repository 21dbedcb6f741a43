namespace Cawb;

/// <summary>How much better a metric must be to count as better.</summary>
public enum ThresholdMode
{
    /// <summary>By a share of the best so far: lower than <c>best - threshold |best|</c>, or higher than <c>best + threshold |best|</c>. PyTorch forgets the absolute value.</summary>
    Relative,

    /// <summary>By an amount: lower than <c>best - threshold</c>, or higher than <c>best + threshold</c>.</summary>
    Absolute,
}
