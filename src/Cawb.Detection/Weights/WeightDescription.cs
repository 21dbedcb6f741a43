using Cawb.Detection.Model;

namespace Cawb.Detection.Weights;

/// <summary>What the header of a weights file says; its tensors are those of the network, name for name and shape for shape.</summary>
public sealed record WeightDescription
{
    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>How deep and wide the network is, and its layout: as noted in the file, else by the width of its first layer and the parts of its ninth.</summary>
    public required ModelSize Size { get; init; }

    /// <summary>Classes that the head tells apart.</summary>
    public required int ClassCount { get; init; }

    /// <summary>By class index; empty if the file does not say.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>The reference boxes that its head was trained with; COCO's if the file does not say.</summary>
    public required AnchorSet Anchors { get; init; }

    /// <summary>Side of the images that it was trained with, in pixels; null if the file does not say.</summary>
    public required int? ImageSize { get; init; }

    /// <summary>Every tensor of the file in the order of the elements, with those that the network has no use for; the first layer of YOLOv5 5.0 as the convolution that it is computed as.</summary>
    public required IReadOnlyList<StoredTensor> Tensors { get; init; }

    /// <summary>The file's own notes.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>The tensors of the network, in the order of YOLOv5's files.</summary>
    public required IReadOnlyList<DeclaredTensor> Declared { get; init; }
}
