using Cawb.Training.Runs;

namespace Cawb.Training.Comparison.Jobs;

/// <summary>What a job found out when it checked a plan.</summary>
/// <param name="DatasetSha256">Over everything that training reads of the data.</param>
/// <param name="Versions">Name and version of each part that decides numbers; runs made with others do not compare.</param>
/// <param name="Machine">The machine in words: processor, cores in use, memory.</param>
/// <param name="Curves">The learning rate of each arm, by its name.</param>
public sealed record ExperimentSetup(
    string DatasetSha256,
    IReadOnlyDictionary<string, string> Versions,
    string Machine,
    IReadOnlyDictionary<string, LearningRateCurve> Curves)
{
    /// <summary>What a person should look at before anything is trained, a sentence or two each.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
