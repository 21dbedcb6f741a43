namespace Cawb.Training.Options;

/// <summary>A file of hyper-parameters that cannot be used.</summary>
public sealed class HyperParameterException : Exception
{
    internal HyperParameterException(string path, string problem, Exception? inner = null)
        : base($"{path} {problem}", inner) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
