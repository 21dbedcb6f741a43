namespace Cawb.Reports.Files;

/// <summary>A run, its directory or one of its files cannot be used: what is wrong, where, and what to do about it.</summary>
public sealed class FileException : Exception
{
    /// <summary>A fault of one file or folder.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="problem">What is wrong with it and what to do, as sentences.</param>
    public FileException(string path, string problem)
        : this(path, problem, null)
    {
    }

    /// <summary>A fault of one file or folder, with the exception that revealed it.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="problem">What is wrong with it and what to do, as sentences.</param>
    /// <param name="cause">What was thrown below.</param>
    public FileException(string path, string problem, Exception? cause)
        : base($"{path}: {problem}", cause) => (Path, Problem) = (path, problem);

    /// <summary>The file or folder that the message is about.</summary>
    public string Path { get; }

    /// <summary>What is wrong with it and what to do.</summary>
    public string Problem { get; }
}
