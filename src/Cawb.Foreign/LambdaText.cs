using System.Text.Json;
using System.Text.RegularExpressions;

namespace Cawb.Foreign;

/// <summary>Python's lambdas as text: <c>"lambda x, y: 1 - x / y"</c>, or an object <c>{"expr": "a - b * e", "a": 1, "b": 0.1}</c> with constants by name.</summary>
internal static partial class LambdaText
{
    /// <summary>Kinds of the reference files that need no <c>expr</c>.</summary>
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["constant"] = "value",
        ["exp"] = "base ** e",
        ["inverse"] = "1 / (1 + k * e)",
        ["staircase"] = "gamma ** (e // every)",
        ["alternate"] = "even if e % 2 == 0 else odd",
    };

    /// <summary>The text behind <c>lambda names:</c>, or the whole text where there is no such head.</summary>
    public static string WithoutHead(string text, out string names)
    {
        var head = Lambda().Match(text);
        names = head.Groups[1].Value;
        return text[head.Length..].Trim();
    }

    /// <summary>The expression of an object with its constants put in as numbers.</summary>
    /// <exception cref="ForeignScheduleException">No object, no expression, or a constant that is no number.</exception>
    public static string WithConstants(Arguments owner, string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw owner.Fault(name, $"must be an expression in text, or an object with an \"expr\"; got {Arguments.Describe(element)}");
        var constants = element.EnumerateObject().Where(property => property.Name is not ("kind" or "expr")).ToDictionary(
            property => property.Name,
            property => property.Value.ValueKind == JsonValueKind.Number
                ? $"({property.Value.GetRawText()})"
                : throw owner.Fault($"{name}.{property.Name}", $"must be a number; got {Arguments.Describe(property.Value)}"),
            StringComparer.Ordinal);
        return Renamed(ExpressionOf(owner, name, element), word => constants.GetValueOrDefault(word, word));
    }

    /// <summary>The expression with its variables and constants replaced; functions and members of modules stay.</summary>
    public static string Renamed(string expression, Func<string, string> replacement) => Word().Replace(expression, match => replacement(match.Value));

    private static string ExpressionOf(Arguments owner, string name, JsonElement element)
    {
        if (element.TryGetProperty("expr", out var expression) && expression.ValueKind == JsonValueKind.String)
            return expression.GetString() ?? "";
        return element.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String && Kinds.TryGetValue(kind.GetString() ?? "", out var known)
            ? known
            : throw owner.Fault(name, $"must have an \"expr\" such as \"base ** e\", or a \"kind\" that needs none: {Text.List(Kinds.Keys)}");
    }

    // A name that follows a dot belongs to a module, one that a parenthesis follows is a function, and 1e-3 is a number.
    [GeneratedRegex(@"(?<![\w.])[A-Za-z_]\w*(?!\w*\s*\()", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex(@"^\s*(?:lambda\s+([^:]*):)?", RegexOptions.CultureInvariant)]
    private static partial Regex Lambda();
}
