namespace Cawb.Coco;

/// <summary>An annotation or result file that cannot be used: which file, where in it, what was expected.</summary>
public sealed class CocoFormatException : Exception
{
    /// <summary>Reports a fault of a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What was expected and what came, as a sentence.</param>
    public CocoFormatException(string path, string problem)
        : base($"{path}: {problem}")
    {
        Path = path;
        Problem = problem;
    }

    /// <summary>Reports a fault at a place.</summary>
    /// <param name="path">The file.</param>
    /// <param name="place">Where in the file.</param>
    /// <param name="jsonPath">The same place in the manner of <c>$.annotations[5].bbox</c>.</param>
    /// <param name="problem">What was expected and what came, as a sentence.</param>
    public CocoFormatException(string path, CocoPlace place, string jsonPath, string problem)
        : base(place.IsKnown ? $"{path}, {place} ({jsonPath}): {problem}" : $"{path} ({jsonPath}): {problem}")
    {
        Path = path;
        Place = place;
        JsonPath = jsonPath;
        Problem = problem;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Where in the file; the default value where the fault concerns all of it.</summary>
    public CocoPlace Place { get; }

    /// <summary>The place in the manner of <c>$.annotations[5].bbox</c>, counted from 0; empty where the fault concerns the whole file.</summary>
    public string JsonPath { get; } = "";

    /// <summary>The message without path and place.</summary>
    public string Problem { get; }
}
