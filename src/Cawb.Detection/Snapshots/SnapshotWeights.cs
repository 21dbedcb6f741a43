using Cawb.Detection.Model;
using Cawb.Detection.Training;
using Cawb.Torch;

namespace Cawb.Detection.Snapshots;

/// <summary>Weights of snapshots: read, and averaged.</summary>
internal static class SnapshotWeights
{
    /// <summary>Fills a network from a file that <see cref="WeightFile"/> wrote.</summary>
    /// <exception cref="TrainingException">The file belongs to another network.</exception>
    public static void Read(YoloModel model, string path)
    {
        using var noGrad = Autograd.NoGrad();
        using var content = Safetensors.Read(path);
        foreach (var tensor in model.Tensors)
        {
            tensor.Value.CopyFrom(content.Tensors.TryGetValue(tensor.Name, out var saved) && saved.Shape.SequenceEqual(tensor.Value.Shape)
                ? saved
                : throw new TrainingException($"{path}: the snapshot has no tensor '{tensor.Name}' of the shape {tensor.Value}; it belongs to another network. Delete the run to make it anew."));
        }
    }

    /// <summary>Puts the mean of all networks' tensors into the first: the sum in their order, divided by their number.</summary>
    public static void AverageIntoFirst(IReadOnlyList<YoloModel> members)
    {
        using var noGrad = Autograd.NoGrad();
        for (var i = 0; i < members[0].Tensors.Count; i++)
        {
            var mean = members[0].Tensors[i].Value;
            foreach (var member in members.Skip(1))
            {
                mean.AddInPlace(member.Tensors[i].Value);
            }

            mean.DivInPlace(members.Count);
        }
    }
}
