namespace Cawb.Training.Comparison;

/// <summary>An option of a plan that cannot be.</summary>
/// <param name="Key">Its name in the plan.</param>
/// <param name="Text">What is wrong and what is allowed, as sentences.</param>
public sealed record OptionProblem(string Key, string Text);
