using System.Text;

namespace Cawb.Insight;

/// <summary>The formula of an annealing as text, in the names of its parameters or with numbers.</summary>
internal static class AnnealingFormula
{
    /// <summary><c>f(x, y)</c> with the annealing's numbers filled in and x and y left as they are.</summary>
    public static string Symbols(Annealing annealing) => Write(annealing, "x", "y");

    /// <summary>The same with numbers for x and y.</summary>
    public static string Numbers(Annealing annealing, double x, double y) => Write(annealing, InsightText.Number(x), InsightText.Number(y));

    private static string Write(Annealing annealing, string x, string y) => annealing switch
    {
        CosineAnnealing cosine => Scaled(Raised($"((1 + cos(pi * {x} / {y})) / 2)", cosine.Power), cosine.Scale, cosine.Offset),
        LinearAnnealing linear => Scaled($"(1 - {x} / {y})", linear.Scale, linear.Offset),
        PolynomialAnnealing polynomial => Scaled(Raised($"(1 - {x} / {y})", polynomial.Power), polynomial.Scale, polynomial.Offset),
        ExponentialAnnealing exponential => Scaled($"{InsightText.Number(exponential.Ratio)} ** ({x} / {y})", exponential.Scale, exponential.Offset),
        ExpressionAnnealing expression => Substituted(expression.Formula.CanonicalText, x, y),
        FunctionAnnealing function => $"{function.Name}({x}, {y})",
        _ => $"f({x}, {y})",
    };

    // In the canonical text x and y stand for themselves only where no letter is beside them: not in max or math.exp.
    private static string Substituted(string text, string x, string y)
    {
        var written = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var isWhole = (i == 0 || !char.IsAsciiLetterOrDigit(text[i - 1])) && (i + 1 == text.Length || !char.IsAsciiLetterOrDigit(text[i + 1]));
            written.Append(isWhole && text[i] == 'x' ? x : isWhole && text[i] == 'y' ? y : text[i].ToString());
        }

        return written.ToString();
    }

    private static string Raised(string curve, double power) => power == 1 ? curve : $"{curve} ** {InsightText.Number(power)}";

    private static string Scaled(string curve, double scale, double offset) =>
        $"{curve}{(scale == 1 ? "" : $" * {InsightText.Number(scale)}")}{(offset == 0 ? "" : $" + {InsightText.Number(offset)}")}";
}
