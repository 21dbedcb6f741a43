using Cawb.Detection.Model;
using Cawb.Torch;

namespace Cawb.Detection.Snapshots;

/// <summary>Averages the weights of snapshots.</summary>
internal static class SnapshotWeights
{
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
