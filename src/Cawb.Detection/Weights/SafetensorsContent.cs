using static TorchSharp.torch;

namespace Cawb.Detection.Weights;

/// <summary>What a safetensors file holds.</summary>
/// <remarks>
/// The tensors were made like any: they belong to the scope that was open when the file was read. <see cref="Dispose"/> frees those that are still there.
/// </remarks>
public sealed class SafetensorsContent : IDisposable
{
    internal SafetensorsContent(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Tensors = tensors;
        Metadata = metadata;
    }

    /// <summary>Every tensor by its name, in main memory, row-major.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>The file's own notes; empty if it has none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in Tensors.Values)
        {
            tensor.Dispose();
        }
    }
}
