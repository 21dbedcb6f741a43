namespace Cawb.Cli.Completion;

/// <summary>A flag as a shell completes it.</summary>
/// <param name="Name">The one that is offered.</param>
/// <param name="Names">It and its other names, behind which the values are offered too.</param>
/// <param name="Sentence">What it does; without quotation marks.</param>
/// <param name="Values">Where they can be listed; else empty.</param>
internal sealed record FlagWords(string Name, IReadOnlyList<string> Names, string Sentence, IReadOnlyList<string> Values);
