using Cawb.Detection.Images;

namespace Cawb.Detection.Data.Loading;

/// <summary>Batches of augmented training images in a seeded order.</summary>
/// <remarks>
/// A batch is a pure function of data set, options, epoch and position: it does not depend on the number of workers, on the cache, or on what was read before, so a resumed run
/// asks for (epoch, batch) and has it. One permutation per epoch, but for rectangular batches, whose order is fixed; the last batch is kept even if short.
/// </remarks>
public sealed class TrainingLoader : IDisposable
{
    private readonly DetectionDataset dataset;
    private readonly TrainingLoaderOptions options;
    private readonly ImageStore store;
    private readonly RectangularBatches? rectangular;
    private readonly Epoch epoch;

    /// <param name="dataset">Has one image at least.</param>
    /// <param name="options">How to load.</param>
    public TrainingLoader(DetectionDataset dataset, TrainingLoaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(options);
        if (dataset.Images.Count == 0)
        {
            throw new ArgumentException("Has no images; one is needed at least.", nameof(dataset));
        }

        this.dataset = dataset;
        this.options = options;
        store = new ImageStore(dataset, options.ImageSize, shrinking: PixelInterpolation.Bilinear, options.CacheBytes, options.CacheFile);
        rectangular = options.Rectangular ? new RectangularBatches(dataset, options.BatchSize, options.ImageSize, options.Stride, marginStrides: 0) : null;
        epoch = new Epoch(dataset.Images.Count, options, rectangular, new TrainingSampler(dataset, store, options));
    }

    /// <summary>Batches in an epoch, the short one at the end included.</summary>
    public int BatchesPerEpoch => epoch.BatchCount;

    /// <summary>Images in an epoch.</summary>
    public int SamplesPerEpoch => dataset.Images.Count;

    /// <summary>The batches of an epoch from one of them on. One enumeration at a time.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="firstBatch">0 to <see cref="BatchesPerEpoch"/>; the latter gives nothing.</param>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Each batch is valid until the next one is asked for.</returns>
    /// <exception cref="DatasetException">While enumerating: an image cannot be read any more. It comes at the batch it belongs to.</exception>
    public IEnumerable<TrainingBatch> Read(int epoch, int firstBatch, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        ArgumentOutOfRangeException.ThrowIfNegative(firstBatch);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstBatch, BatchesPerEpoch);
        return ReadEpoch();

        IEnumerable<TrainingBatch> ReadEpoch()
        {
            this.epoch.Start(epoch, rectangular?.Order ?? Draws.For(options.Seed, DrawPurpose.SampleOrder, epoch, 0).Permutation(dataset.Images.Count));
            foreach (var batch in BatchPipeline<TrainingBatch, SampleScratch>.Read(this.epoch, firstBatch, options.Workers, options.BatchesAhead, cancellation))
            {
                yield return batch;
            }
        }
    }

    /// <summary>Gives the batch memory free and closes the file that keeps images.</summary>
    public void Dispose()
    {
        epoch.Dispose();
        store.Dispose();
    }

    private sealed class Epoch(int samples, TrainingLoaderOptions options, RectangularBatches? rectangular, TrainingSampler sampler) : BatchSource<TrainingBatch, SampleScratch>
    {
        private int number;
        private int[] order = [];

        internal override int BatchCount => (samples - 1) / options.BatchSize + 1;

        internal void Start(int number, int[] order) => (this.number, this.order) = (number, order);

        internal override int SamplesIn(int batch) => StartOf(options.Part + 1, batch) - StartOf(options.Part, batch);

        internal override void Begin(TrainingBatch memory, int batch)
        {
            var (width, height) = rectangular?.ShapeOf(batch) ?? (options.ImageSize, options.ImageSize);
            memory.Begin(batch, SamplesIn(batch), width, height);
        }

        internal override void Fill(TrainingBatch memory, int batch, int sample, SampleScratch worker)
        {
            var index = this.order[batch * options.BatchSize + StartOf(options.Part, batch) + sample];
            memory.SetImageIndex(sample, index);
            sampler.Make(this.number, index, memory.Width, memory.Height, memory.PixelsOf(sample), memory.LabelsOf(sample), worker);
        }

        internal override void Finish(TrainingBatch memory) => memory.JoinLabels();

        protected override TrainingBatch NewBatch() => new((options.BatchSize + options.Parts - 1) / options.Parts, options.ImageSize);

        protected override SampleScratch NewWorker() => new();

        // Where a part of a batch begins.
        private int StartOf(int part, int batch) => (int)((long)Math.Min(options.BatchSize, samples - batch * options.BatchSize) * part / options.Parts);
    }
}
