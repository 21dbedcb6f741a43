namespace Cawb.Detection.Weights;

/// <summary>What the header of a safetensors file announces; no element was read.</summary>
/// <param name="Tensors">In the order of their elements in the file.</param>
/// <param name="Metadata">The file's own notes; empty if it has none.</param>
public sealed record SafetensorsDescription(IReadOnlyList<StoredTensor> Tensors, IReadOnlyDictionary<string, string> Metadata);
