namespace Cawb.Detection;

/// <summary>A device that cannot be computed on; the message says why and what to do.</summary>
/// <param name="message">The paragraph for a user.</param>
public sealed class ComputeDeviceException(string message) : Exception(message);
