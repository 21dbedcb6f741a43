using System.Text.Json;

namespace Cawb.Foreign;

/// <summary>The functions of the epoch that libraries take as Python lambdas: here an object with a kind and its constants.</summary>
internal static class EpochFunction
{
    private static readonly Dictionary<string, (string Constants, Func<Arguments, Func<double, double>> Make)> Kinds = new(StringComparer.Ordinal)
    {
        ["constant"] = ("value", a => With(a.Number("value"), (value, _) => value)),
        ["exp"] = ("base", a => With(a.Number("base"), Math.Pow)),
        ["inverse"] = ("k", a => With(a.Number("k"), (k, e) => 1 / (1 + k * e))),
        ["staircase"] = ("gamma, every", a => With(a.Number("gamma"), a.Number("every"), (gamma, every, e) => Math.Pow(gamma, Math.Floor(e / every)))),
        ["alternate"] = ("even, odd", a => With(a.Number("even"), a.Number("odd"), (even, odd, e) => e % 2 == 0 ? even : odd)),
        ["linear"] = ("a, b", a => With(a.Number("a"), a.Number("b"), (start, slope, e) => start - slope * e)),
        ["cosine"] = ("period, floor", a => With(a.Number("period"), a.Number("floor"), (period, floor, e) => 0.5 * (1 + Math.Cos(Math.PI * e / period)) * (1 - floor) + floor)),
    };

    public static Func<double, double> Read(Arguments owner, string name, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty("kind", out var kind))
            throw owner.Fault(name, $"must be an object with a \"kind\"; got {Arguments.Describe(element)}");
        return Kinds.TryGetValue(kind.GetString() ?? "", out var known)
            ? known.Make(Arguments.Read($"{owner.Owner}: {name}", new Signature(known.Constants + ", expr=null"), element, tag: "kind"))
            : throw owner.Fault(name, "unknown kind");
    }

    private static Func<double, double> With(double constant, Func<double, double, double> function) => e => function(constant, e);

    private static Func<double, double> With(double first, double second, Func<double, double, double, double> function) => e => function(first, second, e);
}
