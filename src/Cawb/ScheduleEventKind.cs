namespace Cawb;

/// <summary>What happens at a moment of a schedule.</summary>
public enum ScheduleEventKind
{
    /// <summary>The warm-up is over; the schedule proper begins.</summary>
    WarmupEnd,

    /// <summary>
    /// The value has come down and is about to be booted or restarted at the same moment: the weights as they are now belong to the bottom of the
    /// segment, which is where a snapshot is taken.
    /// </summary>
    Trough,

    /// <summary>A warm boot takes effect.</summary>
    Boot,

    /// <summary>A cycle begins again.</summary>
    Restart,

    /// <summary>One phase ends and the next begins: parts of a sequence, milestones of a step schedule, the decay of a stable phase.</summary>
    Phase,

    /// <summary>The schedule is over; from now on the value stays.</summary>
    End,
}
