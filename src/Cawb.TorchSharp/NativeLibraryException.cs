namespace Cawb.TorchSharp;

/// <summary>A native library of the engine could not be loaded. The message is one paragraph: which library, what is missing, what to do.</summary>
public sealed class NativeLibraryException : Exception
{
    /// <param name="message">The paragraph.</param>
    /// <param name="cause">What the system said.</param>
    public NativeLibraryException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
