namespace Cawb.Detection.Data;

/// <summary>A data set that cannot be used: which file, where in it, what is wrong and what to do.</summary>
public sealed class DatasetException : Exception
{
    /// <param name="path">The file or folder.</param>
    /// <param name="problem">What is wrong, where in the file, and what to do; whole sentences.</param>
    public DatasetException(string path, string problem)
        : this(path, problem, null)
    {
    }

    /// <param name="path">The file or folder.</param>
    /// <param name="problem">What is wrong, where in the file, and what to do; whole sentences.</param>
    /// <param name="cause">The error underneath.</param>
    public DatasetException(string path, string problem, Exception? cause)
        : base($"{path}: {problem}", cause)
    {
        Path = path;
        Problem = problem;
    }

    /// <summary>The file or folder.</summary>
    public string Path { get; }

    /// <summary>The message without the path.</summary>
    public string Problem { get; }
}
