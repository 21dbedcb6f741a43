using Cawb.Detection;
using Cawb.Detection.Model;
using static TorchSharp.torch;

namespace Cawb.Training.Snapshots;

/// <summary>Averages the weights of snapshots.</summary>
internal static class SnapshotWeights
{
    /// <summary>Puts the mean of all networks' tensors into the first: the sum in their order, divided by their number.</summary>
    public static void AverageIntoFirst(IReadOnlyList<YoloModel> members)
    {
        using var noGrad = no_grad();
        foreach (var section in Enum.GetValues<WeightSection>())
        {
            var mean = members[0].Memory.Whole(section);
            foreach (var member in members.Skip(1))
            {
                mean.Add_(member.Memory.Whole(section));
            }

            mean.Divide_(members.Count);
        }
    }
}
