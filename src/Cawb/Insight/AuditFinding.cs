namespace Cawb.Insight;

/// <summary>A place where the values that a run trained with are not the planned ones, and what it looks like.</summary>
/// <param name="Code">What it looks like, as a word for programs: such as <c>external-write</c>.</param>
/// <param name="Parameter">The hyper-parameter, such as <c>learningRate</c>.</param>
/// <param name="Group">0-based number of the parameter group.</param>
/// <param name="Batch">0-based number of the first batch concerned.</param>
/// <param name="Batches">How many batches are concerned, from there on.</param>
/// <param name="Planned">The planned value there.</param>
/// <param name="Applied">The value there.</param>
/// <param name="Message">One sentence for people: where, what, and what it looks like.</param>
public sealed record AuditFinding(string Code, string Parameter, int Group, long Batch, long Batches, double Planned, double Applied, string Message);
