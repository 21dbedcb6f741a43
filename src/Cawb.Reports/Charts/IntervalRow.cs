namespace Cawb.Reports.Charts;

/// <summary>One row of an <see cref="IntervalChart"/>.</summary>
/// <param name="Name">At the left.</param>
/// <param name="Estimate">The large dot.</param>
/// <param name="Lower">Left end of the bar, not above the estimate's right end.</param>
/// <param name="Upper">Right end of the bar.</param>
/// <param name="Values">Small dots: what the estimate was made of.</param>
public sealed record IntervalRow(string Name, double Estimate, double Lower, double Upper, IReadOnlyList<double> Values);
