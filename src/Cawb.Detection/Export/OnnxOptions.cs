using Cawb.Detection.Inference;

namespace Cawb.Detection.Export;

/// <summary>What is exported.</summary>
public sealed record OnnxOptions
{
    /// <summary>By class index; as many as the network has.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Longer side of the images that the network is meant for, in pixels; noted in the file and nowhere enforced.</summary>
    public required int ImageSize { get; init; }

    /// <summary>What the network gives.</summary>
    public OnnxOutput Output { get; init; } = OnnxOutput.Boxes;

    /// <summary>Score, overlap and limit of <see cref="OnnxOutput.Detections"/>, which become part of the file; each box counts for its best class.</summary>
    public SuppressionOptions Suppression { get; init; } = SuppressionOptions.Display;
}
