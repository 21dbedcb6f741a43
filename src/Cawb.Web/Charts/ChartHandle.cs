namespace Cawb.Web.Charts;

/// <summary>Something on the x axis of a <see cref="ChartView"/> that can be moved, by pointer or keyboard.</summary>
/// <param name="Id">Unique in its chart.</param>
/// <param name="Label">What it is, for those who cannot see it: <c>Boot 2</c>.</param>
/// <param name="X">Where it stands.</param>
/// <param name="Minimum">The least it can be moved to.</param>
/// <param name="Maximum">The most it can be moved to.</param>
/// <param name="Step">It moves by multiples of this, counted from <paramref name="Minimum"/>; above 0.</param>
public sealed record ChartHandle(string Id, string Label, double X, double Minimum, double Maximum, double Step);
