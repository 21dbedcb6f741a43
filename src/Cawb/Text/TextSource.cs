using System.Text;
using System.Text.Json;

namespace Cawb;

/// <summary>A JSON text and the way from byte offsets to lines and columns; reads strictly: no comments, no trailing commas, no key twice.</summary>
internal sealed class TextSource
{
    // Far above what a person nests, far below what the stack carries.
    private const int DeepestNesting = 64;

    private readonly byte[] bytes;
    private readonly string path;

    /// <param name="text">The JSON.</param>
    /// <param name="path">Of the file, for messages; empty when the text comes from elsewhere.</param>
    public TextSource(string text, string path)
    {
        bytes = Encoding.UTF8.GetBytes(text);
        this.path = path;
    }

    /// <exception cref="ScheduleTextException">The text is not strict JSON.</exception>
    public TextNode Read()
    {
        if (bytes.AsSpan().TrimStart(" \t\r\n"u8).IsEmpty)
            throw Fault(0, "The text is empty; a schedule is a JSON object such as {\"type\":\"cosine\",\"durationEpochs\":100}.");
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = DeepestNesting });
        try
        {
            reader.Read();
            var node = ReadValue(ref reader);
            reader.Read();
            return node;
        }
        catch (JsonException exception)
        {
            var mistake = JsonMistake.At(bytes, OffsetOf(exception), isComplete: reader is { CurrentDepth: 0, TokenType: not (JsonTokenType.None or JsonTokenType.StartObject or JsonTokenType.StartArray) });
            throw Fault(mistake.Offset, $"Not valid JSON: {mistake.Message}");
        }
        catch (InvalidOperationException)
        {
            // The reader's word for an escape such as a lone surrogate.
            throw Fault((int)reader.TokenStartIndex, "Not valid JSON: the text has an escape that stands for no character.");
        }
    }

    public ScheduleTextException Fault(int offset, string message)
    {
        var before = bytes.AsSpan(0, Math.Min(offset, bytes.Length));
        var line = before.Count((byte)'\n') + 1;
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return new ScheduleTextException(path, line, column, message);
    }

    private TextNode ReadValue(ref Utf8JsonReader reader)
    {
        var offset = (int)reader.TokenStartIndex;
        return reader.TokenType switch
        {
            JsonTokenType.Number => new TextNode(TextNodeKind.Number, offset) { Number = ReadNumber(ref reader, offset) },
            JsonTokenType.String => new TextNode(TextNodeKind.Text, offset) { Text = reader.GetString() ?? "" },
            JsonTokenType.True => new TextNode(TextNodeKind.True, offset),
            JsonTokenType.False => new TextNode(TextNodeKind.False, offset),
            JsonTokenType.StartObject => new TextNode(TextNodeKind.Object, offset) { Members = ReadMembers(ref reader) },
            JsonTokenType.StartArray => new TextNode(TextNodeKind.List, offset) { Items = ReadItems(ref reader) },
            _ => new TextNode(TextNodeKind.Null, offset),
        };
    }

    private double ReadNumber(ref Utf8JsonReader reader, int offset) =>
        reader.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw Fault(offset, $"{Encoding.UTF8.GetString(reader.ValueSpan)} is too large for a number.");

    private List<TextMember> ReadMembers(ref Utf8JsonReader reader)
    {
        var members = new List<TextMember>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, offset) = (reader.GetString() ?? "", (int)reader.TokenStartIndex);
            if (members.Exists(member => member.Name == name))
                throw Fault(offset, $"The key \"{name}\" is there twice.");
            reader.Read();
            members.Add(new TextMember(name, offset, ReadValue(ref reader)));
        }

        return members;
    }

    private List<TextNode> ReadItems(ref Utf8JsonReader reader)
    {
        var items = new List<TextNode>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            items.Add(ReadValue(ref reader));
        return items;
    }

    private int OffsetOf(JsonException exception)
    {
        var offset = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
        {
            var next = bytes.AsSpan(offset).IndexOf((byte)'\n');
            if (next < 0)
                break;
            offset += next + 1;
        }

        return offset + (int)(exception.BytePositionInLine ?? 0);
    }
}
