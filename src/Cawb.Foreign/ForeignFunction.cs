namespace Cawb.Foreign;

/// <summary>A row: a function of a library, its parameters, what it does at boundaries, and what gives its schedule.</summary>
/// <param name="Name">Library and function.</param>
/// <param name="Parameters">Original names with defaults.</param>
/// <param name="TimeUnit">What a step is by the library's documentation, where the arguments do not say.</param>
/// <param name="AtBoundaryAndPastEnd">One sentence.</param>
/// <param name="Build">From a checked request, on the request's clock.</param>
internal sealed record ForeignFunction(
    string Name, Signature Parameters, ForeignTimeUnit TimeUnit, string AtBoundaryAndPastEnd, Func<ForeignRequest, ForeignRecipe> Build)
{
    /// <summary>An object in the arguments whose members count as arguments themselves; empty for none.</summary>
    public string Container { get; init; } = "";

    /// <summary>Whether its values are rates themselves, whatever the base rates.</summary>
    public bool HasOwnRates { get; init; }
}
