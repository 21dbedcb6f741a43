namespace Cawb;

/// <summary>A state belongs to another schedule or plan; the message shows what differs.</summary>
public sealed class ScheduleMismatchException : Exception
{
    internal ScheduleMismatchException(string message, ScheduleDifference difference)
        : base(message) => Difference = difference;

    /// <summary>What differs; before is the state's side, after the scheduler's.</summary>
    public ScheduleDifference Difference { get; }
}
