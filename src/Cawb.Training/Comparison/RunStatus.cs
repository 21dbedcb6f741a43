using Cawb.Training.Runs;

namespace Cawb.Training.Comparison;

/// <summary>Where one run of a comparison stands, for live tables.</summary>
/// <param name="ArmName">Its arm.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Fraction">Share of its batches that are done, 0 to 1.</param>
/// <param name="Detail">A word more: time left, AP reached, why it failed. May be empty.</param>
public sealed record RunStatus(string ArmName, int Seed, RunStage Stage, double Fraction, string Detail);
