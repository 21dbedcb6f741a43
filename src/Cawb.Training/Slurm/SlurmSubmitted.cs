namespace Cawb.Training.Slurm;

/// <summary>Jobs that Slurm has taken.</summary>
/// <param name="Arrays">Numbers of the job arrays; one, unless there are more runs than an array may have tasks.</param>
/// <param name="Report">Number of the job that writes the report after them.</param>
public sealed record SlurmSubmitted(IReadOnlyList<string> Arrays, string Report);
