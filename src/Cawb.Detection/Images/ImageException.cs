namespace Cawb.Detection.Images;

/// <summary>A file that cannot be read as an image, or an image that cannot be written.</summary>
public sealed class ImageException : Exception
{
    /// <param name="path">The file, or what stands for it when the bytes came from memory.</param>
    /// <param name="problem">What is wrong with it, a sentence.</param>
    public ImageException(string path, string problem)
        : this(path, problem, null)
    {
    }

    /// <param name="path">The file, or what stands for it when the bytes came from memory.</param>
    /// <param name="problem">What is wrong with it, a sentence.</param>
    /// <param name="cause">The error underneath.</param>
    public ImageException(string path, string problem, Exception? cause)
        : base($"{path}: {problem}", cause)
    {
        Path = path;
        Problem = problem;
    }

    /// <summary>The file, or what stands for it when the bytes came from memory.</summary>
    public string Path { get; }

    /// <summary>What is wrong, without the path.</summary>
    public string Problem { get; }
}
