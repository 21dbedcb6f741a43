using System.Buffers;
using System.Text.Json;

namespace Cawb.Coco.Files;

/// <summary>
/// Walks over a JSON file of any size, token by token, through a buffer that grows only when a single token does not fit; knows line and column.
/// </summary>
internal ref partial struct JsonCursor
{
    private const int FirstBufferBytes = 1 << 17;
    private const int LargestBufferBytes = 1 << 28;

    private readonly Stream stream;
    private readonly string path;
    private byte[] buffer;
    private int length;
    private bool isFinal;
    private Utf8JsonReader reader;

    // Newlines are counted only up to the places somebody asked for: [0, counted) of the buffer is done.
    private int counted;
    private long line = 1;
    private long lineStart;
    private long bufferStart;

    // Of the buffer's first byte.
    private long bufferLine = 1;
    private long bufferLineStart;

    private string section = "";
    private string key = "";
    private int index = -1;

    public JsonCursor(Stream stream, string path)
    {
        this.stream = stream;
        this.path = path;
        buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
        Fill();
        var marked = length >= 3 && buffer.AsSpan(0, 3).SequenceEqual("\uFEFF"u8);
        var start = marked ? 3 : 0;
        buffer.AsSpan(start, length - start).CopyTo(buffer);
        length -= start;
        reader = new Utf8JsonReader(buffer.AsSpan(0, length), isFinal, default(JsonReaderState));
    }

    public readonly JsonTokenType Token => reader.TokenType;

    public readonly string Path => path;

    /// <summary>The list that is being read, for messages.</summary>
    public void EnterSection(string section)
    {
        this.section = section;
        index = -1;
        key = "";
    }

    public void EnterElement(int index)
    {
        this.index = index;
        key = "";
    }

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    /// <summary>Goes to the next token; false at the end of the file.</summary>
    public bool Read()
    {
        try
        {
            while (!reader.Read())
            {
                if (isFinal)
                {
                    return false;
                }

                Refill();
            }

            return true;
        }
        catch (JsonException fault)
        {
            throw Malformed(fault);
        }
    }

    /// <summary>Goes to the next token, which must exist because something is still open.</summary>
    public void ReadInside()
    {
        if (!Read())
        {
            throw Fault("The file ends too early.");
        }
    }

    /// <summary>Goes to the next property name of the current object and remembers nothing of it; false at the object's end.</summary>
    public bool NextProperty()
    {
        ReadInside();
        key = "";
        return reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Whether the current property has this name; if so, the cursor goes to its value.</summary>
    public bool Is(ReadOnlySpan<byte> utf8Name, string name)
    {
        if (!reader.ValueTextEquals(utf8Name))
        {
            return false;
        }

        key = name;
        ReadInside();
        return true;
    }

    /// <summary>Passes over the value of the current property, whatever it is.</summary>
    public void SkipProperty()
    {
        ReadInside();
        SkipValue();
    }

    public void SkipValue()
    {
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        var depth = reader.CurrentDepth;
        do
        {
            ReadInside();
        }
        while (reader.CurrentDepth > depth);
    }

    /// <summary>Where the current token starts. Must be asked for in the order of the file.</summary>
    public CocoPlace Place()
    {
        var index = (int)reader.TokenStartIndex;
        CountLines(index);
        return new CocoPlace(line, bufferStart + index - lineStart + 1);
    }

    public readonly CocoFormatException Expected(string wanted) => Fault($"Expected {wanted}; got {Found()}.");

    public readonly CocoFormatException Fault(string problem)
    {
        var copy = this;
        return new CocoFormatException(path, copy.Place(), JsonPath(), problem);
    }

    public readonly CocoFormatException Missing(CocoPlace objectPlace, string key) =>
        new(path, objectPlace, JsonPath(), $"Expected the key \"{key}\", which is missing.");

    private readonly string JsonPath()
    {
        var path = "$";
        if (section.Length > 0)
        {
            path += "." + section;
        }

        if (index >= 0)
        {
            path += FormattableString.Invariant($"[{index}]");
        }

        return key.Length > 0 ? path + "." + key : path;
    }

    private readonly string Found() => reader.TokenType switch
    {
        JsonTokenType.Number => "the number " + Clip(System.Text.Encoding.UTF8.GetString(reader.ValueSpan)),
        JsonTokenType.String => "the text \"" + Clip(System.Text.Encoding.UTF8.GetString(reader.ValueSpan)) + "\"",
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };

    private static string Clip(string text) => text.Length <= 40 ? text : text[..40] + "...";

    private readonly CocoFormatException Malformed(JsonException fault)
    {
        var text = buffer.AsSpan(0, length);
        var start = LineStart(text, (fault.LineNumber ?? 0) + 1 - bufferLine);
        var offset = Math.Clamp(start + (fault.BytePositionInLine ?? 0), 0, length);
        var isComplete = reader is { CurrentDepth: 0, TokenType: not (JsonTokenType.None or JsonTokenType.StartObject or JsonTokenType.StartArray) };
        var mistake = JsonMistake.At(text, (int)offset, isComplete);
        var before = text[..mistake.Offset];
        var place = new CocoPlace(
            bufferLine + before.Count((byte)'\n'), before.Contains((byte)'\n') ? before.Length - before.LastIndexOf((byte)'\n') : bufferStart + mistake.Offset - bufferLineStart + 1);
        return new CocoFormatException(path, place, JsonPath(), $"Is not valid JSON: {mistake.Message}");
    }

    // Where a line begins, that many lines below the buffer's first; before the buffer for the first.
    private readonly long LineStart(ReadOnlySpan<byte> text, long lines)
    {
        var start = 0;
        for (var i = 0L; i < lines && text[start..].IndexOf((byte)'\n') is >= 0 and var end; i++)
        {
            start += end + 1;
        }

        return lines <= 0 ? bufferLineStart - bufferStart : start;
    }

    private void CountLines(int end)
    {
        var span = buffer.AsSpan(counted, end - counted);
        var last = span.LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            line += span.Count((byte)'\n');
            lineStart = bufferStart + counted + last + 1;
        }

        counted = end;
    }

    private void Refill()
    {
        var consumed = (int)reader.BytesConsumed;
        CountLines(consumed);
        var state = reader.CurrentState;
        var rest = length - consumed;
        if (rest == buffer.Length)
        {
            if (rest >= LargestBufferBytes)
            {
                throw Fault("Expected texts and numbers of less than 256 megabytes; one is longer.");
            }

            var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
        else
        {
            buffer.AsSpan(consumed, rest).CopyTo(buffer);
        }

        bufferStart += consumed;
        counted = 0;
        (bufferLine, bufferLineStart) = (line, lineStart);
        length = rest;
        Fill();
        reader = new Utf8JsonReader(buffer.AsSpan(0, length), isFinal, state);
    }

    private void Fill()
    {
        var read = stream.ReadAtLeast(buffer.AsSpan(length), buffer.Length - length, throwOnEndOfStream: false);
        isFinal = read < buffer.Length - length;
        length += read;
    }
}
