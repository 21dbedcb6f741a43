using static TorchSharp.torch;

namespace Cawb.Detection.Weights.Pickled;

/// <summary>The network in a file of PyTorch.</summary>
internal sealed class PickledWeights : WeightSource
{
    private readonly TorchFile file;
    private readonly IReadOnlyDictionary<string, PickledTensor> tensors;

    public PickledWeights(string path, WeightUse use)
    {
        file = TorchFile.Open(path);
        try
        {
            var network = PickledNetwork.Find(path, file.Root, use);
            tensors = network.Tensors;
            foreach (var tensor in tensors.Values)
            {
                Require(path, tensor);
            }

            Tensors = [.. tensors.Select(named => new StoredTensor(named.Key, named.Value.Type, named.Value.Shape))];
            Metadata = network.Notes;
            LeavesAverage = network.LeavesAverage;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public override IReadOnlyList<StoredTensor> Tensors { get; }

    public override IReadOnlyDictionary<string, string> Metadata { get; }

    public override bool LeavesAverage { get; }

    /// <summary>Tensors that share a storage come one after the other, so that each storage is read once and one lies in memory at a time.</summary>
    public override void Read(IEnumerable<string> names, Action<string, Tensor> take)
    {
        using var noGrad = no_grad();
        foreach (var sharing in names.GroupBy(name => tensors[name].Storage))
        {
            using var scope = NewDisposeScope();
            var elements = empty(sharing.Key.Count, sharing.Key.Type);
            file.Read(sharing.Key, elements.bytes);
            foreach (var name in sharing)
            {
                using var views = NewDisposeScope();
                var tensor = tensors[name];
                take(name, elements.as_strided([.. tensor.Shape], [.. tensor.Strides], tensor.Offset));
            }
        }
    }

    public override void Dispose() => file.Dispose();

    private void Require(string path, PickledTensor tensor)
    {
        if (tensor.Storage.Length > int.MaxValue)
        {
            throw new WeightFileException(path, $"has {tensor.Storage.Length} bytes of elements in one place; {int.MaxValue} is the limit here.");
        }

        file.Require(tensor.Storage);
    }
}
