namespace Cawb.Reports.Charts;

/// <summary>How the points of a series are joined.</summary>
public enum SeriesShape
{
    /// <summary>Straight lines from point to point.</summary>
    Line,

    /// <summary>Each value holds until the next point's x, then jumps: the shape of a rate that changes once per epoch.</summary>
    Steps,

    /// <summary>Dots alone.</summary>
    Points,
}
