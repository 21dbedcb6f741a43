namespace Cawb.Code;

/// <summary>What is known of the run that code is for.</summary>
internal sealed record CodeRun(int? Epochs, int? BatchesPerEpoch, IReadOnlyList<double> BaseRates);
