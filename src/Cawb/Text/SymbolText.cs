using System.Text;

namespace Cawb;

/// <summary>Formulas as texts, in which names stand for numbers.</summary>
internal static class SymbolText
{
    /// <summary>The formula with each of its names (letters and digits, with the dots between them) replaced; what an opening parenthesis follows is a function and stays.</summary>
    public static string Replaced(string formula, Func<string, string> replace)
    {
        var written = new StringBuilder();
        for (var i = 0; i < formula.Length;)
        {
            var start = i;
            while (i < formula.Length && (char.IsAsciiLetterOrDigit(formula[i]) || formula[i] == '.'))
                i++;
            // A number with an exponent such as 1e-05 begins with a digit, and its letter is no name.
            var isName = i > start && char.IsAsciiLetter(formula[start]) && (i == formula.Length || formula[i] != '(');
            i = Math.Max(i, start + 1);
            written.Append(isName ? replace(formula[start..i]) : formula[start..i]);
        }

        return written.ToString();
    }
}
