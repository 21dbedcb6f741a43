using System.Globalization;
using Cawb.Coco;
using Cawb.Detection.Data;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Evaluation;
using Cawb.Detection.Images;
using Cawb.Detection.Inference;
using Cawb.Detection.Pictures;
using Cawb.Reports.Charts;
using Cawb.Reports.Files;
using Cawb.Training.Loop;
using Cawb.Training.Runs;

namespace Cawb.Training.Pictures;

/// <summary>Everything in a run directory that is there to be looked at. All of it follows from <c>metrics.csv</c>, the record and the batches, and can be made again.</summary>
/// <remarks>
/// <c>results.csv</c>, TensorBoard's events and the reports are written after every epoch. Pictures take time to draw: they are as new as <see cref="DrawingTime"/> allows while the run goes
/// on, and up to date when it ends or is interrupted. Those of the validation show the weights of the epoch at hand, and in the end the best ones.
/// </remarks>
internal sealed class RunPictures : IBatchWatcher
{
    private readonly RunDirectory directory;
    private readonly DetectionData data;
    private readonly Chart rates;
    private readonly PictureFolder folder;
    private readonly EventLog events;
    private readonly DrawingTime time;
    private readonly bool areDrawn;
    private readonly List<(string Name, Image Image)> batches = [];
    private MetricsTable? metrics;
    private Validated? waiting;
    private bool areLabelsDrawn;

    /// <param name="directory">Of the run.</param>
    /// <param name="data">That it is trained and validated on.</param>
    /// <param name="rates">The chart of its rates.</param>
    /// <param name="areDrawn">Whether there are pictures; numbers and reports there are always.</param>
    /// <param name="clock">Where time comes from.</param>
    public RunPictures(RunDirectory directory, DetectionData data, Chart rates, bool areDrawn, TimeProvider clock)
    {
        (this.directory, this.data, this.rates, this.areDrawn) = (directory, data, rates, areDrawn);
        folder = new PictureFolder(directory.Path);
        events = new EventLog(directory.Path);
        time = new DrawingTime(clock);
    }

    /// <summary>Time that all of this took so far.</summary>
    public TimeSpan Taken => time.Total;

    /// <summary>The run begins or goes on: what follows from its rows so far is made anew.</summary>
    /// <exception cref="FileException">A file cannot be written.</exception>
    public void Begin() => time.Spend(() =>
    {
        if (areDrawn)
        {
            folder.Write(PictureNames.Labels, LabelsPicture.Of(PartStatistics.Of(data.Training)));
        }

        WriteNumbers();
    });

    void IBatchWatcher.Trained(int epoch, TrainingBatch batch)
    {
        if (areDrawn && epoch == 0 && batch.Index < PictureNames.Batches)
        {
            time.Spend(() => folder.Write(PictureNames.TrainingBatch(batch.Index), BatchPicture.OfLabels(batch, data.Training)));
        }
    }

    void IBatchWatcher.Validated(ValidationBatch batch, IReadOnlyList<DetectedBox>[] found)
    {
        if (areDrawn)
        {
            time.Spend(() => Draw(batch, found));
        }
    }

    /// <summary>An epoch is validated and in <c>metrics.csv</c>.</summary>
    /// <param name="epoch">What it gave.</param>
    /// <param name="isLast">Whether <see cref="Complete"/> follows, which draws in any case.</param>
    /// <exception cref="FileException">A file cannot be written.</exception>
    public void Add(EpochOutcome epoch, bool isLast)
    {
        time.Spend(WriteNumbers);
        Keep(epoch.Validation, epoch.Epoch + 1);
        if (!isLast && time.IsDue)
        {
            DrawWaiting("");
        }

        WriteReport();
    }

    /// <summary>Draws what has not been drawn since the last epoch.</summary>
    /// <exception cref="FileException">A file cannot be written.</exception>
    public void BringUpToDate()
    {
        DrawWaiting("");
        WriteReport();
    }

    /// <summary>Draws the pictures of the best weights.</summary>
    /// <param name="bestEpoch">Its number.</param>
    /// <param name="validate">Validates its weights and shows the batches, where another epoch was validated last.</param>
    /// <exception cref="FileException">A file cannot be written.</exception>
    public void Complete(int bestEpoch, Func<ValidationOutcome> validate)
    {
        if (!areDrawn)
        {
            return;
        }

        if (waiting?.Epoch != bestEpoch)
        {
            Keep(validate(), bestEpoch);
        }

        DrawWaiting(", best weights");
        WriteReport();
    }

    private void Draw(ValidationBatch batch, IReadOnlyList<DetectedBox>[] found)
    {
        if (batch.Index == 0)
        {
            batches.Clear();
        }

        batches.AddRange(ValidationPictures.Of(batch, found, data.Validation, hasLabels: !areLabelsDrawn));
    }

    // Only what a confusion matrix counts is kept: a validation finds hundreds of boxes on every image.
    private void Keep(ValidationOutcome outcome, int epoch)
    {
        if (!areDrawn)
        {
            return;
        }

        var confident = new CocoDetections();
        for (var i = 0; i < outcome.Detections.Count; i++)
        {
            if (outcome.Detections[i].Score >= ValidationPictures.ConfusionScore)
            {
                confident.Add(outcome.Detections[i]);
            }
        }

        waiting = new Validated(epoch, [.. batches], outcome.Yolo, confident);
    }

    private void DrawWaiting(string whose)
    {
        if (waiting is not { } latest || metrics is not { } rows)
        {
            return;
        }

        time.Draw(() =>
        {
            folder.Write(PictureNames.Results, ResultsPicture.Of(Path.GetFileName(directory.Path), ResultsPicture.Charts(rows, rates)));
            ValidationPictures.Write(
                folder, latest.Batches, latest.Yolo, CocoConfusionMatrix.Count(data.Validation.GroundTruth, latest.Confident, ValidationPictures.ConfusionScore), ValidationPictures.ConfusionScore,
                data.Validation.ClassNames, string.Create(CultureInfo.InvariantCulture, $"{whose}, epoch {latest.Epoch}"));
        });
        (waiting, areLabelsDrawn) = (null, true);
    }

    private void WriteNumbers()
    {
        var now = MetricsTable.Read(Path.Combine(directory.Path, RunDirectory.MetricsFileName));
        AtomicFile.WriteText(Path.Combine(directory.Path, "results.csv"), YoloResults.Csv(now));
        events.Write(now);
        metrics = now;
    }

    private void WriteReport()
    {
        if (metrics is { RowCount: > 0 })
        {
            time.Spend(() => RunReport.Write(directory, rates));
        }
    }

    private sealed record Validated(int Epoch, IReadOnlyList<(string Name, Image Image)> Batches, YoloEvaluation Yolo, CocoDetections Confident);
}
