using System.Globalization;
using System.Text.Json;

namespace Cawb.Foreign;

/// <summary>The JSON arguments of one foreign function, read strictly: unknown, missing and misfitting arguments are errors that say what is allowed.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, JsonElement> given;
    private readonly Signature signature;

    private Arguments(string owner, Signature signature, Dictionary<string, JsonElement> given, IReadOnlyDictionary<string, Func<double, double>>? functions) =>
        (Owner, this.signature, this.given, Functions) = (owner, signature, given, functions ?? new Dictionary<string, Func<double, double>>());

    /// <summary>Whose arguments they are, for messages.</summary>
    public string Owner { get; }

    /// <summary>Functions of .NET that arguments may name as <c>{"function": "name"}</c>.</summary>
    public IReadOnlyDictionary<string, Func<double, double>> Functions { get; }

    /// <param name="owner">Whose arguments they are, for messages.</param>
    /// <param name="signature">What is allowed.</param>
    /// <param name="element">A JSON object.</param>
    /// <param name="tag">A key that names the function in a list of nested ones and is no argument; empty for none.</param>
    /// <param name="functions">Functions of .NET that arguments may name; null for none.</param>
    /// <exception cref="ForeignScheduleException">No object, or an argument that is unknown, given twice or missing.</exception>
    public static Arguments Read(string owner, Signature signature, JsonElement element, string tag = "", IReadOnlyDictionary<string, Func<double, double>>? functions = null)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new ForeignScheduleException($"{owner}: the arguments must be a JSON object; got {Describe(element)}.");
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject().Where(property => property.Name != tag || tag.Length == 0))
        {
            if (!signature.Names.Contains(property.Name))
                throw new ForeignScheduleException($"{owner}: unknown argument '{property.Name}'.{NearestName.Suggestion(property.Name, signature.Names)} {Known(signature)}");
            if (!given.TryAdd(property.Name, property.Value.Clone()))
                throw new ForeignScheduleException($"{owner}: argument '{property.Name}' is given twice.");
        }
        if (signature.Names.FirstOrDefault(name => !given.ContainsKey(name) && !signature.TryDefault(name, out _)) is { } missing)
            throw new ForeignScheduleException($"{owner}: argument '{missing}' is missing; the function has no default for it. {Known(signature)}");
        return new Arguments(owner, signature, given, functions);
    }

    /// <summary>Whether the function has a parameter of that name at all.</summary>
    public bool Knows(string name) => signature.Names.Contains(name);

    /// <summary>Whether it was given, rather than left to its default.</summary>
    public bool IsGiven(string name) => given.ContainsKey(name);

    public bool Has(string name) => Value(name).ValueKind != JsonValueKind.Null;

    public double Number(string name) => NumberOf(name, Value(name));

    public double? NumberOrNone(string name) => Has(name) ? Number(name) : null;

    /// <summary>A number that satisfies a rule of the library.</summary>
    public double Number(string name, Func<double, bool> isAllowed, string allowed) =>
        Number(name) is var value && isAllowed(value) ? value : throw Fault(name, $"must be {allowed}; got {Text.Of(value)}");

    public int Integer(string name) => IntegerOf(name, Value(name));

    public int? IntegerOrNone(string name) => Has(name) ? Integer(name) : null;

    public int Integer(string name, int atLeast) =>
        Integer(name) is var value && value >= atLeast ? value : throw Fault(name, $"must be {atLeast} or more; got {value}");

    public bool Flag(string name) => Value(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Fault(name, $"must be true or false; got {Describe(Value(name))}"),
    };

    public string Choice(string name, params string[] allowed)
    {
        var value = Value(name);
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";
        return allowed.Contains(text, StringComparer.Ordinal)
            ? text
            : throw Fault(name, $"must be one of {Text.List(allowed.Select(choice => $"\"{choice}\""))}; got {Describe(value)}");
    }

    public string Word(string name) =>
        Value(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() ?? "" : throw Fault(name, $"must be a text; got {Describe(Value(name))}");

    public double[] Numbers(string name) => [.. Elements(name).Select((item, i) => NumberOf($"{name}[{i}]", item))];

    public int[] Integers(string name) => [.. Elements(name).Select((item, i) => IntegerOf($"{name}[{i}]", item))];

    /// <summary>One number for all groups, or a list with one number per group.</summary>
    public double[] PerGroup(string name, int groupCount)
    {
        if (Value(name).ValueKind != JsonValueKind.Array)
            return [.. Enumerable.Repeat(Number(name), groupCount)];
        var numbers = Numbers(name);
        return numbers.Length == groupCount ? numbers : throw Fault(name, $"has {numbers.Length} numbers; there are {groupCount} parameter groups");
    }

    /// <summary>The number of one group: the same for all, or from a list with one per group.</summary>
    public double Of(string name, int group) => Value(name).ValueKind == JsonValueKind.Array ? PerGroup(name, Math.Max(group + 1, Elements(name).Count))[group] : Number(name);

    public IReadOnlyList<JsonElement> Elements(string name) =>
        Value(name) is { ValueKind: JsonValueKind.Array } value
            ? [.. value.EnumerateArray()]
            : throw Fault(name, $"must be a list; got {Describe(Value(name))}");

    public JsonElement Value(string name) =>
        given.TryGetValue(name, out var value) || signature.TryDefault(name, out value)
            ? value
            : throw new InvalidOperationException($"{Owner} has no parameter '{name}' in its signature.");

    /// <summary>Every number that may count steps, defaults and nested arguments included: whole and above 0, no factors and metrics.</summary>
    public IEnumerable<double> Steps() => signature.Names.Where(CountsSteps).SelectMany(name => StepsIn(Value(name)));

    /// <summary>The function that an object in a list names, such as <c>{"type": "StepLR", "step_size": 3}</c>.</summary>
    /// <param name="place">Where it stands, for messages.</param>
    /// <param name="element">The object.</param>
    /// <param name="tag">The key of the name.</param>
    /// <param name="example">A name, for messages.</param>
    public string NameIn(string place, JsonElement element, string tag, string example) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(tag, out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString() ?? ""
            : throw Fault(place, $"must be an object with {(tag == "fn" ? "an" : "a")} \"{tag}\" such as \"{example}\"; got {Describe(element)}");

    /// <summary>An error about one argument.</summary>
    public ForeignScheduleException Fault(string name, string problem) => new($"{Owner}: '{name}' {problem}.");

    internal static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Null => "null",
        JsonValueKind.Undefined => "nothing",
        _ => element.GetRawText(),
    };

    private static bool CountsSteps(string name) => !name.Contains("factor", StringComparison.Ordinal) && name != "metrics";

    // The boundaries of piecewise schedules are keys.
    private static IEnumerable<double> StepsIn(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.GetDouble() is > 0 and var number && number == Math.Floor(number) ? [number] : [],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(StepsIn),
        JsonValueKind.Object => element.EnumerateObject().Where(member => CountsSteps(member.Name)).SelectMany(member =>
            double.TryParse(member.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var boundary) ? [boundary] : StepsIn(member.Value)),
        _ => [],
    };

    private static string Known(Signature signature) => signature.Names.Count > 0 ? $"Known: {Text.List(signature.Names)}." : "The function takes no arguments.";

    private double NumberOf(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw Fault(name, $"must be a finite number; got {Describe(value)}");

    private int IntegerOf(string name, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number)
            ? number
            : throw Fault(name, $"must be a whole number; got {Describe(value)}");
}
