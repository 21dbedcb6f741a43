using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cawb.Cli.Training;

/// <summary>A schedule among options, in its own text form.</summary>
internal sealed class ScheduleConverter : JsonConverter<Schedule>
{
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

    public override void Write(Utf8JsonWriter writer, Schedule value, JsonSerializerOptions options) => writer.WriteRawValue(ScheduleText.Print(value));
}
