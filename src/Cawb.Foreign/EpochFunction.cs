using System.Text.Json;
using System.Text.RegularExpressions;
using Cawb.Expressions;

namespace Cawb.Foreign;

/// <summary>
/// The functions that libraries take as Python lambdas. Here they are text, <c>"0.95 ** epoch"</c> or <c>"lambda e: 0.95 ** e"</c>, or an
/// object <c>{"expr": "base ** e", "base": 0.95}</c> whose other members are the constants of the expression.
/// </summary>
internal static partial class EpochFunction
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

    /// <summary>The function in argument <paramref name="name"/>.</summary>
    /// <exception cref="ForeignScheduleException">No such form, or no such expression or function.</exception>
    public static StepFunction Read(Arguments owner, string name, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("function", out var named) && named.ValueKind == JsonValueKind.String)
        {
            var key = named.GetString() ?? "";
            return owner.Functions.TryGetValue(key, out var function) ? StepFunction.Of(key, function) : throw owner.Fault(name, $"names the function '{key}', which nobody gave");
        }

        var variable = "";
        var text = element.ValueKind == JsonValueKind.String ? WithoutHead(element.GetString() ?? "", out variable) : WithConstants(owner, name, element);
        variable = variable.Trim();
        // The expression language knows the variables x and y: the epoch becomes x.
        var formula = Renamed(text, word => word == variable || (variable.Length == 0 && word is ("e" or "epoch")) ? "x" : word);
        try
        {
            return StepFunction.Of(AnnealingExpression.Parse(formula), hasVariable: Renamed(formula, word => word == "x" ? "" : word) != formula);
        }
        catch (ExpressionException fault)
        {
            throw new ForeignScheduleException($"{owner.Owner}: '{name}' is no expression of 'e' or 'epoch': {fault.Message}", fault);
        }
    }

    /// <summary>The expression with something else for <c>x</c>.</summary>
    public static string WithVariable(string text, string replacement) => replacement == "x" ? text : Renamed(text, word => word == "x" ? replacement : word);

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

    // Functions and members of modules stay.
    private static string Renamed(string expression, Func<string, string> replacement) => Word().Replace(expression, match => replacement(match.Value));

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
