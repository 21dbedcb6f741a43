using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cawb;

/// <summary>Writes schedules as JSON: fields in the order of their format, those with their default left out.</summary>
internal static class TextWriting
{
    public static string Write(Schedule schedule, TextLayout layout)
    {
        var buffer = new ArrayBufferWriter<byte>();
        // The relaxed encoder leaves the + of an expression readable; nothing here ends up in HTML unescaped.
        var options = new JsonWriterOptions { Indented = layout == TextLayout.Indented, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var writer = new Utf8JsonWriter(buffer, options))
            WriteSchedule(writer, schedule, layout);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>One value of a field, on one line.</summary>
    public static string ValueText(object content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            WriteValue(writer, content, TextLayout.Canonical);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void WriteSchedule(Utf8JsonWriter writer, Schedule schedule, TextLayout layout)
    {
        if (schedule.Format is { } format)
            WriteObject(writer, format, schedule, layout);
        else
            WriteNamed(writer, "foreign", schedule.Identity, layout, $"The schedule type {schedule.GetType().Name}");
    }

    private static void WriteAnnealing(Utf8JsonWriter writer, Annealing annealing, TextLayout layout)
    {
        if (annealing.Format is { } format)
            WriteObject(writer, format, annealing, layout);
        else if (annealing is ExpressionAnnealing expression)
            writer.WriteStringValue(expression.Formula.CanonicalText);
        else if (annealing is FunctionAnnealing function)
            WriteNamed(writer, "function", function.Name, layout, $"The annealing function \"{function.Name}\" is a delegate and");
    }

    private static void WriteNamed(Utf8JsonWriter writer, string type, string name, TextLayout layout, string subject)
    {
        if (layout != TextLayout.Description)
            throw new NotSupportedException($"{subject} has no text form; use an annealing expression, or keep the schedule in code.");
        writer.WriteStartObject();
        writer.WriteString("type", type);
        writer.WriteString("name", name);
        writer.WriteEndObject();
    }

    private static void WriteObject<TBase>(Utf8JsonWriter writer, ObjectFormat<TBase> format, TBase value, TextLayout layout) where TBase : notnull
    {
        writer.WriteStartObject();
        writer.WriteString("type", format.Name);
        foreach (var field in format.Fields)
        {
            var content = field.Get(value);
            if (content.Equals(field.Default))
                continue;
            writer.WritePropertyName(field.Name);
            WriteValue(writer, content, layout);
        }

        writer.WriteEndObject();
    }

    internal static void WriteValue(Utf8JsonWriter writer, object content, TextLayout layout)
    {
        switch (content)
        {
            case double number:
                writer.WriteRawValue(Text(number));
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case string word:
                writer.WriteStringValue(word);
                break;
            case Level level:
                writer.WriteRawValue(Text(level, layout));
                break;
            case Annealing annealing:
                WriteAnnealing(writer, annealing, layout);
                break;
            case Schedule schedule:
                WriteSchedule(writer, schedule, layout);
                break;
            case IReadOnlyList<double> numbers:
                WriteRow(writer, numbers.Select(Text), layout);
                break;
            case IReadOnlyList<Level> levels:
                WriteRow(writer, levels.Select(level => Text(level, layout)), layout);
                break;
            case IReadOnlyList<Schedule> schedules:
                writer.WriteStartArray();
                foreach (var part in schedules)
                    WriteSchedule(writer, part, layout);
                writer.WriteEndArray();
                break;
            default:
                throw new InvalidOperationException($"A field of the text form holds a {content.GetType()}, which nothing writes.");
        }
    }

    // Numbers and levels stand on one line; the writer would give each a line of its own.
    private static void WriteRow(Utf8JsonWriter writer, IEnumerable<string> items, TextLayout layout) =>
        writer.WriteRawValue($"[{string.Join(layout == TextLayout.Indented ? ", " : ",", items)}]");

    private static string Text(Level level, TextLayout layout) => level.IsAbsolute
        ? $"{{\"absolute\":{(layout == TextLayout.Indented ? " " : "")}{Text(level.Amount)}}}"
        : Text(level.Amount);

    // Negative zero equals zero, so it must not be another text.
    private static string Text(double number) => Require.Text(number == 0 ? 0 : number);
}
