namespace Cawb.Detection.Weights;

/// <summary>A file is not the safetensors file it should be. The message has the path and what is wrong with it.</summary>
public sealed class SafetensorsException : Exception
{
    /// <summary>An exception without a known file.</summary>
    public SafetensorsException()
        : this("unknown file", "is no valid safetensors file.")
    {
    }

    /// <summary>An exception without a known file.</summary>
    /// <param name="message">What is wrong.</param>
    public SafetensorsException(string message)
        : this("unknown file", message)
    {
    }

    /// <summary>An exception without a known file.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public SafetensorsException(string message, Exception innerException)
        : base(message, innerException)
    {
        Path = "unknown file";
    }

    /// <summary>A fault in a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="fault">What is wrong, as the rest of a sentence that begins with the file.</param>
    /// <param name="innerException">What caused it, if anything.</param>
    public SafetensorsException(string path, string fault, Exception? innerException = null)
        : base($"{path}: {OneLine.Of(fault)}", innerException)
    {
        Path = path;
    }

    /// <summary>The file.</summary>
    public string Path { get; }
}
