using System.Text.Json.Serialization;

namespace Cawb.Digits;

/// <summary>What a finished set of digit images is; stored in it as <c>digits.json</c>.</summary>
public sealed record DigitsSummary
{
    /// <summary>The version of the composition; other versions make other images.</summary>
    public required int Version { get; init; }

    /// <summary>The seed that was given.</summary>
    public required ulong Seed { get; init; }

    // The file's own names, which data sets that were made before have.

    /// <summary>Images of training digits.</summary>
    [JsonPropertyName("trainingPictures")]
    public required int TrainingImages { get; init; }

    /// <summary>Images of test digits.</summary>
    [JsonPropertyName("validationPictures")]
    public required int ValidationImages { get; init; }

    /// <summary>Labelled digits in the training images.</summary>
    public required int TrainingDigits { get; init; }

    /// <summary>Labelled digits in the validation images.</summary>
    public required int ValidationDigits { get; init; }

    /// <summary>SHA-256 over all other files: for each, in ordinal order of the relative path, the path, a line feed, its own SHA-256 in lower-case hex, a line feed.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whose digits they are and under which licence.</summary>
    public required string Source { get; init; }
}
