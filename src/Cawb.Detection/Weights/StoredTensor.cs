using static TorchSharp.torch;

namespace Cawb.Detection.Weights;

/// <summary>A tensor that a file announces.</summary>
/// <param name="Name">As the file writes it.</param>
/// <param name="Type">Of the elements.</param>
/// <param name="Shape">0 or more for each dimension; the elements fit into the file.</param>
public sealed record StoredTensor(string Name, ScalarType Type, IReadOnlyList<long> Shape)
{
    /// <summary>Such as <c>float32[2, 3]</c>.</summary>
    public override string ToString() => EngineException.Describe(Type, Shape);
}
