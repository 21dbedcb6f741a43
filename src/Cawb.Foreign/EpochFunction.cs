using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Cawb.Expressions;

namespace Cawb.Foreign;

/// <summary>
/// The functions of the epoch that libraries take as Python lambdas. Here they are text: <c>"0.95 ** epoch"</c>, <c>"lambda e: 0.95 ** e"</c>, or an
/// object <c>{"expr": "base ** e", "base": 0.95}</c> whose other members are the constants of the expression.
/// </summary>
internal static partial class EpochFunction
{
    /// <summary>Kinds that need no <c>expr</c>.</summary>
    private static readonly Dictionary<string, string> Kinds = new(StringComparer.Ordinal)
    {
        ["constant"] = "value",
        ["exp"] = "base ** e",
        ["inverse"] = "1 / (1 + k * e)",
        ["staircase"] = "gamma ** (e // every)",
        ["alternate"] = "even if e % 2 == 0 else odd",
        ["linear"] = "a - b * e",
        ["cosine"] = "0.5 * (1 + cos(pi * e / period)) * (1 - floor) + floor",
        ["one_cycle"] = "((1 - cos(e * pi / steps)) / 2) * (y2 - y1) + y1",
    };

    /// <summary>Reads and compiles the function in argument <paramref name="name"/>.</summary>
    /// <exception cref="ForeignScheduleException">No such form, or no such expression.</exception>
    public static Func<double, double> Read(Arguments owner, string name, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Compile(owner, name, element.GetString() ?? "", new Dictionary<string, string>(StringComparer.Ordinal)),
        JsonValueKind.Object => Compile(owner, name, ExpressionOf(owner, name, element), Constants(owner, name, element)),
        _ => throw owner.Fault(name, $"must be an expression such as \"0.95 ** epoch\"; got {Arguments.Describe(element)}"),
    };

    private static string ExpressionOf(Arguments owner, string name, JsonElement element)
    {
        if (element.TryGetProperty("expr", out var expression) && expression.ValueKind == JsonValueKind.String)
            return expression.GetString() ?? "";
        return element.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String && Kinds.TryGetValue(kind.GetString() ?? "", out var known)
            ? known
            : throw owner.Fault(name, $"must have an \"expr\" such as \"base ** e\", or a known \"kind\": {Text.List(Kinds.Keys)}");
    }

    private static Dictionary<string, string> Constants(Arguments owner, string name, JsonElement element) =>
        element.EnumerateObject().Where(property => property.Name is not ("kind" or "expr")).ToDictionary(
            property => property.Name,
            property => property.Value.ValueKind == JsonValueKind.Number
                ? $"({property.Value.GetRawText()})"
                : throw owner.Fault($"{name}.{property.Name}", $"must be a number; got {Arguments.Describe(property.Value)}"),
            StringComparer.Ordinal);

    private static Func<double, double> Compile(Arguments owner, string name, string text, Dictionary<string, string> constants)
    {
        var (variable, body) = Lambda().Match(text) is { Success: true } lambda ? (lambda.Groups[1].Value, text[lambda.Length..]) : ("", text);
        // The expression language has the variables x and y: the epoch becomes x, a constant its number.
        var formula = Name().Replace(body, match => match.Value switch
        {
            _ when constants.TryGetValue(match.Value, out var constant) => constant,
            "e" or "epoch" when variable.Length == 0 => "x",
            _ when match.Value == variable => "x",
            _ => match.Value,
        });
        try
        {
            var expression = AnnealingExpression.Parse(formula.TrimStart());
            return epoch => expression.Evaluate(epoch, 0) is var value && double.IsFinite(value)
                ? value
                : throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture, $"{owner.Owner}: '{name}' has no finite value at epoch {epoch}; the expression is {text}."));
        }
        catch (ExpressionException fault)
        {
            throw new ForeignScheduleException($"{owner.Owner}: '{name}' is no expression of 'e' or 'epoch': {fault.Message}", fault);
        }
    }

    // A name that follows a dot belongs to a module, one that a parenthesis follows is a function, and 1e-3 is a number.
    [GeneratedRegex(@"(?<![\w.])[A-Za-z_]\w*(?!\w*\s*\()", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^\s*lambda\s+([A-Za-z_]\w*)\s*:", RegexOptions.CultureInvariant)]
    private static partial Regex Lambda();
}
