using Cawb.Training.Runs;

namespace Cawb.Cli.Training;

/// <summary>A training and what its lines begin with.</summary>
/// <param name="Label">Empty for a single run.</param>
/// <param name="Run">Disposed by who made it.</param>
internal sealed record LabelledRun(string Label, TrainingRun Run)
{
    /// <summary>What stands before each line.</summary>
    public string Prefix => Label.Length == 0 ? "" : $"{Label}: ";
}
