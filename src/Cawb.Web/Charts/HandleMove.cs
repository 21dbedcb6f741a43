namespace Cawb.Web.Charts;

/// <summary>Where somebody moves a <see cref="ChartHandle"/>.</summary>
/// <param name="Id">Of the handle.</param>
/// <param name="X">A multiple of its step, between its ends.</param>
/// <param name="IsFinal">Whether it was let go there; while it is dragged others follow.</param>
public sealed record HandleMove(string Id, double X, bool IsFinal);
