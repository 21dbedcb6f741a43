namespace Cawb.Digits;

/// <summary>What a finished set of digit pictures is; stored in it as <c>digits.json</c>.</summary>
public sealed record DigitsSummary
{
    /// <summary>The version of the composition; other versions make other pictures.</summary>
    public required int Version { get; init; }

    /// <summary>The seed that was given.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Pictures of training digits.</summary>
    public required int TrainingPictures { get; init; }

    /// <summary>Pictures of test digits.</summary>
    public required int ValidationPictures { get; init; }

    /// <summary>Labelled digits in the training pictures.</summary>
    public required int TrainingDigits { get; init; }

    /// <summary>Labelled digits in the validation pictures.</summary>
    public required int ValidationDigits { get; init; }

    /// <summary>SHA-256 over all other files: for each, in ordinal order of the relative path, the path, a line feed, its own SHA-256 in lower-case hex, a line feed.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whose digits they are and under which licence.</summary>
    public required string Source { get; init; }
}
