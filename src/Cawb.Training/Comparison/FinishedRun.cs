using Cawb.Reports.Files;
using Cawb.Training.Comparison.Jobs;
using Cawb.Training.Runs;

namespace Cawb.Training.Comparison;

/// <summary>A run of a comparison that is done.</summary>
/// <param name="ArmName">Its arm.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Definition">What it was made with: every option, versions, data.</param>
/// <param name="Metrics">One row per epoch.</param>
/// <param name="Summary">In one line.</param>
/// <param name="Extras">Results beside the model of the last epoch.</param>
public sealed record FinishedRun(string ArmName, int Seed, RunDefinition Definition, MetricsTable Metrics, RunSummary Summary, IReadOnlyList<ExtraResult> Extras)
{
    /// <summary>Whether its numbers were taken over without its weights: it may be of another version of the program than runs with weights.</summary>
    public bool IsNumbersOnly { get; init; }

    /// <summary>Reads the directory of a run; one that is not finished gives what it has so far.</summary>
    /// <param name="run">With at least one finished epoch.</param>
    /// <exception cref="FileException">A file of it cannot be read.</exception>
    public static FinishedRun Read(ExperimentRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var record = RunRecord.Read(run.Directory);
        var result = RunState.HasResult(run.Directory) ? ExperimentResultFile.Read(Path.Combine(run.Directory, ExperimentResultFile.FileName)) : new ExperimentResultFile("", []);
        return new FinishedRun(run.Arm.Name, run.Seed, record.Definition, record.Metrics, RunSummary.Of(record.Metrics), result.Extras)
        {
            IsNumbersOnly = !RunState.HasWeights(run.Directory),
            Fingerprint = result.Fingerprint,
        };
    }

    /// <summary>Whether its result is that of a plan's run; true also where it has no result yet.</summary>
    /// <param name="run">Of the plan as it is now.</param>
    /// <param name="setup">Its data.</param>
    public bool IsOf(ExperimentRun run, ExperimentSetup setup)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Fingerprint.Length == 0 || Fingerprint == run.Fingerprint(setup);
    }

    // Of everything that decided its numbers; empty before there is a result.
    private string Fingerprint { get; init; } = "";
}
