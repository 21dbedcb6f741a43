using System.Text.Json;
using Cawb.Tests.Reference;

namespace Cawb.Tests.Expressions;

/// <summary>What Python makes of expressions: the files that tests/reference/expressions/generate.py wrote.</summary>
internal static class ExpressionReference
{
    public static string Script => ReferenceFolder.Of("expressions", "generate.py");

    public static IEnumerable<(string Text, double X, double Y, double Value, double Tolerance)> Values()
    {
        using var document = Open("values.json");
        foreach (var row in document.RootElement.EnumerateArray())
        {
            foreach (var point in row.GetProperty("points").EnumerateArray())
            {
                yield return (Text(row.GetProperty("text")), point[0].GetDouble(), point[1].GetDouble(), Value(point[2]), point[3].GetDouble());
            }
        }
    }

    /// <summary>Texts with what Python and the language make of them: 0 neither reads it, 1 only Python does, 2 both do.</summary>
    public static IEnumerable<(string Text, int Verdict)> Syntax()
    {
        using var document = Open("syntax.json");
        foreach (var row in document.RootElement.EnumerateArray())
        {
            yield return (Text(row[0]), row[1].GetInt32());
        }
    }

    private static JsonDocument Open(string file) => JsonDocument.Parse(File.ReadAllBytes(ReferenceFolder.Of("expressions", file)));

    private static string Text(JsonElement element) => element.GetString() ?? throw new InvalidDataException("A text is null.");

    private static double Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null => double.NaN,
        JsonValueKind.String => Text(element) == "inf" ? double.PositiveInfinity : double.NegativeInfinity,
        _ => element.GetDouble(),
    };
}
