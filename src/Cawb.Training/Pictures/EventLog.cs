using Cawb.Reports.Files;
using Cawb.Training.Runs;
using TorchSharp.Modules;
using static TorchSharp.torch.utils;

namespace Cawb.Training.Pictures;

/// <summary>The numbers of a run for TensorBoard, a scalar for each of <see cref="YoloResults.Columns"/> and each epoch.</summary>
/// <remarks>
/// A process that goes on with a run begins a new file with all epochs so far, in place of the one that is there: so no epoch stands twice, and no record is half written.
/// </remarks>
/// <param name="folder">The run directory.</param>
internal sealed class EventLog(string folder)
{
    private SummaryWriter? writer;
    private int written;

    /// <summary>Adds the epochs that are not there yet.</summary>
    /// <param name="metrics">With all columns.</param>
    /// <exception cref="FileException">The file cannot be written.</exception>
    public void Write(MetricsTable metrics)
    {
        try
        {
            if (writer is null)
            {
                foreach (var former in Directory.EnumerateFiles(folder, "events.out.tfevents.*"))
                {
                    File.Delete(former);
                }

                writer = tensorboard.SummaryWriter(folder);
            }

            foreach (var (name, column) in YoloResults.Columns)
            {
                var values = metrics.Column(column);
                for (var epoch = written; epoch < values.Length; epoch++)
                {
                    writer.add_scalar(name, (float)values[epoch], epoch);
                }
            }

            written = metrics.RowCount;
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfWriting(folder, fault);
        }
    }
}
