namespace Cawb.Detection.Inference;

/// <summary>What counts as a detection and when two are the same object.</summary>
public sealed record SuppressionOptions
{
    /// <summary>The settings of validation: everything above 0.001, overlap 0.6, 300 boxes an image, several classes per box.</summary>
    public static SuppressionOptions Validation { get; } = new();

    /// <summary>The settings for looking at images: confidence 0.25, overlap 0.45, 1,000 boxes, the best class of each box.</summary>
    public static SuppressionOptions Display { get; } = new() { MinConfidence = 0.25, MaxOverlap = 0.45, MaxDetections = 1000, IsMultiLabel = false };

    /// <summary>Objectness and score must lie above this.</summary>
    public double MinConfidence { get; init; } = 0.001;

    /// <summary>A box that overlaps a better one of its class by more than this IoU is dropped.</summary>
    public double MaxOverlap { get; init; } = 0.6;

    /// <summary>Boxes kept per image.</summary>
    public int MaxDetections { get; init; } = 300;

    /// <summary>Candidates that enter the comparison per image, the best ones.</summary>
    public int MaxCandidates { get; init; } = 30_000;

    /// <summary>Whether a box counts for each class above the threshold (only with several classes), or for its best alone.</summary>
    public bool IsMultiLabel { get; init; } = true;

    /// <summary>Whether boxes of different classes suppress each other.</summary>
    public bool IsClassAgnostic { get; init; }

    /// <summary>The class indices that count; empty for all.</summary>
    public IReadOnlyList<int> Classes { get; init; } = [];
}
