namespace Cawb.Detection.Weights;

/// <summary>A file does not hold the weights that are asked for, or is no sound file of PyTorch.</summary>
/// <param name="path">The file.</param>
/// <param name="fault">What is wrong and what to do, as the rest of a sentence that begins with the file.</param>
public sealed class WeightFileException(string path, string fault) : Exception($"{path}: {OneLine.Of(fault)}")
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
