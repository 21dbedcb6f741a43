using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Cawb;

/// <summary>The JSON of a scheduler's state. Strict, like everything that is read: what is missing or unknown is an error.</summary>
internal static class StateText
{
    private const double Version = 1;

    public static string Write(SchedulerState state)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WriteNumber("position", state.Position);
            writer.WriteStartObject("plan");
            writer.WriteNumber("totalBatches", state.Plan.TotalBatches);
            writer.WriteNumber("batchesPerEpoch", state.Plan.BatchesPerEpoch);
            writer.WriteNumber("accumulation", state.Plan.Accumulation);
            writer.WriteNumber("samplesPerEpoch", state.Plan.SamplesPerEpoch);
            writer.WriteEndObject();
            writer.WriteStartArray("hyperParameters");
            foreach (var parameter in state.Parameters)
                WriteParameter(writer, parameter);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static SchedulerState Read(string json)
    {
        var source = new TextSource(json, path: "");
        var root = new StateObject(source, source.Read(), "version", "position", "plan", "hyperParameters");
        var version = root.Number("version");
        if (version != Version)
            throw root.Fault("version", $"Version {Require.Text(version)} of the scheduler's state is not known; this is version {Require.Text(Version)}.");
        var plan = root.Object("plan", "totalBatches", "batchesPerEpoch", "accumulation", "samplesPerEpoch");
        return new SchedulerState(
            root.Whole("position", least: 0),
            TrainingPlan.Restored(
                plan.Whole("totalBatches", least: 1), (int)plan.Whole("batchesPerEpoch", least: 1, int.MaxValue), (int)plan.Whole("accumulation", least: 1, int.MaxValue), plan.Whole("samplesPerEpoch", least: 0)),
            root.Objects("hyperParameters", "name", "baseValues", "schedules", "plateaus").Select(ReadParameter));
    }

    private static void WriteParameter(Utf8JsonWriter writer, ParameterState parameter)
    {
        writer.WriteStartObject();
        writer.WriteString("name", parameter.Name);
        writer.WriteStartArray("baseValues");
        foreach (var value in parameter.BaseValues)
            writer.WriteNumberValue(value);
        writer.WriteEndArray();
        writer.WriteStartArray("schedules");
        foreach (var schedule in parameter.Schedules)
            writer.WriteStringValue(schedule);
        writer.WriteEndArray();
        writer.WriteStartArray("plateaus");
        foreach (var plateau in parameter.Plateaus)
            WritePlateau(writer, plateau);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WritePlateau(Utf8JsonWriter writer, PlateauState plateau)
    {
        writer.WriteStartObject();
        // JSON has no infinities; before the first report there is no best, and the word says so.
        if (double.IsFinite(plateau.Best))
            writer.WriteNumber("best", plateau.Best);
        else
            writer.WriteString("best", plateau.Best > 0 ? "infinity" : "-infinity");
        writer.WriteNumber("badReports", plateau.BadReports);
        writer.WriteNumber("cooldownReports", plateau.CooldownReports);
        writer.WriteNumber("reductions", plateau.Reductions);
        writer.WriteEndObject();
    }

    private static PlateauState ReadPlateau(StateObject plateau) => new(
        plateau.NumberOrInfinity("best"),
        (int)plateau.Whole("badReports", least: 0, int.MaxValue),
        (int)plateau.Whole("cooldownReports", least: 0, int.MaxValue),
        (int)plateau.Whole("reductions", least: 0, int.MaxValue));

    // A comparison takes these texts apart; one that is no JSON is a fault of the state and not of the schedule.
    private static void RequireDescription(StateObject parameter, string schedule)
    {
        try
        {
            _ = new TextSource(schedule, path: "").Read();
        }
        catch (ScheduleTextException)
        {
            throw parameter.Fault("schedules", "The text of a schedule is damaged.");
        }
    }

    private static ParameterState ReadParameter(StateObject parameter)
    {
        var baseValues = parameter.Items("baseValues", TextNodeKind.Number).Select(item => item.Number).ToList();
        var schedules = parameter.Items("schedules", TextNodeKind.Text).Select(item => item.Text).ToList();
        foreach (var schedule in schedules)
            RequireDescription(parameter, schedule);
        if (baseValues.Count != schedules.Count)
            throw parameter.Fault("schedules", $"There are {schedules.Count} schedules for {baseValues.Count} base values.");
        if (baseValues.Exists(value => value < 0))
            throw parameter.Fault("baseValues", "A base value is negative.");
        var plateaus = parameter.Objects("plateaus", "best", "badReports", "cooldownReports", "reductions").Select(ReadPlateau).ToList();
        if (plateaus.Count != schedules.Count)
            throw parameter.Fault("plateaus", $"There are {plateaus.Count} plateaus for {schedules.Count} schedules.");
        return new ParameterState(parameter.Text("name"), baseValues, schedules, plateaus);
    }
}
