namespace Cawb;

/// <summary>What gives the value of a schedule at a moment, as data: each type states it beside its evaluation, and explanations are written from it.</summary>
/// <remarks>
/// Names in the texts stand for numbers: the fields of the text form (a level for its value), <c>base</c>, <c>t</c> (the time, at most the end), <paramref name="Values"/>, which go before fields,
/// and the values of the parts: <c>inner</c> where there is one, <c>part1</c>, <c>part2</c> and so on where there are more.
/// </remarks>
/// <param name="Text">In Python's syntax, as far as it is no call of a part.</param>
/// <param name="Values">Further names and what they stand for.</param>
internal sealed record Formula(string Text, params (string Name, double Value)[] Values)
{
    /// <summary>The formula where parts are called with their own times: the values of the calls instead.</summary>
    public string Calculated { get; init; } = Text;

    /// <summary>What the moment lies in, such as <c>the warm-up</c>; it lies between two events of the schedule.</summary>
    public string Stretch { get; init; } = "";

    /// <summary>From when to when it is, in epochs, where that need not be looked up among the events.</summary>
    public (double From, double To)? Bounds { get; init; }

    /// <summary>For schedules whose events are those of their parts: where the moment lies, a sentence with names in braces.</summary>
    public string Place { get; init; } = "";

    /// <summary>A sentence more, with names in braces. Without one, that the value stays or how it changes over the stretch.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The schedules inside that make the value, with their own times and bases.</summary>
    public IReadOnlyList<(Schedule Schedule, double Epochs, double BaseValue)> Parts { get; init; } = [];

    /// <summary>A level alone.</summary>
    public static Formula Of(string name, Level level) => new(level.IsAbsolute ? name : level.Amount == 1 ? "base" : $"{name} * base", (name, level.Amount));

    /// <summary>The value of one part at its own time, which <paramref name="call"/> computes.</summary>
    public static Formula Of(string call, string place, Schedule part, double epochs, double baseValue, params (string Name, double Value)[] values) =>
        new(call, [.. values, ("own", epochs)]) { Calculated = "inner", Place = place, Parts = [(part, epochs, baseValue)] };
}
