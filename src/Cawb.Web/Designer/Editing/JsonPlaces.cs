using System.Text;
using System.Text.Json;

namespace Cawb.Web.Designer.Editing;

/// <summary>Which part of a JSON text stands at a line and a column.</summary>
internal static class JsonPlaces
{
    /// <summary>The path of the last value or key that begins at the place or before it; empty for the whole, or where the text is none up to there.</summary>
    /// <param name="text">JSON, which may be wrong behind the place.</param>
    /// <param name="line">1-based.</param>
    /// <param name="column">1-based, in UTF-16 characters.</param>
    public static string PathAt(string text, int line, int column)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var target = OffsetOf(text, line, column);
        var (path, found) = (new List<string>(), "");
        var counts = new Stack<int>();
        var reader = new Utf8JsonReader(utf8);
        try
        {
            while (reader.Read() && reader.TokenStartIndex <= target)
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        path[^1] = reader.GetString() ?? "";
                        found = Joined(path);
                        continue;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        path.RemoveAt(path.Count - 1);
                        counts.Pop();
                        continue;
                }

                if (counts.TryPeek(out var count) && count >= 0)
                {
                    path[^1] = $"{count}";
                    counts.Push(counts.Pop() + 1);
                }

                found = Joined(path);
                if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    // Of an object the names count, of a list the items.
                    counts.Push(reader.TokenType == JsonTokenType.StartArray ? 0 : -1);
                    path.Add("");
                }
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // What was found before the mistake is the place.
        }

        return found;
    }

    private static string Joined(List<string> path) => string.Join('/', path.Where(part => part.Length > 0));

    private static int OffsetOf(string text, int line, int column)
    {
        var start = 0;
        for (var i = 1; i < line; i++)
        {
            start = text.IndexOf('\n', start) + 1;
        }

        return Encoding.UTF8.GetByteCount(text.AsSpan(0, Math.Min(text.Length, start + column - 1)));
    }
}
