using System.Text.RegularExpressions;
using Cawb.Types;

namespace Cawb.Code;

/// <summary>The functions that Python's code calls: those of schedule types by their names in the text form, whose fields are their parameters, and what these call themselves.</summary>
internal sealed class PythonHelpers
{
    // A type's name where it would hide something: learning_rate has a parameter step.
    private static readonly Dictionary<string, string> OtherNames = new(StringComparer.Ordinal) { ["step"] = "step_decay" };

    // In the order in which a module shows them: what is called stands before what calls it.
    private static readonly IReadOnlyList<string> Order = [.. PythonSources.Functions.Keys, .. TextFormats.Schedules.Select(format => format.Name).Where(PythonSources.Bodies.ContainsKey)];

    private readonly HashSet<string> used = new(StringComparer.Ordinal);

    /// <summary>The source of every helper that is needed, each ending with a newline.</summary>
    public IEnumerable<string> Used => Order.Where(used.Contains).Select(Source);

    /// <summary>Takes up a helper with all that it calls.</summary>
    /// <param name="name">A type's name in the text form, or a function of <see cref="PythonSources.Functions"/>.</param>
    /// <returns>The name of the function.</returns>
    public string Use(string name)
    {
        if (used.Add(name))
        {
            var source = Source(name);
            foreach (var other in PythonSources.Functions.Keys.Where(other => other != name && Regex.IsMatch(source, $@"\b{other}\(")))
                Use(other);
        }

        return OtherNames.GetValueOrDefault(name, SnakeCase(name));
    }

    /// <summary>The fields as a helper takes them: schedules first, then those without a default.</summary>
    public static IEnumerable<FieldFormat> InOrder(IEnumerable<FieldFormat> fields) =>
        fields.OrderBy(field => field.Kind is FieldKind.Schedule or FieldKind.Schedules ? 0 : field.Default is null || IsCurve(field) ? 1 : 2);

    /// <summary>Whether the words of a choice name curves, which Python's code passes as functions.</summary>
    public static bool IsCurve(FieldFormat field) => field.Options.Count > 0 && field.Options.All(word => PythonSources.Functions.ContainsKey(Curve(word)));

    public static string Curve(string word) => $"{SnakeCase(word)}_curve";

    public static string SnakeCase(string name) => Regex.Replace(name, "[A-Z]", letter => $"_{letter.Value.ToLowerInvariant()}");

    private static string Source(string name)
    {
        if (PythonSources.Functions.TryGetValue(name, out var function))
            return $"{function}\n";
        var format = TextFormats.Schedules.Single(format => format.Name == name);
        var parameters = InOrder(format.Fields).Select(field => field.Default is null || IsCurve(field) ? SnakeCase(field.Name) : $"{SnakeCase(field.Name)}={Text(field.Default)}");
        if (name == PythonSources.WithBase)
            parameters = parameters.Append("base=1");
        var lines = PythonSources.Bodies[name].Split('\n').Select(line => line.Length > 0 ? $"    {line}" : "");
        return new CodeLayout(PythonProgram.Width, closesOnOwnLine: true)
            .Line(CodeText.Of($"def {OtherNames.GetValueOrDefault(name, SnakeCase(name))}", new CodeBrackets("(", [.. parameters.Prepend("t").Select(parameter => (CodeText)parameter)], "):")))
            .Line($"    \"\"\"{format.Summary}\"\"\"") + string.Join('\n', lines) + "\n";
    }

    private static string Text(object fallback) => fallback switch
    {
        (double)int.MaxValue => "math.inf",
        double number => CodeText.Number(number),
        bool flag => flag ? "True" : "False",
        Level level => CodeText.Number(level.Amount),
        string word => $"\"{word}\"",
        _ => "()",
    };
}
