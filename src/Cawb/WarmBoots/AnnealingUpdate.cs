namespace Cawb;

/// <summary>How often a curve is evaluated.</summary>
public enum AnnealingUpdate
{
    /// <summary>Once per epoch: every batch of an epoch trains with the value at the epoch's start.</summary>
    PerEpoch,

    /// <summary>At every batch: a smooth curve.</summary>
    PerBatch,
}
