namespace Cawb;

/// <summary>What a schedule does when it is asked for a time after its end.</summary>
public enum PastEnd
{
    /// <summary>Gives the value at the end.</summary>
    Hold,

    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/>, for runs where going on would be a mistake. The end itself is allowed.</summary>
    Throw,
}
