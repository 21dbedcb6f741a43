namespace Cawb.Detection;

/// <summary>Adds numbers up over all ranks of a run, in place: afterwards every rank has the same sums, bit for bit. All ranks call it alike, in the same order.</summary>
/// <param name="values">As many on every rank.</param>
public delegate void SumOverRanks(Span<double> values);
