namespace Cawb.Web.Designer.Address;

/// <summary>A question about a run that is under way.</summary>
/// <param name="Kind">What becomes of it.</param>
/// <param name="AtEpochs">When, 0 or later.</param>
/// <param name="Amount">The new length in epochs, the decay's length in epochs, or the factor of the restart.</param>
public sealed record WhatIf(ChangeKind Kind, double AtEpochs, double Amount);
