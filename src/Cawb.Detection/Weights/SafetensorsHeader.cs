using System.Buffers;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace Cawb.Detection.Weights;

/// <summary>The JSON part of a safetensors file.</summary>
internal static class SafetensorsHeader
{
    private const string MetadataKey = "__metadata__";
    private const int Alignment = 8;

    private static readonly (ScalarType Type, string Name)[] TypeNames =
    [
        (ScalarType.Bool, "BOOL"), (ScalarType.Byte, "U8"), (ScalarType.Int8, "I8"), (ScalarType.Int16, "I16"), (ScalarType.Int32, "I32"),
        (ScalarType.Int64, "I64"), (ScalarType.Float16, "F16"), (ScalarType.BFloat16, "BF16"), (ScalarType.Float32, "F32"), (ScalarType.Float64, "F64"),
    ];

    /// <summary>A tensor on its way into a file.</summary>
    internal readonly record struct Entry(string Name, Tensor Tensor, ScalarType Type, long Bytes);

    /// <summary>A tensor that a file announces; <paramref name="Begin"/> and <paramref name="End"/> count from the end of the header.</summary>
    internal readonly record struct Place(string Name, ScalarType Type, long[] Shape, long Begin, long End)
    {
        public StoredTensor Described => new(Name, Type, Array.AsReadOnly(Shape));
    }

    /// <summary>Wide elements first, so that all lie aligned, then by name: the order does not depend on the caller's.</summary>
    public static List<Entry> Arrange(IEnumerable<KeyValuePair<string, Tensor>> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var entries = new List<Entry>();
        foreach (var (name, tensor) in tensors)
        {
            if (name == MetadataKey || !names.Add(name))
            {
                throw new ArgumentException($"The name '{name}' {(name == MetadataKey ? "is reserved" : "occurs twice")}; every tensor needs one of its own.", nameof(tensors));
            }

            var type = tensor.dtype;
            if (!Array.Exists(TypeNames, pair => pair.Type == type))
            {
                throw new ArgumentException($"'{name}' is {EngineException.Describe(tensor)}; a file holds {string.Join(", ", TypeNames.Select(pair => pair.Name))}.", nameof(tensors));
            }

            var bytes = tensor.numel() * type.ElementSize();
            if (bytes > int.MaxValue)
            {
                throw new ArgumentException($"'{name}' is {EngineException.Describe(tensor)}, {bytes} bytes; a tensor in a file may have {int.MaxValue}.", nameof(tensors));
            }

            entries.Add(new Entry(name, tensor, type, bytes));
        }

        entries.Sort(static (left, right) =>
        {
            var byWidth = right.Type.ElementSize().CompareTo(left.Type.ElementSize());
            return byWidth != 0 ? byWidth : string.CompareOrdinal(left.Name, right.Name);
        });
        return entries;
    }

    public static byte[] Compose(List<Entry> entries, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            WriteMetadata(writer, metadata);
            var offset = 0L;
            foreach (var entry in entries)
            {
                writer.WriteStartObject(entry.Name);
                writer.WriteString("dtype", NameOf(entry.Type));
                WriteNumbers(writer, "shape", entry.Tensor.shape);
                WriteNumbers(writer, "data_offsets", [offset, offset + entry.Bytes]);
                writer.WriteEndObject();
                offset += entry.Bytes;
            }

            writer.WriteEndObject();
        }

        var padded = new byte[(buffer.WrittenCount + Alignment - 1) / Alignment * Alignment];
        padded.AsSpan().Fill((byte)' ');
        buffer.WrittenSpan.CopyTo(padded);
        return padded;
    }

    /// <summary>The announced tensors in the order of their elements, which fill <paramref name="dataBytes"/> exactly.</summary>
    public static (List<Place> Places, Dictionary<string, string> Metadata) Parse(byte[] header, long dataBytes, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(header, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            var places = new List<Place>();
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var property in Properties(document.RootElement, "the header", path))
            {
                if (property.Name == MetadataKey)
                {
                    foreach (var note in Properties(property.Value, MetadataKey, path))
                    {
                        metadata.Add(note.Name, Text(note.Value, $"the note '{note.Name}'", path));
                    }
                }
                else
                {
                    places.Add(ParsePlace(property, dataBytes, path));
                }
            }

            places.Sort(static (left, right) => (left.Begin, left.End).CompareTo((right.Begin, right.End)));
            CheckCoverage(places, dataBytes, path);
            return (places, metadata);
        }
        catch (JsonException fault)
        {
            throw new SafetensorsException(
                path, $"has a header that is no JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}): {fault.Message}", fault);
        }
        catch (InvalidOperationException fault)
        {
            // JsonElement decodes strings only when they are asked for.
            throw new SafetensorsException(path, "has a string in its header that is no Unicode text.", fault);
        }
    }

    private static Place ParsePlace(JsonProperty property, long dataBytes, string path)
    {
        var what = $"tensor '{property.Name}'";
        ScalarType? type = null;
        long[]? shape = null;
        long[]? offsets = null;
        foreach (var field in Properties(property.Value, what, path))
        {
            switch (field.Name)
            {
                case "dtype":
                    type = TypeOf(Text(field.Value, $"dtype of {what}", path), what, path);
                    break;
                case "shape":
                    shape = Numbers(field.Value, $"shape of {what}", path);
                    break;
                case "data_offsets":
                    offsets = Numbers(field.Value, $"data_offsets of {what}", path);
                    break;
                default:
                    throw new SafetensorsException(path, $"has the unknown key '{field.Name}' in {what}; known are dtype, shape and data_offsets.");
            }
        }

        if (type is not { } elementType || shape is null || offsets is not [var begin, var end])
        {
            throw new SafetensorsException(path, $"lacks dtype, shape or two data_offsets in {what}.");
        }

        if (begin > end || end > dataBytes)
        {
            throw new SafetensorsException(path, $"puts {what} at bytes {begin} to {end}; there are {dataBytes} bytes of elements. The file is cut off or damaged.");
        }

        return CheckedSize(new Place(property.Name, elementType, shape, begin, end), what, path);
    }

    private static Place CheckedSize(Place place, string what, string path)
    {
        if (ElementCount(place.Shape) is not { } count)
        {
            throw new SafetensorsException(path, $"has an impossible shape in {what}: [{string.Join(", ", place.Shape)}].");
        }

        var bytes = place.End - place.Begin;
        var size = place.Type.ElementSize();
        if (bytes > int.MaxValue)
        {
            throw new SafetensorsException(path, $"has {bytes} bytes for {what}; {int.MaxValue} is the limit here.");
        }

        return count == bytes / size && bytes % size == 0
            ? place
            : throw new SafetensorsException(path, $"has {bytes} bytes for {what}, which is {EngineException.Describe(place.Type, place.Shape)}.");
    }

    /// <summary>The product of the lengths, 1 for no dimensions; null where it passes 2^63 - 1.</summary>
    private static long? ElementCount(ReadOnlySpan<long> shape)
    {
        if (shape.Contains(0))
        {
            return 0;
        }

        var count = 1L;
        foreach (var length in shape)
        {
            if (length > long.MaxValue / count)
            {
                return null;
            }

            count *= length;
        }

        return count;
    }

    private static void CheckCoverage(List<Place> places, long dataBytes, string path)
    {
        var end = 0L;
        foreach (var place in places)
        {
            if (place.Begin != end)
            {
                var fault = place.Begin < end ? "overlaps the tensor before it" : "leaves a gap before it";
                throw new SafetensorsException(path, $"puts tensor '{place.Name}' at byte {place.Begin}, which {fault} (that ends at {end}).");
            }

            end = place.End;
        }

        if (end != dataBytes)
        {
            throw new SafetensorsException(path, $"has {dataBytes} bytes of elements; its tensors take {end}.");
        }
    }

    private static JsonElement.ObjectEnumerator Properties(JsonElement element, string what, string path) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject()
            : throw new SafetensorsException(path, $"has {Article(element)} where {what} should be an object.");

    private static string Text(JsonElement element, string what, string path) =>
        element.ValueKind == JsonValueKind.String && element.GetString() is { } text
            ? text
            : throw new SafetensorsException(path, $"has {Article(element)} where {what} should be a string.");

    private static long[] Numbers(JsonElement element, string what, string path)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw new SafetensorsException(path, $"has {Article(element)} where {what} should be a list of whole numbers.");
        }

        var numbers = new long[element.GetArrayLength()];
        var index = 0;
        foreach (var item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out numbers[index++]) || numbers[index - 1] < 0)
            {
                throw new SafetensorsException(path, $"has {item.GetRawText()} in {what}; whole numbers from 0 are allowed.");
            }
        }

        return numbers;
    }

    private static string Article(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        _ => element.GetRawText(),
    };

    private static ScalarType TypeOf(string name, string what, string path)
    {
        foreach (var (type, known) in TypeNames)
        {
            if (known == name)
            {
                return type;
            }
        }

        throw new SafetensorsException(path, $"has elements of type '{name}' in {what}; known are {string.Join(", ", TypeNames.Select(pair => pair.Name))}.");
    }

    private static string NameOf(ScalarType type) => Array.Find(TypeNames, pair => pair.Type == type).Name;

    private static void WriteMetadata(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        var notes = metadata.OrderBy(note => note.Key, StringComparer.Ordinal).ToArray();
        for (var i = 1; i < notes.Length; i++)
        {
            if (notes[i].Key == notes[i - 1].Key)
            {
                throw new ArgumentException($"The note '{notes[i].Key}' occurs twice.", nameof(metadata));
            }
        }

        if (notes.Length == 0)
        {
            return;
        }

        writer.WriteStartObject(MetadataKey);
        foreach (var (name, text) in notes)
        {
            writer.WriteString(name, text);
        }

        writer.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, ReadOnlySpan<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (var number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
