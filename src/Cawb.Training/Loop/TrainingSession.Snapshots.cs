using Cawb.Coco;
using Cawb.Detection.Evaluation;
using Cawb.Detection.Inference;
using Cawb.Detection.Model;
using Cawb.Detection.Weights;
using Cawb.Training.Snapshots;

namespace Cawb.Training.Loop;

public sealed partial class TrainingSession
{
    private readonly Lazy<IReadOnlyList<long>> troughs;

    /// <summary>Batches of the run that are trained.</summary>
    public long TrainedBatches => driver.Position;

    /// <summary>Numbers of trained batches after which the schedule stands in a trough that is worth a snapshot; see <see cref="SnapshotMoments"/>.</summary>
    public IReadOnlyList<long> Troughs => troughs.Value;

    /// <summary>Evaluates what snapshots of this run are worth together, on the validation images.</summary>
    /// <param name="weightFiles">Files that <see cref="WriteWeights"/> wrote, two or more, in the order of the run.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="WeightFileException">A file belongs to another network.</exception>
    public SnapshotOutcome EvaluateSnapshots(IReadOnlyList<string> weightFiles, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(weightFiles);
        ArgumentOutOfRangeException.ThrowIfLessThan(weightFiles.Count, 2);
        var members = new List<YoloModel>();
        try
        {
            foreach (var file in weightFiles)
            {
                members.Add(new YoloModel(model.Size, model.ClassCount, model.Anchors, model.Type, model.Device));
                WeightFile.ReadInto(file, members[^1]);
            }

            var ensemble = Evaluate(new Detector(members, SuppressionOptions.Validation), cancellation);
            SnapshotWeights.AverageIntoFirst(members);
            NormStatistics.Recompute(members[0], trainingLoader, cancellation);
            return new SnapshotOutcome(ensemble, Evaluate(new Detector(members[0], SuppressionOptions.Validation), cancellation));
        }
        finally
        {
            members.ForEach(member => member.Dispose());
        }
    }

    /// <summary>Validates a file of weights of this run, and shows its batches to the <see cref="Watcher"/>. On several ranks the others take no part.</summary>
    /// <param name="weightFile">A file that <see cref="WriteWeights"/> wrote.</param>
    /// <param name="cancellation">Stops between two batches.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="WeightFileException">The file belongs to another network.</exception>
    public ValidationOutcome Validate(string weightFile, CancellationToken cancellation)
    {
        using var saved = new YoloModel(model.Size, model.ClassCount, model.Anchors, model.Type, model.Device);
        WeightFile.ReadInto(weightFile, saved);
        return Validation.RunFully(
            new Detector(saved, SuppressionOptions.Validation), validationLoader, data.Validation, new ValidationLoss(validationLoss, Watcher, () => { }), cancellation);
    }

    private CocoEvaluation Evaluate(Detector detector, CancellationToken cancellation) =>
        Validation.Run(detector, validationLoader, data.Validation, cancellation);
}
