using System.Text.Json;
using Cawb.Expressions;

namespace Cawb.Foreign;

/// <summary>
/// The functions of the epoch that libraries take as Python lambdas. Here they are text, <c>"0.95 ** epoch"</c> or <c>"lambda e: 0.95 ** e"</c>, or an
/// object <c>{"expr": "base ** e", "base": 0.95}</c> whose other members are the constants of the expression.
/// </summary>
internal static class EpochFunction
{
    /// <summary>Reads and compiles the function in argument <paramref name="name"/>.</summary>
    /// <exception cref="ForeignScheduleException">No such form, or no such expression.</exception>
    public static Func<double, double> Read(Arguments owner, string name, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("function", out var named) && named.ValueKind == JsonValueKind.String)
        {
            return owner.Functions.TryGetValue(named.GetString() ?? "", out var function)
                ? function
                : throw owner.Fault(name, $"names the function {named.GetRawText()}, which nobody gave");
        }

        var variable = "";
        var text = element.ValueKind == JsonValueKind.String
            ? LambdaText.WithoutHead(element.GetString() ?? "", out variable)
            : LambdaText.WithConstants(owner, name, element);
        variable = variable.Trim();
        // The expression language knows the variables x and y: the epoch becomes x.
        var formula = LambdaText.Renamed(text, word => word == variable || (variable.Length == 0 && word is ("e" or "epoch")) ? "x" : word);
        try
        {
            var expression = AnnealingExpression.Parse(formula);
            return epoch => expression.Evaluate(epoch, 0) is var value && double.IsFinite(value)
                ? value
                : throw new InvalidOperationException($"{owner.Owner}: '{name}' has no finite value at epoch {Text.Of(epoch)}; the expression is {text}.");
        }
        catch (ExpressionException fault)
        {
            throw new ForeignScheduleException($"{owner.Owner}: '{name}' is no expression of 'e' or 'epoch': {fault.Message}", fault);
        }
    }
}
