using TorchSharp.Modules;

namespace Cawb.TorchSharp;

/// <summary>Writes what is driven to TensorBoard, every so many batches.</summary>
internal sealed class RateLog(SummaryWriter writer, int every, IReadOnlyList<string> groupNames)
{
    private long written = -1;

    public void Write(LearningRateScheduler scheduler)
    {
        var position = scheduler.Position;
        if (position % every != 0 || position == written || position > int.MaxValue)
        {
            return;
        }

        written = position;
        foreach (var parameter in scheduler.Parameters)
        {
            for (var group = 0; group < parameter.Count; group++)
            {
                writer.add_scalar($"{parameter.Name}/{NameOf(group)}", (float)parameter.Values[group], (int)position);
            }
        }
    }

    private string NameOf(int group) => group < groupNames.Count ? groupNames[group] : FormattableString.Invariant($"group{group}");
}
