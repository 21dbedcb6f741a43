using static TorchSharp.torch;

namespace Cawb.Detection.Weights;

/// <summary>A safetensors file.</summary>
internal sealed class SafetensorsWeights : WeightSource
{
    private readonly FileStream file;
    private readonly Dictionary<string, SafetensorsHeader.Place> places;
    private readonly long start;

    public SafetensorsWeights(string path)
    {
        file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        try
        {
            var (found, metadata) = Safetensors.ReadHeader(file, path);
            start = file.Position;
            places = found.ToDictionary(place => place.Name, StringComparer.Ordinal);
            Tensors = [.. found.Select(place => place.Described)];
            Metadata = metadata;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override IReadOnlyList<StoredTensor> Tensors { get; }

    public override IReadOnlyDictionary<string, string> Metadata { get; }

    public override void Read(IEnumerable<string> names, Action<string, Tensor> take)
    {
        using var noGrad = no_grad();
        foreach (var name in names)
        {
            using var scope = NewDisposeScope();
            var place = places[name];
            file.Position = start + place.Begin;
            take(name, Safetensors.ReadTensor(file, place));
        }
    }

    public override void Dispose() => file.Dispose();
}
