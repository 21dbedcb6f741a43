namespace Cawb.Reports.Charts;

/// <summary>How an axis spreads its values.</summary>
public enum AxisScale
{
    /// <summary>Equal differences take equal room.</summary>
    Linear,

    /// <summary>Equal ratios take equal room. Values of 0 and below lie off the lower edge: a curve that reaches them leaves the picture there.</summary>
    Logarithmic,
}
