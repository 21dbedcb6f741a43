namespace Cawb;

/// <summary>Which way a metric gets better.</summary>
public enum MetricGoal
{
    /// <summary>Lower is better, such as a loss.</summary>
    Minimize,

    /// <summary>Higher is better, such as an average precision.</summary>
    Maximize,
}
