namespace Cawb.Training.Comparison;

/// <summary>Where a run of a comparison stands.</summary>
public enum RunStage
{
    /// <summary>Not begun, or begun in an earlier session.</summary>
    Waiting,

    /// <summary>Being trained.</summary>
    Running,

    /// <summary>Done; its numbers are kept.</summary>
    Finished,

    /// <summary>Ended with an error; the next session tries again.</summary>
    Failed,
}
