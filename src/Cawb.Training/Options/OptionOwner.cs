namespace Cawb.Training.Options;

/// <summary>Who says what an option is.</summary>
public enum OptionOwner
{
    /// <summary>Each run: a flag of <c>train</c>, or a plan for all arms or one of them.</summary>
    Run,

    /// <summary>A plan says it once for all arms, or run by run; a flag of <c>train</c> otherwise.</summary>
    Plan,

    /// <summary>A flag of <c>train</c> where a launcher started several ranks.</summary>
    Ranks,

    /// <summary>A flag of <c>train</c>: it says what a person sees of a run.</summary>
    Train,

    /// <summary>The training finds it out and records it.</summary>
    Training,
}
