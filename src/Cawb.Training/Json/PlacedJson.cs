using System.Globalization;
using System.Text;
using System.Text.Json;
using Cawb.Reports.Files;

namespace Cawb.Training.Json;

/// <summary>A JSON value that knows where it stands, so that a complaint about it can say line and column.</summary>
/// <remarks>Strict: no comments, no trailing commas, no key twice, at most 64 levels.</remarks>
internal sealed class PlacedJson
{
    private readonly string path;
    private readonly List<KeyValuePair<string, PlacedJson>> members = [];
    private readonly List<PlacedJson> items = [];
    private string text = "";

    private PlacedJson(string path, JsonTokenType kind, int line, int column) => (this.path, Kind, Line, Column) = (path, kind, line, column);

    /// <summary>Null, True, False, Number, String, StartArray or StartObject.</summary>
    public JsonTokenType Kind { get; }

    /// <summary>1-based.</summary>
    public int Line { get; }

    /// <summary>1-based, counted in characters.</summary>
    public int Column { get; }

    public IReadOnlyList<KeyValuePair<string, PlacedJson>> Members => members;

    /// <summary>The value's text as it stands in the file, without the white space around it.</summary>
    public string RawText { get; private set; } = "";

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileException">The file cannot be read or is not strict JSON.</exception>
    public static PlacedJson Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfReading(path, fault);
        }
        return Parse(path, bytes);
    }

    /// <summary>Reads bytes that came from <paramref name="path"/>.</summary>
    /// <exception cref="FileException">They are not strict JSON; the message says line and column.</exception>
    public static PlacedJson Parse(string path, ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith("\uFEFF"u8))
        {
            throw new FileException(path, "starts with a byte-order mark. Save it as UTF-8 without one.");
        }
        if (utf8.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw new FileException(path, "is empty; it must hold one JSON object.");
        }
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 64 });
        var places = new LinePlaces(utf8);
        try
        {
            reader.Read();
            var value = Value(ref reader, path, utf8, places);
            if (reader.Read())
            {
                throw new FileException(path, "goes on after its end; it must hold one JSON value.");
            }
            return value;
        }
        catch (JsonException fault)
        {
            var offset = places.OffsetOf((int)(fault.LineNumber ?? 0), (int)(fault.BytePositionInLine ?? 0));
            var mistake = JsonMistake.At(utf8, offset, isComplete: reader is { CurrentDepth: 0, TokenType: not (JsonTokenType.None or JsonTokenType.StartObject or JsonTokenType.StartArray) });
            var (line, column) = places.Of(utf8, mistake.Offset);
            throw new FileException(path, string.Create(CultureInfo.InvariantCulture, $"line {line}, column {column}: this is not JSON: {mistake.Message}"), fault);
        }
    }

    /// <summary>An exception about this value.</summary>
    public FileException Complaint(string problem) => new(path, string.Create(CultureInfo.InvariantCulture, $"line {Line}, column {Column}: {problem}"));

    /// <summary>An exception about a place inside this value, for a reader that was given <see cref="RawText"/> alone.</summary>
    /// <param name="line">1-based, within the value.</param>
    /// <param name="column">1-based, within its line.</param>
    /// <param name="problem">What is wrong there.</param>
    public FileException ComplaintInside(int line, int column, string problem) =>
        new(path, string.Create(CultureInfo.InvariantCulture, $"line {Line + line - 1}, column {(line == 1 ? Column + column - 1 : column)}: {problem}"));

    /// <summary>The members by name, after refusing every name that is not listed.</summary>
    /// <param name="what">What the object is, for messages.</param>
    /// <param name="known">All names that may stand here.</param>
    public IReadOnlyDictionary<string, PlacedJson> Object(string what, IReadOnlyList<string> known)
    {
        if (Kind != JsonTokenType.StartObject)
        {
            throw Complaint($"{what} must be an object in braces; got {Describe()}.");
        }
        foreach (var (name, value) in members)
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw value.Complaint($"{what} has no '{name}'.{NearestName.Suggestion(name, known)} It may have: {string.Join(", ", known)}.");
            }
        }
        return members.ToDictionary(m => m.Key, m => m.Value, StringComparer.Ordinal);
    }

    /// <summary>The member of that name.</summary>
    public PlacedJson Required(IReadOnlyDictionary<string, PlacedJson> members, string what, string name) =>
        members.TryGetValue(name, out var value) ? value : throw Complaint($"{what} lacks '{name}', which it must have.");

    public IReadOnlyList<PlacedJson> Array(string what) =>
        Kind == JsonTokenType.StartArray ? items : throw Complaint($"{what} must be a list in brackets; got {Describe()}.");

    public string String(string what) => Kind == JsonTokenType.String ? text : throw Complaint($"{what} must be a text in quotes; got {Describe()}.");

    public long Integer(string what, long minimum, long maximum) =>
        Kind == JsonTokenType.Number && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw Complaint(string.Create(CultureInfo.InvariantCulture, $"{what} must be a whole number from {minimum} to {maximum}; got {Describe()}."));

    public double Number(string what) =>
        Kind == JsonTokenType.Number && double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : throw Complaint($"{what} must be a finite number; got {Describe()}.");

    public bool Boolean(string what) => Kind switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Complaint($"{what} must be true or false; got {Describe()}."),
    };

    public string Describe() => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => $"'{text}'",
        _ => text,
    };

    private static PlacedJson Value(ref Utf8JsonReader reader, string path, ReadOnlySpan<byte> utf8, LinePlaces places)
    {
        var start = (int)reader.TokenStartIndex;
        var (line, column) = places.Of(utf8, start);
        var value = new PlacedJson(path, reader.TokenType, line, column);
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var names = new HashSet<string>(StringComparer.Ordinal);
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    var name = Text(ref reader, path);
                    reader.Read();
                    var member = Value(ref reader, path, utf8, places);
                    value.members.Add(new(name, member));
                    if (!names.Add(name))
                    {
                        throw member.Complaint($"'{name}' is given twice in one object. Remove one of them.");
                    }
                }
                break;
            case JsonTokenType.StartArray:
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    value.items.Add(Value(ref reader, path, utf8, places));
                }
                break;
            case JsonTokenType.String:
                value.text = Text(ref reader, path);
                break;
            default:
                value.text = Encoding.UTF8.GetString(reader.ValueSpan);
                break;
        }
        value.RawText = Encoding.UTF8.GetString(utf8[start..(int)reader.BytesConsumed]);
        return value;
    }

    private static string Text(ref Utf8JsonReader reader, string path)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException fault)
        {
            // The reader checks UTF-8 and surrogate escapes only when a text is taken out.
            throw new FileException(path, "holds a text that is not valid UTF-8. Save the file as UTF-8.", fault);
        }
    }
}
