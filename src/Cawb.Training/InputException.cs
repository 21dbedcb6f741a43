namespace Cawb.Training;

/// <summary>An argument of a command that cannot be used.</summary>
/// <param name="message">What, what is allowed, what to do; whole sentences.</param>
/// <param name="inner">The error underneath.</param>
public sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
