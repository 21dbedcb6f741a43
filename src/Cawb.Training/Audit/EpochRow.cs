namespace Cawb.Training.Audit;

/// <summary>Which batch of an epoch the value in its row is that of.</summary>
public enum EpochRow
{
    /// <summary>The first or the last one, whichever fits the plan better.</summary>
    FitsBetter,

    /// <summary>The first one.</summary>
    FirstBatch,

    /// <summary>The last one.</summary>
    LastBatch,
}
