namespace Cawb.Foreign;

/// <summary>A foreign schedule written in epochs, for one run.</summary>
/// <param name="LearningRates">One per group.</param>
/// <param name="Momenta">One per group; empty where the library leaves momentum alone.</param>
/// <param name="WhyNoTextForm">Why the schedules are none of Cawb's own and have no text form, in one sentence with what comes nearest; empty where they have one.</param>
public sealed record ForeignEpochs(IReadOnlyList<Schedule> LearningRates, IReadOnlyList<Schedule> Momenta, string WhyNoTextForm)
{
    /// <summary>Whether all of them are Cawb's own.</summary>
    public bool HasTextForm => WhyNoTextForm.Length == 0;
}
