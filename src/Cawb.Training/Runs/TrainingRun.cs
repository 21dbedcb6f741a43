using System.Globalization;
using Cawb.Detection;
using Cawb.Detection.Data;
using Cawb.Detection.Weights;
using Cawb.Reports.Charts;
using Cawb.Training.Loop;
using Cawb.Training.Options;
using Cawb.Training.Pictures;
using Cawb.Training.Ranks;
using Cawb.Training.Snapshots;

namespace Cawb.Training.Runs;

/// <summary>A training in its directory: trains, validates, records, keeps checkpoints.</summary>
public sealed class TrainingRun : IDisposable
{
    private const string TensorsPart = "tensors.safetensors";
    private const string LastWeights = "last.safetensors";
    private const string BestWeights = "best.safetensors";

    private readonly RunDirectory directory;
    private readonly TrainingSession session;
    private readonly List<string> notes = [];
    private readonly DetectionData data;

    private TrainingRun(RunDirectory directory, TrainingSession session, TrainOptions options, Schedule schedule, DetectionData data) =>
        (this.directory, this.session, Options, Schedule, this.data, HasPictures) = (directory, session, options, schedule, data, !options.NoPlots);

    /// <summary>The columns of <c>metrics.csv</c>.</summary>
    public static MetricsColumns Columns { get; } = new(
        [
            MetricNames.Epoch, MetricNames.LearningRate, MetricNames.BoxLoss, MetricNames.ObjectnessLoss, MetricNames.ClassLoss,
            MetricNames.AveragePrecision, MetricNames.AveragePrecision50, MetricNames.AveragePrecision75,
            MetricNames.ValidationBoxLoss, MetricNames.ValidationObjectnessLoss, MetricNames.ValidationClassLoss,
            MetricNames.Precision, MetricNames.Recall, MetricNames.Yolov5AveragePrecision50, MetricNames.Yolov5AveragePrecision,
            MetricNames.BiasLearningRate, MetricNames.ScaleLearningRate,
        ],
        ["data_wait_seconds", "train_seconds", "validation_seconds", "report_seconds"]);

    /// <summary>All effective options.</summary>
    public TrainOptions Options { get; }

    /// <summary>Of the learning rate.</summary>
    public Schedule Schedule { get; }

    /// <summary>Epochs and batches.</summary>
    public TrainingPlan Plan => session.Plan;

    /// <summary>The run's directory.</summary>
    public string Path => directory.Path;

    /// <summary>What a person should know before it trains, a sentence or two each.</summary>
    public IReadOnlyList<string> Notes => notes;

    /// <summary>Whether it draws pictures into its directory.</summary>
    public bool HasPictures { get; set; }

    /// <summary>Whether nothing is left to train.</summary>
    public bool IsFinished => session.IsFinished;

    /// <summary>Whether it ended before its last epoch because fitness no longer rose.</summary>
    public bool IsStoppedEarly => session.IsStoppedEarly && session.Epoch < Options.Epochs;

    /// <summary>Whether the training in a run directory is at its end.</summary>
    /// <param name="path">The directory.</param>
    public static bool IsTrained(string path) => File.Exists(System.IO.Path.Combine(path, LastWeights));

    /// <summary>Makes the run's directory and a session at its start.</summary>
    /// <param name="path">The directory; null for the next free name in the project.</param>
    /// <param name="options">The options.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="data">The data, read and checked.</param>
    /// <param name="ranks">This is the first of them; the others are <see cref="FollowingRank"/>.</param>
    /// <param name="project">The folder of runs without a path.</param>
    /// <param name="name">Of a run without a path; it gets a number while the name is taken.</param>
    /// <param name="isStrict">Whether warnings of <see cref="ScheduleCheck"/> are errors.</param>
    public static TrainingRun Start(
        string? path, TrainOptions options, Schedule schedule, DetectionData data, IRanks ranks, string project = "runs/train", string name = "exp", bool isStrict = false)
    {
        var note = options.Weights.Length > 0 ? RunWeights.Of(options.Weights).Note : "";
        var recorded = options.CompletedFor(data) with { Ranks = ranks.Size };
        var definition = RunRecord(recorded, schedule, data);

        // The directory comes last: what cannot be trained leaves none behind.
        var session = NewSession(recorded, schedule, data, ranks);
        return OwnedBy(session, () =>
        {
            var warnings = ScheduleCheck.Of(recorded, schedule, session.Plan.BatchesPerEpoch);
            if (isStrict)
            {
                ScheduleCheck.RequireNone(warnings);
            }

            string[] notes = [.. TrainingNotes.Of(session, data, recorded, StartFromWeights(session, recorded)), .. warnings.Select(warning => $"Warning: {warning}")];
            var run = new TrainingRun(
                path is null ? RunDirectory.CreateNumbered(project, name, definition, Columns) : RunDirectory.Create(path, definition, Columns), session, recorded, schedule, data);
            run.notes.AddRange(note.Length > 0 ? [note, .. notes] : notes);
            run.LeadOthers(ranks);
            return run;
        });
    }

    /// <summary>Opens a run and goes back to its last checkpoint.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="ranks">This is the first of them; they need not be as many as before.</param>
    /// <param name="cancellation">For the reading of the data.</param>
    public static TrainingRun Resume(string path, IRanks ranks, CancellationToken cancellation) => Resume(path, ranks, options => DetectionData.Open(options.Data, cancellation));

    /// <summary>Opens a run and goes back to its last checkpoint.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="ranks">This is the first of them; they need not be as many as before.</param>
    /// <param name="open">Gives the data that the run's options name.</param>
    public static TrainingRun Resume(string path, IRanks ranks, Func<TrainOptions, DetectionData> open)
    {
        var directory = RunDirectory.Open(path);
        return OwnedBy(directory, () =>
        {
            Versions.RequireSameEngine(directory.Definition, path);
            RequireSameColumns(directory);
            var options = TrainOptions.FromJson(directory.Definition.OptionsJson, path);
            var data = open(options);
            var fingerprint = DataFingerprint(data);
            if (fingerprint != directory.Definition.DatasetSha256)
            {
                throw new InputException(
                    $"{path}: the data set {options.Data} is no longer the one that the run began with (SHA-256 {fingerprint[..12]}..., then {directory.Definition.DatasetSha256[..12]}...). Put the old one back, or start a new run.");
            }

            var schedule = ScheduleText.Parse(directory.Definition.ScheduleJson);
            var session = NewSession(options, schedule, data, ranks);
            return OwnedBy(session, () =>
            {
                var run = new TrainingRun(directory, session, options, schedule, data);
                if (session.ImageCache.Report.Length > 0)
                {
                    run.notes.Add(session.ImageCache.Report);
                }

                if (ranks.Size != options.Ranks)
                {
                    run.notes.Add(RankNote(options, ranks.Size));
                }

                run.GoBackToCheckpoint();
                run.LeadOthers(ranks);
                return run;
            });
        });
    }

    /// <summary>Opens a run and gives it another length: its schedules are changed as <see cref="PlanChange.Extend"/> and <see cref="PlanChange.Shorten"/> say, and its record keeps what was.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="epochs">The new length; more than are trained.</param>
    /// <param name="ranks">This is the first of them; they need not be as many as before.</param>
    /// <param name="cancellation">For the reading of the data.</param>
    /// <exception cref="InputException">The run has that length, has trained as much already, belongs to a comparison, or its schedule cannot end there.</exception>
    public static TrainingRun Resume(string path, int epochs, IRanks ranks, CancellationToken cancellation)
    {
        DetectionData? data = null;
        PlanChange change;
        using (var run = Resume(path, OneRank.Only, options => data = DetectionData.Open(options.Data, cancellation)))
        {
            change = RunLength.Change(run.directory, run.Options, run.Schedule, run.Plan, run.session.TrainedBatches, epochs);
        }

        var changed = Resume(path, ranks, _ => data!);
        changed.notes.Insert(0, $"The run has {Counted.Of(epochs, "epoch")} now.\n{change}");
        return changed;
    }

    /// <summary>A session at its start, with its threads set.</summary>
    public static TrainingSession NewSession(TrainOptions options, Schedule schedule, DetectionData data) => NewSession(options, schedule, data, OneRank.Only);

    /// <summary>A session at its start as one of several ranks, with its threads set.</summary>
    internal static TrainingSession NewSession(TrainOptions options, Schedule schedule, DetectionData data, IRanks ranks)
    {
        ComputeThreads.Set(options.Threads);
        return new TrainingSession(options, schedule, data, ranks);
    }

    /// <summary>Trains to the end, or until asked to stop.</summary>
    /// <returns>Whether the run is finished.</returns>
    public bool Execute(ITrainingView view, TimeProvider time, CancellationToken cancellation)
    {
        var begin = session.TrainedBatches;
        RunNotes.Keep(directory, notes);
        var pictures = NewPictures(time);
        var reported = TimeSpan.Zero;
        view.Start(this, session.Epoch, session.Batch);
        pictures.Begin();
        while (!session.IsFinished)
        {
            var (start, atStart) = (time.GetTimestamp(), pictures.Taken);
            foreach (var outcome in session.TrainEpoch(cancellation))
            {
                view.Batch(outcome);
                KeepTrough();
            }

            if (!session.IsEpochTrained)
            {
                SaveInterrupted(begin, pictures);
                return false;
            }

            var (trained, atTrained) = (time.GetTimestamp(), pictures.Taken);
            EpochOutcome epoch;
            try
            {
                epoch = session.CompleteEpoch(cancellation);
            }
            catch (OperationCanceledException)
            {
                SaveInterrupted(begin, pictures);
                return false;
            }

            Record(
                epoch, time.GetElapsedTime(start, trained) - (atTrained - atStart), time.GetElapsedTime(trained) - (pictures.Taken - atTrained), pictures.Taken - reported);
            reported = pictures.Taken;
            pictures.Add(epoch, isLast: session.Epoch == Options.Epochs);
            view.Epoch(epoch, time.GetElapsedTime(start));
        }

        Complete(pictures, cancellation);
        return true;
    }

    /// <summary>Writes what a finished run ends with and may lack, because its process was killed: the last weights, and what there is to look at.</summary>
    /// <param name="time">Where time comes from.</param>
    /// <param name="cancellation">Ends the drawing.</param>
    public void Complete(TimeProvider time, CancellationToken cancellation)
    {
        var pictures = NewPictures(time);
        pictures.Begin();
        Complete(pictures, cancellation);
    }

    /// <summary>Evaluates the kept troughs and the end of a finished run together; null where the run kept none.</summary>
    public SnapshotOutcome? EvaluateSnapshots(CancellationToken cancellation) => Options.KeepTroughs && session.Troughs.Count > 0
        ? session.EvaluateSnapshots([.. session.Troughs.Select((_, i) => TroughWeights(i)).Append(LastWeights).Select(name => System.IO.Path.Combine(Path, name))], cancellation)
        : null;

    /// <summary>Writes the pages of a finished run.</summary>
    public RunSummary WriteReport() => RunReport.Write(directory, Rates());

    /// <inheritdoc />
    public void Dispose()
    {
        session.Dispose();
        directory.Dispose();
    }

    private RunPictures NewPictures(TimeProvider time)
    {
        var pictures = new RunPictures(directory, data, Rates(), HasPictures, time);
        session.Watcher = pictures;
        return pictures;
    }

    private Chart Rates() =>
        RunCharts.LearningRate("Learning rate of every batch", RunSchedules.OfGroups(session.LearningRateSchedules, Plan, Options.HyperParameters.LearningRate), AxisScale.Linear);

    // The best weights are what a run is for: they are what its pictures show in the end.
    private void Complete(RunPictures pictures, CancellationToken cancellation)
    {
        directory.WriteFile(LastWeights, session.WriteWeights);
        var best = System.IO.Path.Combine(Path, BestWeights);
        try
        {
            pictures.Complete(session.BestEpoch >= 0 ? session.BestEpoch + 1 : session.Epoch, () => session.Validate(File.Exists(best) ? best : System.IO.Path.Combine(Path, LastWeights), cancellation));
        }
        catch (OperationCanceledException)
        {
            // Everything is trained and kept; what is shown is that of the last epoch then.
            pictures.BringUpToDate();
        }
    }

    // Before the checkpoint that follows: killed in between, the batches are trained again and give the same bytes.
    private void KeepTrough()
    {
        if (Options.KeepTroughs && session.Troughs.ToList().IndexOf(session.TrainedBatches) is >= 0 and var index)
        {
            directory.WriteFile(TroughWeights(index), session.WriteWeights);
        }
    }

    private static string TroughWeights(int index) => string.Create(CultureInfo.InvariantCulture, $"trough-{index + 1}.safetensors");

    private void Record(EpochOutcome epoch, TimeSpan training, TimeSpan validation, TimeSpan report)
    {
        session.GatherGradients();
        var (terms, found, evaluation, yolo) = (epoch.MeanTerms, epoch.ValidationTerms, epoch.Evaluation, epoch.Validation.Yolo);
        directory.Metrics.Append(
            [
                epoch.Epoch + 1, epoch.LearningRate, terms.Box, terms.Objectness, terms.Class,
                evaluation.AveragePrecision, evaluation.AveragePrecision50, evaluation.AveragePrecision75,
                found.Box, found.Objectness, found.Class, yolo.Precision, yolo.Recall, yolo.AveragePrecision50, yolo.AveragePrecision,
                epoch.LearningRates[ParameterGroups.Biases], epoch.LearningRates[ParameterGroups.Scales],
            ],
            [session.WaitedForData.TotalSeconds, (training - session.WaitedForData).TotalSeconds, validation.TotalSeconds, report.TotalSeconds]);
        if (epoch.IsBest)
        {
            // Before the checkpoint that says so: killed in between, the epoch is trained again and gives the same bytes.
            directory.WriteFile(BestWeights, session.WriteWeights);
        }

        SaveCheckpoint(epoch.IsBest ? [RunDirectory.LastSlot, RunDirectory.BestSlot] : [RunDirectory.LastSlot]);
    }

    // A checkpoint that says nothing new stays as it is: who starts runs again and again sees by it that they get no further.
    private void SaveInterrupted(long begin, RunPictures pictures)
    {
        session.GatherGradients();
        if (session.TrainedBatches > begin || !directory.HasCheckpoint(RunDirectory.LastSlot))
        {
            SaveCheckpoint([RunDirectory.LastSlot]);
        }

        pictures.BringUpToDate();
    }

    private void SaveCheckpoint(string[] slots) =>
        directory.SaveCheckpoint(slots, new CheckpointContent(session.Epoch, session.Batch, session.CaptureState(), [new CheckpointPart(TensorsPart, session.WriteTensors)]));

    // The other ranks wait for this since they began.
    private void LeadOthers(IRanks ranks)
    {
        FollowingRank.Lead(ranks, Options, Schedule, directory.Definition.DatasetSha256);
        session.SharePosition();
    }

    private static string RankNote(TrainOptions options, int ranks) => string.Create(CultureInfo.InvariantCulture,
        $"The run began on {Counted.Of(options.Ranks, "rank")} and goes on with {Counted.Of(ranks, "rank")}: the same images in the same order, but {(options.SyncBn ? "" : "normalisations see other parts of a batch and ")}sums round otherwise, so its bits are no longer those of a run on {Counted.Of(options.Ranks, "rank")} throughout.");

    private void GoBackToCheckpoint()
    {
        if (!directory.HasCheckpoint(RunDirectory.LastSlot))
        {
            directory.RewindToStart();
            WeightsHash.Require(Options, Path);
            StartFromWeights(session, Options);
            return;
        }

        var checkpoint = directory.LoadCheckpoint(RunDirectory.LastSlot);
        directory.RewindTo(checkpoint);
        var isOfOtherLength = RunLength.IsPending(directory.Definition, TrainingSession.BatchesOf(checkpoint.StateJson), Plan);
        using (var tensors = checkpoint.Open(TensorsPart))
        {
            session.Restore(checkpoint.StateJson, tensors, checkpoint.PathOf(TensorsPart), isOfOtherLength);
        }

        if (isOfOtherLength)
        {
            SaveCheckpoint([RunDirectory.LastSlot]);
        }
    }

    private static WeightTransfer? StartFromWeights(TrainingSession session, TrainOptions options) => options.Weights.Length > 0 ? session.StartFrom(options.Weights) : null;

    private static void RequireSameColumns(RunDirectory directory)
    {
        if (!directory.Metrics.Columns.Equals(Columns))
        {
            throw new InputException(
                $"{directory.Path}: its metrics.csv has other columns than this version of cawb writes. Go on with the version that began the run ({directory.Definition.Versions.GetValueOrDefault("cawb", "unknown")}), or start a new run from its weights: --weights {System.IO.Path.Combine(directory.Path, BestWeights)}.");
        }
    }


    /// <summary>SHA-256 over everything that training reads of the data.</summary>
    public static string DataFingerprint(DetectionData data) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(
            System.Text.Encoding.ASCII.GetBytes(data.Training.Fingerprint + data.Validation.Fingerprint)));

    private static RunDefinition RunRecord(TrainOptions options, Schedule schedule, DetectionData data) => new(
        "train", options.Seed, options.ToJson(), ScheduleText.Print(schedule), options.Data, DataFingerprint(data), Versions.All(), TimeProvider.System.GetUtcNow());

    private static TrainingRun OwnedBy(IDisposable owned, Func<TrainingRun> make)
    {
        try
        {
            return make();
        }
        catch
        {
            owned.Dispose();
            throw;
        }
    }
}
