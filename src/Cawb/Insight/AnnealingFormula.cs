namespace Cawb.Insight;

/// <summary>The formula of an annealing as text, with the numbers of its parameters.</summary>
internal static class AnnealingFormula
{
    /// <summary><c>f(x, y)</c> with x and y left as they are.</summary>
    public static string Symbols(Annealing annealing) => Symbols(annealing, InsightText.Number);

    /// <summary>The same with its parameters as <paramref name="number"/> writes them.</summary>
    public static string Symbols(Annealing annealing, Func<double, string> number) => Write(annealing, "x", "y", number);

    /// <summary>The same with numbers for x and y.</summary>
    public static string Numbers(Annealing annealing, double x, double y) => Write(annealing, InsightText.Number(x), InsightText.Number(y), InsightText.Number);

    private static string Write(Annealing annealing, string x, string y, Func<double, string> write)
    {
        if (annealing is FunctionAnnealing function)
            return $"{function.Name}({x}, {y})";
        var (text, numbers) = annealing is ExpressionAnnealing expression ? (expression.Formula.CanonicalText, []) : WithoutNeutral(annealing, write);
        return SymbolText.Replaced(text, name => name == "x" ? x : name == "y" ? y : numbers.GetValueOrDefault(name, name));
    }

    // The format's sentence is the formula; a power or a scale of 1 and an offset of 0 are left out.
    private static (string Text, Dictionary<string, string> Numbers) WithoutNeutral(Annealing annealing, Func<double, string> write)
    {
        var (text, numbers) = (annealing.Format?.Summary ?? "", new Dictionary<string, string>());
        foreach (var field in annealing.Format?.Fields ?? [])
        {
            var number = (double)field.Get(annealing);
            foreach (var neutral in (string[])(number == 1 ? [$" ** {field.Name}", $" * {field.Name}"] : number == 0 ? [$" + {field.Name}"] : []))
                text = text.Replace(neutral, "", StringComparison.Ordinal);
            numbers.Add(field.Name, write(number));
        }

        return (text, numbers);
    }
}
