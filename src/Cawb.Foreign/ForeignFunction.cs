namespace Cawb.Foreign;

/// <summary>A function of a library: its name, its parameters, what it does at boundaries, and how to build it.</summary>
/// <param name="Name">Library and function.</param>
/// <param name="Parameters">Original names with defaults.</param>
/// <param name="AtBoundaryAndPastEnd">One sentence.</param>
/// <param name="Build">From a checked request to walker and schedules.</param>
internal sealed record ForeignFunction(string Name, Signature Parameters, string AtBoundaryAndPastEnd, Func<ForeignRequest, ForeignRecipe> Build)
{
    /// <summary>An object in the arguments whose members count as arguments themselves; empty for none.</summary>
    public string Container { get; init; } = "";
}
