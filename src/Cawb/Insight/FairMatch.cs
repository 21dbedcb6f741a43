namespace Cawb.Insight;

/// <summary>What a schedule is to have in common with another one.</summary>
public enum FairMatch
{
    /// <summary>The mean over the run.</summary>
    Mean,

    /// <summary>The value at the end of the run.</summary>
    End,

    /// <summary>Both.</summary>
    MeanAndEnd,
}
