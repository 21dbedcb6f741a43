namespace Cawb.Training.Runs;

/// <summary>Where a run stands.</summary>
public enum RunStage
{
    /// <summary>Not begun; while a comparison is carried out also begun earlier.</summary>
    Waiting,

    /// <summary>Begun, and no process is at it.</summary>
    Interrupted,

    /// <summary>Being trained.</summary>
    Running,

    /// <summary>Done; its numbers are kept.</summary>
    Finished,

    /// <summary>Ended with an error; a comparison tries it again.</summary>
    Failed,
}
