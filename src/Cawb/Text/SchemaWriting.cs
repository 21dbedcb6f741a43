using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Cawb.Types;

namespace Cawb;

/// <summary>Writes the JSON Schema of the text form from the formats that read it, so that the two cannot differ.</summary>
internal static class SchemaWriting
{
    public static string Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
            writer.WriteString("title", "Cawb schedule");
            writer.WriteString("description", "A learning-rate schedule: the value of a hyper-parameter as a function of time in epochs and of a group's base value.");
            writer.WriteString("$ref", "#/$defs/schedule");
            writer.WriteStartObject("$defs");
            WriteChoice(writer, "schedule", TextFormats.Schedules.Select(format => "schedule." + format.Name));
            WriteChoice(writer, "annealing", TextFormats.Annealings.Select(format => "annealing." + format.Name).Append("expression"));
            WriteExpression(writer);
            WriteEpochs(writer);
            WriteLevel(writer);
            foreach (var format in TextFormats.Schedules)
                WriteObject(writer, "schedule." + format.Name, format.Name, format.Summary, format.Fields, isRoot: true);
            foreach (var format in TextFormats.Annealings)
                WriteObject(writer, "annealing." + format.Name, format.Name, format.Summary, format.Fields, isRoot: false);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteChoice(Utf8JsonWriter writer, string name, IEnumerable<string> definitions)
    {
        writer.WriteStartObject(name);
        writer.WriteStartArray("oneOf");
        foreach (var definition in definitions)
            WriteReference(writer, definition);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteExpression(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("expression");
        writer.WriteString("description", "A formula of x (epochs into the curve) and y (length of the curve) in Python's syntax.");
        writer.WriteString("type", "string");
        writer.WriteNumber("maxLength", Expressions.AnnealingExpression.MaxTextLength);
        writer.WriteEndObject();
    }

    private static void WriteEpochs(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("epochs");
        writer.WriteString("description", "A length or a moment, in epochs; fractions lie inside an epoch.");
        writer.WriteString("type", "number");
        writer.WriteEndObject();
    }

    private static void WriteLevel(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("level");
        writer.WriteString("description", "A multiple of the group's base value, or an absolute value.");
        writer.WriteStartArray("oneOf");
        writer.WriteStartObject();
        WriteRange(writer, NumberRange.NotNegative);
        writer.WriteEndObject();
        writer.WriteStartObject();
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        writer.WriteStartObject("absolute");
        WriteRange(writer, NumberRange.NotNegative);
        writer.WriteEndObject();
        writer.WriteEndObject();
        WriteRequired(writer, ["absolute"]);
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteObject(Utf8JsonWriter writer, string definition, string type, string summary, IReadOnlyList<FieldFormat> fields, bool isRoot)
    {
        writer.WriteStartObject(definition);
        writer.WriteString("description", summary);
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        if (isRoot)
        {
            writer.WriteStartObject("$schema");
            writer.WriteString("type", "string");
            writer.WriteEndObject();
        }

        writer.WriteStartObject("type");
        writer.WriteString("const", type);
        writer.WriteEndObject();
        foreach (var field in fields)
            WriteField(writer, field);
        writer.WriteEndObject();
        WriteRequired(writer, fields.Where(field => field.Default is null).Select(field => field.Name).Prepend("type"));
        writer.WriteBoolean("additionalProperties", false);
        writer.WriteEndObject();
    }

    private static void WriteField(Utf8JsonWriter writer, FieldFormat field)
    {
        writer.WriteStartObject(field.Name);
        writer.WriteString("description", field.Summary);
        switch (field.Kind)
        {
            case FieldKind.Number or FieldKind.Time:
                WriteRange(writer, field.Range, field.Kind);
                break;
            case FieldKind.Flag:
                writer.WriteString("type", "boolean");
                break;
            case FieldKind.Choice:
                writer.WriteStartArray("enum");
                foreach (var option in field.Options)
                    writer.WriteStringValue(option);
                writer.WriteEndArray();
                break;
            case FieldKind.Times:
                WriteList(writer, () => WriteRange(writer, field.Range, FieldKind.Time));
                break;
            case FieldKind.Levels:
                WriteList(writer, () => writer.WriteString("$ref", "#/$defs/level"));
                break;
            case FieldKind.Schedules:
                WriteList(writer, () => writer.WriteString("$ref", "#/$defs/schedule"));
                break;
            default:
                writer.WriteString("$ref", $"#/$defs/{Words.CamelCase(field.Kind.ToString())}");
                break;
        }

        if (field.Default is { } value)
        {
            writer.WritePropertyName("default");
            TextWriting.WriteValue(writer, value, TextLayout.Canonical);
        }

        writer.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter writer, Action writeItem)
    {
        writer.WriteString("type", "array");
        writer.WriteStartObject("items");
        writeItem();
        writer.WriteEndObject();
    }

    private static void WriteRange(Utf8JsonWriter writer, NumberRange range, FieldKind kind = FieldKind.Number)
    {
        var (minimum, excludesMinimum, maximum, isWhole) = NumberBounds.Of(range);
        // The reference is what tells a time from another number.
        if (kind == FieldKind.Time)
            writer.WriteString("$ref", "#/$defs/epochs");
        if (isWhole)
            writer.WriteString("type", "integer");
        else if (kind != FieldKind.Time)
            writer.WriteString("type", "number");
        if (double.IsFinite(minimum))
            writer.WriteNumber(excludesMinimum ? "exclusiveMinimum" : "minimum", minimum);
        if (double.IsFinite(maximum))
            writer.WriteNumber("maximum", maximum);
    }

    private static void WriteReference(Utf8JsonWriter writer, string definition)
    {
        writer.WriteStartObject();
        writer.WriteString("$ref", "#/$defs/" + definition);
        writer.WriteEndObject();
    }

    private static void WriteRequired(Utf8JsonWriter writer, IEnumerable<string> names)
    {
        writer.WriteStartArray("required");
        foreach (var name in names)
            writer.WriteStringValue(name);
        writer.WriteEndArray();
    }
}
