namespace Cawb.Foreign;

/// <summary>How to get a foreign schedule: by walking it, and, where that is possible, as a pure function of time.</summary>
/// <param name="Start">Makes a fresh walker.</param>
internal sealed record ForeignRecipe(Func<ForeignScheduler> Start)
{
    /// <summary>The groups' base rates where the arguments and not the request name them.</summary>
    public IReadOnlyList<double> BaseRates { get; init; } = [];

    /// <summary>One pure schedule per group; empty where only the walk gives the numbers.</summary>
    public IReadOnlyList<Schedule> LearningRates { get; init; } = [];

    /// <summary>One pure schedule per group; empty where momentum is not driven or only the walk gives the numbers.</summary>
    public IReadOnlyList<Schedule> Momenta { get; init; } = [];

    /// <summary>Cawb's own schedules that may have the same numbers, one per group; none where the schedules themselves know.</summary>
    public IReadOnlyList<Schedule?> Candidates { get; init; } = [];

    /// <summary>The same for momentum.</summary>
    public IReadOnlyList<Schedule?> MomentumCandidates { get; init; } = [];

    /// <summary>Times at which a candidate must have the library's value; whole steps where there are none.</summary>
    public IReadOnlyList<double> CheckTimes { get; init; } = [];

    /// <summary>How long the run is, in the schedule's own unit, where the library knows it; else 0.</summary>
    public double Length { get; init; }

    /// <summary>The calls that the arguments list; empty means <c>step()</c> for ever.</summary>
    public IReadOnlyList<ForeignCall> Calls { get; init; } = [];
}
