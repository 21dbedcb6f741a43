using Cawb.Detection;
using Cawb.Detection.Data;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Evaluation;
using Cawb.Detection.Inference;
using Cawb.Detection.Loss;
using Cawb.Detection.Model;
using Cawb.Detection.Weights;
using Cawb.Training.Options;
using Cawb.Training.Ranks;
using Cawb.Training.Snapshots;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cawb.Training.Loop;

/// <summary>One training: network, optimizer, schedule and data, at a position that can be saved and taken up again bit for bit.</summary>
/// <remarks>
/// All calls belong on one thread. Rates, momentum, weight decay and optimizer steps are those of <see cref="OptimizerDriver"/>; a rest of gathered gradients at the end of the
/// run makes a step too. Differs from YOLOv5 there: it drops a rest at the end of each epoch.
/// </remarks>
public sealed partial class TrainingSession : IDisposable
{
    private readonly TrainOptions options;
    private readonly Device device;
    private readonly DetectionData data;
    private readonly YoloModel model;
    private readonly WeightAverage average;
    private readonly ParameterGroups groups;
    private readonly DetectionLoss loss;
    private readonly DetectionLoss validationLoss;
    private readonly TrainingStep step;
    private readonly IRanks ranks;
    private readonly StepExchange exchange;
    private readonly OptimizerDriver driver;
    private readonly TrainingLoader trainingLoader;
    private readonly ValidationLoader validationLoader;
    private LossTerms sums;

    /// <summary>A training at its start.</summary>
    /// <param name="options">What to compute.</param>
    /// <param name="schedule">The learning rate over the run.</param>
    /// <param name="data">What to learn from and to validate on; the options name it, and it is read already.</param>
    /// <exception cref="InputException">Options and schedule contradict each other.</exception>
    public TrainingSession(TrainOptions options, Schedule schedule, DetectionData data)
        : this(options, schedule, data, OneRank.Only)
    {
    }

    /// <summary>A training at its start, as one of several ranks that go through the same batches together, each with its part of them.</summary>
    /// <param name="options">What to compute.</param>
    /// <param name="schedule">The learning rate over the run.</param>
    /// <param name="data">What to learn from and to validate on; the options name it, and it is read already.</param>
    /// <param name="ranks">All of them; outlive this object.</param>
    /// <exception cref="InputException">Options and schedule contradict each other, or there are more ranks than images in a batch.</exception>
    public TrainingSession(TrainOptions options, Schedule schedule, DetectionData data, IRanks ranks)
    {
        if (options.BatchSize < ranks.Size)
        {
            throw new InputException(FormattableString.Invariant(
                $"--batch-size is {options.BatchSize}, and there are {ranks.Size} ranks to share it. It is the number of images in a batch over all ranks: raise it to {ranks.Size} or more, or start fewer ranks."));
        }

        (this.options, this.data, this.ranks, device) = (options, data, ranks, ComputeDevice.Open(RankDevice.Of(options.Device, ranks)));
        var hyper = options.HyperParameters;
        var anchors = options.AnchorSet;
        var workers = options.Workers > 0 ? options.Workers : Math.Max(1, options.Threads / 2);
        ImageCache = options.Cache switch
        {
            TrainOptions.MemoryCache => ImageCache.Plan(data, options.ImageSize, ImageCacheKind.Memory),
            TrainOptions.DiskCache => ImageCache.Plan(data, options.ImageSize, ImageCacheKind.Disk),
            _ => ImageCache.Usual,
        };
        trainingLoader = new TrainingLoader(data.Training, new TrainingLoaderOptions
        {
            Rectangular = options.Rect,
            CacheBytes = ImageCache.TrainingBytes ?? TrainingLoaderOptions.UsualCacheBytes,
            CacheFile = ImageCache.TrainingFile,
            ImageSize = options.ImageSize,
            BatchSize = options.BatchSize,
            Seed = (ulong)options.Seed,
            Workers = workers,
            Augmentation = hyper,
            Parts = ranks.Size,
            Part = ranks.Rank,
        });
        validationLoader = new ValidationLoader(data.Validation, new ValidationLoaderOptions
        {
            CacheBytes = ImageCache.ValidationBytes ?? ValidationLoaderOptions.UsualCacheBytes,
            CacheFile = ImageCache.ValidationFile,
            ImageSize = options.ImageSize,
            BatchSize = 2 * options.BatchSize,
            Workers = workers,
        });
        model = new YoloModel(ModelSize.FromName(options.Model), data.ClassNames.Count, anchors, ScalarType.Float32, device);
        WeightInitializer.Initialize(model, (ulong)options.Seed);
        average = new WeightAverage(model, options.Freeze);
        groups = new ParameterGroups(model, options.Freeze, options.Optimizer);
        driver = new OptimizerDriver(options, schedule, trainingLoader.BatchesPerEpoch, groups.Optimizer);
        exchange = new StepExchange(ranks, model, options.SyncBn, options.FastReduce);
        var gains = hyper.ToLossGains(model.ClassCount, options.ImageSize);
        loss = new DetectionLoss(anchors, model.ClassCount, gains, exchange.Sum);
        validationLoss = new DetectionLoss(anchors, model.ClassCount, gains);
        step = new TrainingStep(model, groups, average, loss, hyper.MaxGradientNorm, exchange);
        troughs = new(() => SnapshotMoments.Of(schedule, Plan));
    }

    /// <summary>Where decoded images are kept.</summary>
    public ImageCache ImageCache { get; }

    /// <summary>Epochs, batches and accumulation of the run.</summary>
    public TrainingPlan Plan => driver.Plan;

    /// <summary>The learning rate of kernels over the run, warm-up included.</summary>
    public Schedule LearningRateSchedule => driver.LearningRateSchedule;

    /// <summary>Batches of the warm-up that comes from the hyper-parameters; 0 without it.</summary>
    public long WarmupBatches => driver.WarmupBatches;

    /// <summary>The epoch at hand, 0-based; the number of epochs when all is done.</summary>
    public int Epoch { get; private set; }

    /// <summary>Batches of the epoch that are trained.</summary>
    public int Batch { get; private set; }

    /// <summary>Whether the batches of the epoch are trained and its validation is due.</summary>
    public bool IsEpochTrained => Batch == Plan.BatchesPerEpoch;

    /// <summary>Whether the last epochs brought no higher fitness, as many as <see cref="TrainOptions.Patience"/>.</summary>
    public bool IsStoppedEarly => options.Patience > 0 && BestFitnessEpoch >= 0 && Epoch - 1 - BestFitnessEpoch >= options.Patience;

    /// <summary>Whether every epoch is trained and validated, or the training stopped early.</summary>
    public bool IsFinished => Epoch == options.Epochs || IsStoppedEarly;

    /// <summary>The highest AP of a validation so far; -1 before the first.</summary>
    public double BestAveragePrecision { get; private set; } = -1;

    /// <summary>The 0-based epoch of <see cref="BestAveragePrecision"/>; -1 before the first.</summary>
    public int BestEpoch { get; private set; } = -1;

    /// <summary>The highest <see cref="Fitness"/> of a validation so far; -1 before the first.</summary>
    public double BestFitness { get; private set; } = -1;

    /// <summary>The 0-based epoch of <see cref="BestFitness"/>, the last of several that are equal; -1 before the first.</summary>
    public int BestFitnessEpoch { get; private set; } = -1;

    /// <summary>Is shown every batch.</summary>
    public IBatchWatcher Watcher { get; set; } = new Unwatched();

    /// <summary>The rates of the parameter groups over the run, warm-up included.</summary>
    public IReadOnlyList<Schedule> LearningRateSchedules => driver.LearningRateSchedules;

    /// <summary>The network with the averaged weights; owned by this object.</summary>
    public YoloModel AveragedModel => average.Model;

    /// <summary>Starts from the weights of a file instead of drawn ones; before the first batch.</summary>
    /// <param name="path">See <see cref="WeightFile.TransferInto"/>.</param>
    /// <exception cref="SafetensorsException">The file cannot be read.</exception>
    /// <exception cref="WeightFileException">The file cannot be read or does not fit.</exception>
    public WeightTransfer StartFrom(string path)
    {
        if (driver.Position > 0)
        {
            throw new InvalidOperationException($"{driver.Position} batches are trained; weights can be loaded before the first.");
        }

        var transfer = WeightFile.TransferInto(path, model);
        average.Reset();
        return transfer;
    }

    /// <summary>Trains the rest of the epoch, batch by batch; ends after the batch at hand when cancelled, on all ranks when on any of them.</summary>
    /// <exception cref="TrainingException">The loss or its gradient is not finite.</exception>
    public IEnumerable<BatchOutcome> TrainEpoch(CancellationToken cancellation)
    {
        if (IsEpochTrained || IsFinished)
        {
            yield break;
        }

        // Waiting for images is not cut off by the caller's token: a batch that began is finished.
        foreach (var batch in Timed(trainingLoader.Read(Epoch, Batch, CancellationToken.None)))
        {
            var outcome = TrainBatch(batch);
            Watcher.Trained(outcome.Epoch, batch);
            yield return outcome;
            if (exchange.IsAny(cancellation.IsCancellationRequested))
            {
                yield break;
            }
        }
    }

    /// <summary>Validates the averaged weights, closes the epoch and moves to the next one.</summary>
    /// <param name="cancellation">Stops between two batches; the epoch stays open then.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="InvalidOperationException">Batches of the epoch are left.</exception>
    public EpochOutcome CompleteEpoch(CancellationToken cancellation)
    {
        if (!IsEpochTrained)
        {
            throw new InvalidOperationException($"Epoch {Epoch} has {Plan.BatchesPerEpoch - Batch} batches left; train them first.");
        }

        var (validation, terms) = Validate(cancellation);
        var evaluation = validation.Coco;
        double count = Plan.BatchesPerEpoch;
        var means = new LossTerms(sums.Box / count, sums.Objectness / count, sums.Class / count, sums.Total / count);
        var outcome = new EpochOutcome(Epoch, means, driver.LearningRatesAt(driver.Position - 1), validation, terms, IsBest(evaluation.AveragePrecision));
        CloseEpoch(evaluation.AveragePrecision, Fitness.Of(evaluation.AveragePrecision50, evaluation.AveragePrecision));
        return outcome;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        trainingLoader.Dispose();
        validationLoader.Dispose();
        groups.Dispose();
        average.Dispose();
        model.Dispose();
    }

    // Where AP is not defined, because there are no labels to validate on, the last epoch is as good as any, as for YOLOv5.
    private bool IsBest(double averagePrecision) => averagePrecision > BestAveragePrecision || (averagePrecision < 0 && BestAveragePrecision < 0);

    // What a validation decides about the rest of the run.
    private void CloseEpoch(double averagePrecision, double fitness)
    {
        if (IsBest(averagePrecision))
        {
            (BestAveragePrecision, BestEpoch) = (averagePrecision, Epoch);
        }

        if (fitness >= BestFitness)
        {
            (BestFitness, BestFitnessEpoch) = (fitness, Epoch);
        }

        driver.Report(averagePrecision);
        (Epoch, Batch, sums) = (Epoch + 1, 0, default);
    }

    private BatchOutcome TrainBatch(TrainingBatch batch)
    {
        using var scope = NewDisposeScope();
        SetPlace();
        var rate = driver.LearningRate;
        var terms = step.Accumulate(Images(batch), batch.Labels);
        var isStep = driver.IsStepDue || driver.Position + 1 == Plan.TotalBatches;
        RequireFinite("loss", terms.Total, rate);
        var norm = isStep ? step.Apply() : double.NaN;
        RequireFinite("gradient", isStep ? norm : 0, rate);
        driver.MoveOn(isStep);
        sums = new LossTerms(sums.Box + terms.Box, sums.Objectness + terms.Objectness, sums.Class + terms.Class, sums.Total + terms.Total);
        var outcome = new BatchOutcome(Epoch, Batch, Math.Min(options.BatchSize, trainingLoader.SamplesPerEpoch - (Batch * options.BatchSize)), terms, rate, norm);
        Batch++;
        return outcome;
    }

    private Tensor Images(TrainingBatch batch)
    {
        var images = PixelTensor.From(batch.Pixels, batch.Count, batch.Height, batch.Width, device);
        var (height, width) = options.MultiScale ? VaryingSize.Of((ulong)options.Seed, Epoch, Batch, batch.Height, batch.Width) : (batch.Height, batch.Width);
        return height == batch.Height && width == batch.Width ? images
            : batch.Count == 0 ? zeros([0, images.size(1), height, width], images.dtype, device)
            : interpolate(images, [height, width], mode: InterpolationMode.Bilinear, align_corners: false);
    }

    private void RequireFinite(string what, double value, double rate)
    {
        if (!double.IsFinite(value))
        {
            throw new TrainingException(FormattableString.Invariant(
                $"The {what} is {value} at epoch {Epoch + 1}, batch {Batch + 1}, learning rate {rate:g4}. Train with a lower lr0 or a longer warm-up; the last checkpoint is from before this epoch."));
        }
    }

    private sealed class Unwatched : IBatchWatcher
    {
        public void Trained(int epoch, TrainingBatch batch)
        {
        }

        public void Validated(ValidationBatch batch, IReadOnlyList<DetectedBox>[] found)
        {
        }
    }
}
