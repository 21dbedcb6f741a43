using Cawb.Detection.Data;
using Cawb.Detection.Data.Loading;
using static TorchSharp.torch;

namespace TrainSpeed;

/// <summary>Batches as a training gets them: decoded (once, then kept), put together to mosaics, augmented on another thread.</summary>
internal sealed class LoadedBatches : IBatches
{
    private readonly bool channelsLast;
    private readonly TrainingLoader loader;
    private readonly IEnumerator<TrainingBatch> source;

    public LoadedBatches(Options options)
    {
        channelsLast = options.ChannelsLast;
        var data = DetectionData.Open(options.Data, CancellationToken.None);
        if (data.ClassNames.Count != options.Classes)
        {
            throw new ArgumentException($"{options.Data} has {data.ClassNames.Count} classes; say --classes {data.ClassNames.Count}.", nameof(options));
        }

        loader = new TrainingLoader(data.Training, new TrainingLoaderOptions { ImageSize = options.Size, BatchSize = options.Batch, Seed = 0 });
        source = Endless().GetEnumerator();
    }

    public (Tensor Images, LabelRow[] Labels) Next()
    {
        source.MoveNext();
        var batch = source.Current;
        var bytes = empty([batch.Count, 3, batch.ImageSize, batch.ImageSize], ScalarType.Byte);
        batch.Pixels.CopyTo(bytes.bytes);
        var images = (channelsLast ? bytes.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2) : bytes).to(ScalarType.Float32).div_(255);
        return (images, batch.Labels.ToArray());
    }

    public void Dispose()
    {
        source.Dispose();
        loader.Dispose();
    }

    // The last batch of an epoch may be short; only whole ones are measured.
    private IEnumerable<TrainingBatch> Endless()
    {
        for (var epoch = 0; ; epoch++)
        {
            foreach (var batch in loader.Read(epoch, 0, CancellationToken.None))
            {
                if (batch.Index < loader.BatchesPerEpoch - 1 || loader.SamplesPerEpoch % batch.Count == 0)
                {
                    yield return batch;
                }
            }
        }
    }
}
