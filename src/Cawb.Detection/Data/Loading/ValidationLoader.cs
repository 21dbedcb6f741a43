using Cawb.Detection.Data.Augmentation;
using Cawb.Detection.Images;

namespace Cawb.Detection.Data.Loading;

/// <summary>Batches of letterboxed validation images, each image once, in a fixed order; nothing is varied.</summary>
public sealed class ValidationLoader : IDisposable
{
    private readonly Part part;
    private readonly ValidationLoaderOptions options;

    /// <param name="dataset">Has one image at least.</param>
    /// <param name="options">How to load.</param>
    public ValidationLoader(DetectionDataset dataset, ValidationLoaderOptions options)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(options);
        if (dataset.Images.Count == 0)
        {
            throw new ArgumentException("Has no images; one is needed at least.", nameof(dataset));
        }

        this.options = options;
        part = new Part(dataset, options);
    }

    /// <summary>Batches in all, a short one at the end included.</summary>
    public int BatchCount => part.BatchCount;

    /// <summary>All batches. One enumeration at a time.</summary>
    /// <param name="cancellation">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Each batch is valid until the next one is asked for.</returns>
    /// <exception cref="DatasetException">While enumerating: an image cannot be read any more.</exception>
    public IEnumerable<ValidationBatch> Read(CancellationToken cancellation) =>
        BatchPipeline<ValidationBatch, SampleScratch>.Read(part, 0, options.Workers, options.BatchesAhead, cancellation);

    /// <summary>Gives the batch memory free.</summary>
    public void Dispose()
    {
        part.Dispose();
        part.CloseStore();
    }

    private sealed class Part : BatchSource<ValidationBatch, SampleScratch>
    {
        private const double MarginStrides = 0.5;

        private readonly DetectionDataset dataset;
        private readonly ValidationLoaderOptions options;
        private readonly ImageStore store;
        private readonly int[] order;
        private readonly RectangularBatches? rectangular;

        internal Part(DetectionDataset dataset, ValidationLoaderOptions options)
        {
            this.dataset = dataset;
            this.options = options;
            store = new ImageStore(dataset, options.ImageSize, shrinking: PixelInterpolation.Area, options.CacheBytes, options.CacheFile);
            rectangular = options.Rectangular ? new RectangularBatches(dataset, options.BatchSize, options.ImageSize, options.Stride, MarginStrides) : null;
            order = rectangular?.Order ?? [.. Enumerable.Range(0, dataset.Images.Count)];
        }

        internal void CloseStore() => store.Dispose();

        internal override int BatchCount => (dataset.Images.Count - 1) / options.BatchSize + 1;

        internal override int SamplesIn(int batch) => Math.Min(options.BatchSize, dataset.Images.Count - batch * options.BatchSize);

        internal override void Begin(ValidationBatch memory, int batch)
        {
            var (width, height) = rectangular?.ShapeOf(batch) ?? (options.ImageSize, options.ImageSize);
            memory.Begin(batch, SamplesIn(batch), width, height);
        }

        internal override void Fill(ValidationBatch memory, int batch, int sample, SampleScratch worker)
        {
            var index = order[batch * options.BatchSize + sample];
            var image = dataset.Images[index];
            var (width, height) = store.SizeOf(index);
            var box = Letterbox.Fit(width, height, memory.Width, memory.Height, enlarge: false);
            var mapping = new LetterboxMapping(
                image.Width, image.Height, (double)box.InnerWidth / image.Width, (double)box.InnerHeight / image.Height, box.Left, box.Top);
            var stored = store.Get(index, worker);
            var pixels = PixelRectangles.Letterboxed(stored, width, height, box, memory.Width, memory.Height, worker);
            ColourPlanes.Write(pixels, memory.Width, memory.Height, tables: [], flipVertical: false, flipHorizontal: false, memory.PixelsOf(sample));
            memory.SetImageIndex(sample, index);
            memory.SetMapping(sample, mapping);
            var labels = memory.LabelsOf(sample);
            foreach (var label in image.Boxes)
            {
                labels.Add(new LabelBox(
                    label.ClassIndex,
                    (label.CenterX * box.InnerWidth + box.Left) / memory.Width, (label.CenterY * box.InnerHeight + box.Top) / memory.Height,
                    label.Width * box.InnerWidth / memory.Width, label.Height * box.InnerHeight / memory.Height));
            }
        }

        internal override void Finish(ValidationBatch memory) => memory.JoinLabels();

        protected override ValidationBatch NewBatch() => new(options.BatchSize);

        protected override SampleScratch NewWorker() => new();
    }
}
