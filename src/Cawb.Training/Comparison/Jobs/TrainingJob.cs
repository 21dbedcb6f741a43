using System.Globalization;
using Cawb.Detection;
using Cawb.Detection.Data;
using Cawb.Reports.Files;
using Cawb.Training.Comparison.Plans;
using Cawb.Training.Comparison.Reports;
using Cawb.Training.Options;
using Cawb.Training.Progress;
using Cawb.Training.Ranks;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison.Jobs;

/// <summary>Trains the arms of a comparison as <c>train</c> trains: every run in a run directory of its own, on a thread of its own.</summary>
/// <param name="clock">Where time comes from.</param>
/// <param name="opened">Is told of the data, once, before anything is trained.</param>
/// <param name="cancellation">The user's wish to stop, for the reading of the data.</param>
public sealed class TrainingJob(TimeProvider clock, Action<DetectionData> opened, CancellationToken cancellation) : IExperimentJob
{
    private static readonly TimeSpan ProbeBudget = TimeSpan.FromSeconds(8);

    // A forward pass without gradients takes about a third of a training batch.
    private const double ForwardShare = 1 / 3.0;

    /// <summary>Whether warnings about the arms' schedules are errors.</summary>
    public bool IsStrict { get; init; }

    private DetectionData? data;

    private DetectionData Data => data ?? throw new InvalidOperationException("Call Prepare first.");

    /// <inheritdoc />
    public ExperimentSetup Prepare(ComparisonPlan plan, IReadOnlyList<ComparisonArm> arms)
    {
        data = DetectionData.Open(plan.Data, cancellation);
        opened(data);
        var curves = new Dictionary<string, LearningRateCurve>(StringComparer.Ordinal);
        var warnings = new List<string>();
        foreach (var arm in arms)
        {
            curves.Add(arm.Name, Check(plan, arm));
            warnings.AddRange(ScheduleCheck.Of(plan.RunOf(arm, plan.Seeds[0], "").TrainOptions, arm.Schedule, curves[arm.Name].Plan.BatchesPerEpoch).Select(warning => $"Arm '{arm.Name}': {warning}"));
        }

        if (IsStrict)
        {
            ScheduleCheck.RequireNone(warnings);
        }

        var versions = Versions.All().ToDictionary(version => version.Key, version => version.Value, StringComparer.Ordinal);
        return new ExperimentSetup(
            TrainingRun.DataFingerprint(data),
            new Dictionary<string, string>(StringComparer.Ordinal) { ["cawb"] = RunVersions.Bare(versions["cawb"]), ["libtorch"] = versions["libtorch"] },
            string.Create(CultureInfo.InvariantCulture, $"{versions["processor"]} with {Counted.Of(Environment.ProcessorCount, "core")}, {plan.RunOf(plan.Arms[0], plan.Seeds[0], "").TrainOptions.Threads} to a run"),
            curves)
        { Warnings = warnings };
    }

    /// <inheritdoc />
    public void CheckBegun(ExperimentRun run)
    {
        var begun = RunRecord.Read(run.Directory).Definition;
        var options = TrainOptions.FromJson(begun.OptionsJson, run.Directory) with { Data = run.TrainOptions.Data };
        if (options.ToJson() != run.TrainOptions.CompletedFor(Data).ToJson() || ScheduleText.Parse(begun.ScheduleJson).CanonicalText != run.Arm.Schedule.CanonicalText || begun.DatasetSha256 != TrainingRun.DataFingerprint(Data))
        {
            throw new FileException(run.Directory, "this run was begun with another schedule, other options, other data or another length than the plan has now. Restore the plan, delete the run to make it anew, or start a new comparison in another folder.");
        }
    }

    /// <inheritdoc />
    public bool IsTrained(ExperimentRun run) => TrainingRun.IsTrained(run.Directory);

    /// <inheritdoc />
    public bool HasExtras(ExperimentRun run) => run.TrainOptions.KeepTroughs;

    /// <inheritdoc />
    public Task<RunCost> MeasureAsync(ExperimentRun run, CancellationToken cancellation) => OnOwnThread(run.Title, () =>
    {
        using var session = TrainingRun.NewSession(run.TrainOptions, run.Arm.Schedule, Data);
        var pace = session.MeasurePace(clock, ProbeBudget, cancellation);
        var epoch = pace.Batch * session.Plan.BatchesPerEpoch;
        var members = run.TrainOptions.KeepTroughs && session.Troughs.Count > 0 ? session.Troughs.Count + 1 : 0;
        var time = ((epoch + pace.Validation) * run.Epochs) + (members > 0 ? (epoch * ForwardShare) + (pace.Validation * (members + 1)) : TimeSpan.Zero);
        return new RunCost(time, session.OperationsPerEpoch * run.Epochs);
    });

    /// <inheritdoc />
    public Task RunAsync(ExperimentRun run, IProgress<ProgressSnapshot> progress, Action<IReadOnlyList<ExtraResult>> keep, CancellationToken cancellation) => OnOwnThread(run.Title, () =>
    {
        using var training = Open(run);

        // A comparison's report has its pictures; those of every run would show the same images again and again.
        training.HasPictures = false;
        if (RunState.HasResult(run.Directory))
        {
            return true;
        }

        if (!training.Execute(new ProgressReports(progress, clock), clock, cancellation))
        {
            throw new OperationCanceledException(cancellation);
        }

        training.WriteReport();
        keep(Extras(training, cancellation));
        return true;
    });

    private static IReadOnlyList<ExtraResult> Extras(TrainingRun training, CancellationToken cancellation) => training.EvaluateSnapshots(cancellation) is { } found
        ?
        [
            new ExtraResult("snapshot ensemble", found.Ensemble.AveragePrecision, found.Ensemble.AveragePrecision50),
            new ExtraResult("averaged weights", found.AveragedWeights.AveragePrecision, found.AveragedWeights.AveragePrecision50),
        ]
        : [];

    private TrainingRun Open(ExperimentRun run)
    {
        if (!Directory.Exists(run.Directory))
        {
            try
            {
                return TrainingRun.Start(run.Directory, run.TrainOptions, run.Arm.Schedule, Data, OneRank.Only);
            }
            catch (FileException) when (RunState.IsRun(run.Directory))
            {
                // Another process made it a moment ago.
            }
        }

        CheckBegun(run);
        return TrainingRun.Resume(run.Directory, OneRank.Only, _ => Data);
    }

    private LearningRateCurve Check(ComparisonPlan plan, ComparisonArm arm)
    {
        // A schedule that is held per epoch may end inside the epoch after the last.
        if (double.IsFinite(arm.Schedule.EndEpochs) && arm.Schedule.EndEpochs >= plan.Epochs + 1)
        {
            throw new InputException(FormattableString.Invariant(
                $"The schedule of arm '{arm.Name}' ends after {Counted.Of(arm.Schedule.EndEpochs.ToString(CultureInfo.InvariantCulture), "epoch")}, but a run has {plan.Epochs}. Shorten the schedule, or give the plan's 'epochs' that length."));
        }

        try
        {
            var options = plan.RunOf(arm, plan.Seeds[0], "").TrainOptions;
            using var session = TrainingRun.NewSession(options, arm.Schedule, Data);
            return new LearningRateCurve(arm.Name, arm.Schedule, session.Plan, options.HyperParameters.LearningRate);
        }
        catch (InputException exception)
        {
            throw new InputException($"Arm '{arm.Name}': {exception.Message}", exception);
        }
    }

    // All tensor work of a run belongs on one thread, and libtorch's number of threads does too; the pool's threads would mix them.
    private static Task<T> OnOwnThread<T>(string name, Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (OperationCanceledException exception)
            {
                done.SetCanceled(exception.CancellationToken);
            }
#pragma warning disable CA1031 // Thrown again where the task is awaited.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                done.SetException(EngineException.IsEngineFault(exception) ? EngineException.Of(exception) : exception);
            }
        })
        { Name = name, IsBackground = true };
        thread.Start();
        return done.Task;
    }
}
