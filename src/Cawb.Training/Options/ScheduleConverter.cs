using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cawb.Training.Options;

/// <summary>A schedule among options, in its own text form.</summary>
public sealed class ScheduleConverter : JsonConverter<Schedule>
{
    /// <inheritdoc />
    public override Schedule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        try
        {
            return ScheduleText.Parse(document.RootElement.GetRawText());
        }
        catch (ScheduleTextException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    /// <inheritdoc />
    public override void Write(Utf8JsonWriter writer, Schedule value, JsonSerializerOptions options) => writer.WriteRawValue(ScheduleText.Print(value));
}
