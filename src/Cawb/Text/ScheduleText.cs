namespace Cawb;

/// <summary>
/// The text form of schedules: one strict JSON, the same for library, command line and run files. <c>docs/schedule.schema.json</c> describes it.
/// </summary>
public static class ScheduleText
{
    /// <summary>The JSON Schema (draft 2020-12) of the text form, for editors; the same text as <c>docs/schedule.schema.json</c>.</summary>
    public static string JsonSchema { get; } = SchemaWriting.Write();

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">JSON such as <c>{"type": "cosine", "durationEpochs": 100, "end": 0.01}</c>. Unknown keys, comments and trailing commas are errors.</param>
    /// <exception cref="ScheduleTextException">The text is no schedule; the message has line, column and, for a wrong name, the nearest known one.</exception>
    public static Schedule Parse(string text) => new TextReading(new TextSource(Require.NotNull(text), path: "")).ReadRoot();

    /// <summary>Reads a schedule from a file in UTF-8.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ScheduleTextException">The file is there but holds no schedule; the message starts with the path.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static Schedule Load(string path) => new TextReading(new TextSource(File.ReadAllText(path), path)).ReadRoot();

    /// <summary>Writes a schedule, indented, without the keys that have their default.</summary>
    /// <exception cref="NotSupportedException">A part of the schedule is a delegate, or a type of another assembly, and has no text form.</exception>
    public static string Print(Schedule schedule) => Print(schedule, TextLayout.Indented);

    internal static string Print(Schedule schedule, TextLayout layout) => TextWriting.Write(Require.NotNull(schedule), layout);
}
