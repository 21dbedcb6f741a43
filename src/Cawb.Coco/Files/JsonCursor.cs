using System.Buffers;
using System.Text.Json;

namespace Cawb.Coco.Files;

/// <summary>
/// Walks over a JSON file of any size, token by token, through a buffer that grows only when a single token does not fit; knows line and column.
/// </summary>
internal ref partial struct JsonCursor
{
    private const int FirstBufferBytes = 1 << 17;
    private const int LargestBufferBytes = 1 << 30;

    private readonly Stream _stream;
    private readonly string _path;
    private byte[] _buffer;
    private int _length;
    private bool _isFinal;
    private Utf8JsonReader _reader;

    // Newlines are counted only up to the places somebody asked for: [0, _counted) of the buffer is done.
    private int _counted;
    private long _line = 1;
    private long _lineStart;
    private long _bufferStart;

    private string _section = "";
    private string _key = "";
    private int _index = -1;

    public JsonCursor(Stream stream, string path)
    {
        _stream = stream;
        _path = path;
        _buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
        Fill();
        var marked = _length >= 3 && _buffer.AsSpan(0, 3).SequenceEqual("\uFEFF"u8);
        var start = marked ? 3 : 0;
        _buffer.AsSpan(start, _length - start).CopyTo(_buffer);
        _length -= start;
        _reader = new Utf8JsonReader(_buffer.AsSpan(0, _length), _isFinal, default(JsonReaderState));
    }

    public readonly JsonTokenType Token => _reader.TokenType;

    public readonly string Path => _path;

    /// <summary>The list that is being read, for messages.</summary>
    public void EnterSection(string section)
    {
        _section = section;
        _index = -1;
        _key = "";
    }

    public void EnterElement(int index)
    {
        _index = index;
        _key = "";
    }

    public readonly void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    /// <summary>Goes to the next token; false at the end of the file.</summary>
    public bool Read()
    {
        try
        {
            while (!_reader.Read())
            {
                if (_isFinal)
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
        _key = "";
        return _reader.TokenType == JsonTokenType.PropertyName;
    }

    /// <summary>Whether the current property has this name; if so, the cursor goes to its value.</summary>
    public bool Is(ReadOnlySpan<byte> utf8Name, string name)
    {
        if (!_reader.ValueTextEquals(utf8Name))
        {
            return false;
        }

        _key = name;
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
        if (_reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        var depth = _reader.CurrentDepth;
        do
        {
            ReadInside();
        }
        while (_reader.CurrentDepth > depth);
    }

    /// <summary>Where the current token starts. Must be asked for in the order of the file.</summary>
    public CocoPlace Place()
    {
        var index = (int)_reader.TokenStartIndex;
        CountLines(index);
        return new CocoPlace(_line, _bufferStart + index - _lineStart + 1);
    }

    public readonly CocoFormatException Expected(string wanted) => Fault($"Expected {wanted}; got {Found()}.");

    public readonly CocoFormatException Fault(string problem)
    {
        var copy = this;
        return new CocoFormatException(_path, copy.Place(), JsonPath(), problem);
    }

    public readonly CocoFormatException Missing(CocoPlace objectPlace, string key) =>
        new(_path, objectPlace, JsonPath(), $"Expected the key \"{key}\", which is missing.");

    private readonly string JsonPath()
    {
        var path = "$";
        if (_section.Length > 0)
        {
            path += "." + _section;
        }

        if (_index >= 0)
        {
            path += FormattableString.Invariant($"[{_index}]");
        }

        return _key.Length > 0 ? path + "." + _key : path;
    }

    private readonly string Found() => _reader.TokenType switch
    {
        JsonTokenType.Number => "the number " + Clip(System.Text.Encoding.UTF8.GetString(_reader.ValueSpan)),
        JsonTokenType.String => "the text \"" + Clip(System.Text.Encoding.UTF8.GetString(_reader.ValueSpan)) + "\"",
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
        // The reader appends its own, zero-based, notion of the place.
        var cut = fault.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var reason = cut < 0 ? fault.Message : fault.Message[..cut];
        var place = new CocoPlace((fault.LineNumber ?? 0) + 1, (fault.BytePositionInLine ?? 0) + 1);
        return new CocoFormatException(_path, place, JsonPath(), $"Is not valid JSON: {reason}");
    }

    private void CountLines(int end)
    {
        var span = _buffer.AsSpan(_counted, end - _counted);
        var last = span.LastIndexOf((byte)'\n');
        if (last >= 0)
        {
            _line += span.Count((byte)'\n');
            _lineStart = _bufferStart + _counted + last + 1;
        }

        _counted = end;
    }

    private void Refill()
    {
        var consumed = (int)_reader.BytesConsumed;
        CountLines(consumed);
        var state = _reader.CurrentState;
        var rest = _length - consumed;
        if (rest == _buffer.Length)
        {
            if (rest >= LargestBufferBytes)
            {
                throw Fault("Expected texts and numbers of less than a gigabyte; one is longer.");
            }

            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        else
        {
            _buffer.AsSpan(consumed, rest).CopyTo(_buffer);
        }

        _bufferStart += consumed;
        _counted = 0;
        _length = rest;
        Fill();
        _reader = new Utf8JsonReader(_buffer.AsSpan(0, _length), _isFinal, state);
    }

    private void Fill()
    {
        var read = _stream.ReadAtLeast(_buffer.AsSpan(_length), _buffer.Length - _length, throwOnEndOfStream: false);
        _isFinal = read < _buffer.Length - _length;
        _length += read;
    }
}
