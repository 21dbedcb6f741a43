using System.Numerics;

namespace Cawb.Expressions;

/// <summary>Every name of the language: x, y, constants, functions, and Python's words that stand for something else.</summary>
internal static class KnownNames
{
    private static readonly Dictionary<string, double> MathConstants = new(StringComparer.Ordinal)
    {
        ["e"] = Math.E,
        ["pi"] = Math.PI,
        ["tau"] = Math.Tau,
    };

    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "None", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
        "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
    };

    /// <summary>One sentence with every name there is.</summary>
    public static string Summary { get; } =
        $"Known are x, y, the constants {string.Join(", ", MathConstants.Keys.Order(StringComparer.Ordinal))}, and the functions "
        + $"{string.Join(", ", FunctionSignature.BuiltIn.Keys.Concat(FunctionSignature.Math.Keys).Distinct().Order(StringComparer.Ordinal))}.";

    public static bool IsReserved(string word) => Keywords.Contains(word);

    /// <summary>What to write instead of a word of Python that this language lacks; empty where there is nothing to say.</summary>
    public static string ReservedAdvice(Token token) => token switch
    {
        { Kind: not TokenKind.Name } => "",
        { Text: "lambda" } => " Leave out 'lambda x, y:' and write only what follows the colon.",
        { Text: "is" or "in" } => " Comparisons are < <= > >= == !=.",
        { Text: "not" } => " Put 'not ...' in parentheses here.",
        _ => "",
    };

    /// <summary>The function of that name, or null. A bare name means Python's built-in function before the one of the module.</summary>
    public static FunctionSignature? Function(string name, bool prefixed) =>
        !prefixed && FunctionSignature.BuiltIn.TryGetValue(name, out var builtIn) ? builtIn : FunctionSignature.Math.GetValueOrDefault(name);

    /// <summary>The constant of that name, or null.</summary>
    public static NamedConstantNode? Constant(int column, string name, bool prefixed) => name switch
    {
        "True" when !prefixed => new(column, name, Expressions.Constant.OfInteger(BigInteger.One)),
        "False" when !prefixed => new(column, name, Expressions.Constant.OfInteger(BigInteger.Zero)),
        _ => MathConstants.TryGetValue(name, out var value) ? new(column, $"math.{name}", Expressions.Constant.OfFloat(value)) : null,
    };

    /// <summary>The known name, with its prefix if the misspelt one has it, that is nearest; empty where none is near.</summary>
    public static string Nearest(string name, bool prefixed)
    {
        var inModule = FunctionSignature.Math.Keys.Concat(MathConstants.Keys).Order(StringComparer.Ordinal);
        if (!prefixed)
        {
            return NearestName.Of(name, ((string[])["x", "y", "math"]).Concat(inModule).Concat(FunctionSignature.BuiltIn.Keys.Order(StringComparer.Ordinal)));
        }

        return FunctionSignature.BuiltIn.ContainsKey(name) ? name : NearestName.Of(name, inModule) is { Length: > 0 } near ? $"math.{near}" : "";
    }
}
