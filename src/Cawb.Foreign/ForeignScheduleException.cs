namespace Cawb.Foreign;

/// <summary>A name or an argument of a foreign schedule that the library it comes from does not have or does not accept.</summary>
/// <remarks>The message says which function and argument, what is allowed, what came, and the nearest known name on a typing error.</remarks>
public sealed class ForeignScheduleException : Exception
{
    /// <summary>An unspecified fault; prefer the constructor with a message.</summary>
    public ForeignScheduleException()
    {
    }

    /// <param name="message">What is wrong, where, and what is allowed.</param>
    public ForeignScheduleException(string message)
        : base(message)
    {
    }

    /// <param name="message">What is wrong, where, and what is allowed.</param>
    /// <param name="innerException">The fault that led to this one.</param>
    public ForeignScheduleException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
