namespace Cawb.Foreign;

/// <summary>What a row gives.</summary>
/// <param name="LearningRates">One schedule per group.</param>
internal sealed record ForeignRecipe(IReadOnlyList<Schedule> LearningRates)
{
    /// <summary>One schedule per group; empty where momentum is left alone.</summary>
    public IReadOnlyList<Schedule> Momenta { get; init; } = [];

    /// <summary>The groups' base rates where the arguments and not the request name them.</summary>
    public IReadOnlyList<double> BaseRates { get; init; } = [];

    /// <summary>What a step is where the arguments say so.</summary>
    public ForeignTimeUnit? TimeUnit { get; init; }

    /// <summary>How long the run is, in the schedule's own unit, where the arguments name it; else 0.</summary>
    public double Run { get; init; }

    /// <summary>Why the library raises at a step; empty where it does not. The schedules go on all the same.</summary>
    public Func<double, string> FaultAt { get; init; } = _ => "";

    /// <summary>Makes the walker where a walk is more than a position: it watches a metric, or <c>step(epoch)</c> leaves other numbers behind.</summary>
    public Func<ForeignScheduler>? Start { get; init; }

    /// <summary>Whether a metric drives it that the arguments do not list: over time alone it says nothing about a run.</summary>
    public bool WaitsForMetric { get; init; }

    /// <summary>The rates that the library's constructor leaves, where they are not those of step 0.</summary>
    public IReadOnlyList<double> InitialRates { get; init; } = [];

    /// <summary>The step at which a fresh walker stands.</summary>
    public double FirstStep { get; init; }

    /// <summary>What <c>step(epoch)</c> gives where that is another formula than that of the steps; one per group.</summary>
    public IReadOnlyList<Schedule> JumpRates { get; init; } = [];

    /// <summary>Whether there is a <c>step(epoch)</c> that computes the rates from the epoch alone.</summary>
    public bool TakesPosition { get; init; } = true;

    /// <summary>The calls that the arguments list; empty means <c>step()</c> for ever.</summary>
    public IReadOnlyList<ForeignCall> Calls { get; init; } = [];
}
