using Cawb.Reports.Files;

namespace Cawb.Training.Runs;

/// <summary>What a run is and has reached so far, read without disturbing a process that may be writing it.</summary>
/// <param name="Path">The run directory.</param>
/// <param name="Definition">What the run is.</param>
/// <param name="Metrics">One row per finished epoch.</param>
public sealed record RunRecord(string Path, RunDefinition Definition, MetricsTable Metrics)
{
    /// <summary>Reads a run directory.</summary>
    /// <param name="path">The directory.</param>
    /// <exception cref="FileException">There is no run, or a file of it is damaged.</exception>
    public static RunRecord Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new RunRecord(
            path,
            RunDefinition.Read(System.IO.Path.Combine(path, RunDirectory.DefinitionFile)),
            MetricsTable.Read(System.IO.Path.Combine(path, RunDirectory.MetricsFileName)));
    }
}
