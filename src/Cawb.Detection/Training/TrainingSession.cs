using Cawb.Detection.Data;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Loss;
using Cawb.Detection.Model;
using Cawb.Torch;

namespace Cawb.Detection.Training;

/// <summary>One training: network, optimizer, schedule and data, at a position that can be saved and taken up again bit for bit.</summary>
/// <remarks>
/// All calls belong on one thread. Learning rates come from the schedule at every batch, the same for all parameter groups. Gradients of
/// <see cref="Cawb.TrainingPlan.Accumulation"/> batches, counted through the run, make one optimizer step; a rest at the end of the run makes one too.
/// Differs from the release there: it drops a rest at the end of each epoch.
/// </remarks>
public sealed partial class TrainingSession : IDisposable
{
    private readonly TrainingSettings settings;
    private readonly DetectionData data;
    private readonly YoloModel model;
    private readonly WeightAverage average;
    private readonly SgdOptimizer optimizer;
    private readonly TrainingStep step;
    private readonly LearningRateScheduler scheduler;
    private readonly TrainingLoader trainingLoader;
    private readonly ValidationLoader validationLoader;
    private LossTerms sums;

    /// <summary>A training at its start.</summary>
    /// <param name="settings">What to compute.</param>
    /// <param name="data">What to learn from and to validate on.</param>
    public TrainingSession(TrainingSettings settings, DetectionData data)
    {
        (this.settings, this.data) = (settings, data);
        var hyper = settings.HyperParameters;
        trainingLoader = new TrainingLoader(data.Training, new TrainingLoaderOptions
        {
            ImageSize = settings.ImageSize,
            BatchSize = settings.BatchSize,
            Seed = settings.Seed,
            Workers = settings.LoaderWorkers,
            Augmentation = hyper.ToAugmentation(),
        });
        validationLoader = new ValidationLoader(data.Validation, new ValidationLoaderOptions
        {
            ImageSize = settings.ImageSize,
            BatchSize = 2 * settings.BatchSize,
            Workers = settings.LoaderWorkers,
        });
        Plan = TrainingPlan.FromEpochs(settings.Epochs, trainingLoader.BatchesPerEpoch, hyper.Accumulation(settings.BatchSize));
        scheduler = new LearningRateScheduler(Plan, settings.Schedule, hyper.LearningRate);
        model = new YoloModel(settings.Size, data.ClassNames.Count, settings.Anchors, ElementType.Float32, settings.Device);
        WeightInitializer.Initialize(model, settings.Seed);
        average = new WeightAverage(model);
        optimizer = ParameterGroups.CreateSgd(model, hyper.ScaledWeightDecay(settings.BatchSize));
        foreach (var group in optimizer.Groups)
        {
            group.Momentum = hyper.Momentum;
        }

        var loss = new DetectionLoss(settings.Anchors, model.ClassCount, hyper.ToLossGains(model.ClassCount, settings.ImageSize));
        step = new TrainingStep(model, optimizer, average, loss, hyper.MaxGradientNorm);
    }

    /// <summary>Epochs, batches and accumulation of the run.</summary>
    public TrainingPlan Plan { get; }

    /// <summary>The epoch at hand, 0-based; the number of epochs when all is done.</summary>
    public int Epoch { get; private set; }

    /// <summary>Batches of the epoch that are trained.</summary>
    public int Batch { get; private set; }

    /// <summary>Whether the batches of the epoch are trained and its validation is due.</summary>
    public bool IsEpochTrained => Batch == Plan.BatchesPerEpoch;

    /// <summary>Whether every epoch is trained and validated.</summary>
    public bool IsFinished => Epoch == settings.Epochs;

    /// <summary>The highest AP of a validation so far; -1 before the first.</summary>
    public double BestAveragePrecision { get; private set; } = -1;

    /// <summary>The 0-based epoch of <see cref="BestAveragePrecision"/>; -1 before the first.</summary>
    public int BestEpoch { get; private set; } = -1;

    /// <summary>The network with the averaged weights; owned by this object.</summary>
    public YoloModel AveragedModel => average.Model;

    /// <summary>Trains the rest of the epoch, batch by batch; ends after the batch at hand when cancelled.</summary>
    /// <exception cref="TrainingException">The loss or its gradient is not finite.</exception>
    public IEnumerable<BatchOutcome> TrainEpoch(CancellationToken cancellation)
    {
        if (IsEpochTrained || IsFinished)
        {
            yield break;
        }

        // Waiting for pictures is not cut off by the caller's token: a batch that began is finished.
        foreach (var batch in Timed(trainingLoader.Read(Epoch, Batch, CancellationToken.None)))
        {
            yield return TrainBatch(batch);
            if (cancellation.IsCancellationRequested)
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

        var evaluation = Validation.Run(average.Model, validationLoader, data.Validation, settings.Device, cancellation);
        var isBest = evaluation.AveragePrecision > BestAveragePrecision;
        if (isBest)
        {
            (BestAveragePrecision, BestEpoch) = (evaluation.AveragePrecision, Epoch);
        }

        double count = Plan.BatchesPerEpoch;
        var means = new LossTerms(sums.Box / count, sums.Objectness / count, sums.Class / count, sums.Total / count);
        var lastRate = settings.Schedule.ValueAt(Plan.EpochsFromBatches(scheduler.Position - 1), settings.HyperParameters.LearningRate);
        var outcome = new EpochOutcome(Epoch, means, lastRate, evaluation, isBest);
        (Epoch, Batch, sums) = (Epoch + 1, 0, default);
        return outcome;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        trainingLoader.Dispose();
        validationLoader.Dispose();
        optimizer.Dispose();
        average.Dispose();
        model.Dispose();
    }

    private BatchOutcome TrainBatch(TrainingBatch batch)
    {
        using var scope = TensorScope.Begin();
        var rate = scheduler.LearningRates[0];
        foreach (var group in optimizer.Groups)
        {
            group.LearningRate = rate;
        }

        var terms = step.Accumulate(PixelTensor.From(batch.Pixels, batch.Count, batch.ImageSize, batch.ImageSize, settings.Device), Rows(batch));
        var isStep = scheduler.IsStepBoundary || scheduler.Position + 1 == Plan.TotalBatches;
        RequireFinite("loss", terms.Total, rate);
        var norm = isStep ? step.Apply() : double.NaN;
        RequireFinite("gradient", isStep ? norm : 0, rate);
        scheduler.Step();
        sums = new LossTerms(sums.Box + terms.Box, sums.Objectness + terms.Objectness, sums.Class + terms.Class, sums.Total + terms.Total);
        var outcome = new BatchOutcome(Epoch, Batch, batch.Count, terms, rate, norm);
        Batch++;
        return outcome;
    }

    private void RequireFinite(string what, double value, double rate)
    {
        if (!double.IsFinite(value))
        {
            throw new TrainingException(FormattableString.Invariant(
                $"The {what} is {value} at epoch {Epoch + 1}, batch {Batch + 1}, learning rate {rate:g4}. Train with a lower lr0 or a longer warm-up; the last checkpoint is from before this epoch."));
        }
    }

    private static LabelRow[] Rows(TrainingBatch batch)
    {
        const int Columns = 6;
        var rows = new LabelRow[batch.LabelCount];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = batch.Labels.Slice(i * Columns, Columns);
            rows[i] = new LabelRow((int)row[0], (int)row[1], row[2], row[3], row[4], row[5]);
        }

        return rows;
    }
}
