using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cawb.Detection;
using Cawb.Training.Json;
using Cawb.Training.Runs;

namespace Cawb.Training.Options;

/// <summary>What the values of an option may be.</summary>
internal sealed class OptionRule
{
    private readonly Func<JsonElement, string?> problem;
    private readonly Func<JsonObject> schema;

    private OptionRule(Func<JsonElement, string?> problem, Func<JsonObject> schema) => (this.problem, this.schema) = (problem, schema);

    /// <summary>Where a schema that has values of options in it defines a schedule.</summary>
    public const string ScheduleReference = "#/$defs/schedule";

    /// <summary>On or off.</summary>
    public static OptionRule Switch { get; } =
        new(value => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : $"must be true or false; got {Shown(value)}.", () => Typed("boolean")) { IsSwitch = true };

    /// <summary>Where the network computes.</summary>
    public static OptionRule Device { get; } = new(Text(ComputeDevice.Problem).problem, () => new JsonObject { ["type"] = "string", ["pattern"] = "^(cpu|cuda(:[0-9]+)?)$" });

    /// <summary>Weights that are there, by file or run directory, or an empty text.</summary>
    public static OptionRule WeightsOrNone { get; } = Text(WeightsFault).OfFile();

    /// <summary>Numbers in a list.</summary>
    public static OptionRule Numbers { get; } = new(value =>
        value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number) ? null : $"must be a list of numbers; got {Shown(value)}.",
        () => new JsonObject { ["type"] = "array", ["items"] = Typed("number") });

    /// <summary>A set of hyper-parameters, whose keys may be left out.</summary>
    public static OptionRule HyperParameters { get; } = new(value =>
    {
        var problems = new List<string>();
        _ = HyperParameterFile.Read(PlacedJson.Parse("", Encoding.UTF8.GetBytes(value.GetRawText())), (_, problem) => problems.Add(problem));
        return problems.Count > 0 ? $"cannot be: {string.Join(" ", problems)}" : null;
    }, HyperParameterFile.Schema);

    /// <summary>A schedule in its text form, or null.</summary>
    public static OptionRule ScheduleOrNone { get; } = new(value =>
        value.ValueKind == JsonValueKind.Null ? null : ScheduleFault(value.GetRawText()),
        () => new JsonObject { ["oneOf"] = new JsonArray(new JsonObject { ["$ref"] = ScheduleReference }, Typed("null")) });

    /// <summary>All values where they can be listed; else empty.</summary>
    public IReadOnlyList<string> Choices { get; private init; } = [];

    /// <summary>Whether a value names a file that must be there.</summary>
    public bool NamesFile { get; private init; }

    /// <summary>Whether it is on or off, and a flag for it takes no value.</summary>
    public bool IsSwitch { get; private init; }

    /// <summary>A whole number.</summary>
    /// <param name="least">The lowest.</param>
    /// <param name="most">The highest.</param>
    /// <param name="step">It must be a multiple of this.</param>
    /// <param name="reason">Why of that.</param>
    public static OptionRule WholeNumber(long least, long most, int step = 1, string reason = "") => new(value =>
        value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number) || number < least || number > most
            ? string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}; got {Shown(value)}.")
            : number % step == 0 ? null
            : string.Create(CultureInfo.InvariantCulture, $"must be a multiple of {step}, {reason}, for example {Math.Min((number / step * step) + step, most)}; got {number}."),
        () =>
        {
            var whole = Typed("integer");
            (whole["minimum"], whole["maximum"]) = (least, most);
            if (step > 1)
            {
                whole["multipleOf"] = step;
            }

            return whole;
        });

    /// <summary>One of some words; empty for none of them where that is allowed.</summary>
    public static OptionRule OneOf(IEnumerable<string> choices, bool mayBeEmpty = false)
    {
        string[] words = [.. choices];
        return new OptionRule(value => value.ValueKind == JsonValueKind.String && value.GetString() is { } text && (words.Contains(text) || (mayBeEmpty && text.Length == 0))
            ? null
            : $"must be one of {string.Join(", ", words)}; got {Shown(value)}.",
            () => new JsonObject { ["enum"] = new JsonArray([.. words.Concat(mayBeEmpty ? [""] : Array.Empty<string>()).Select(word => (JsonNode)word)]) })
        { Choices = words };
    }

    /// <summary>A text.</summary>
    /// <param name="fault">What is wrong with one, as a sentence; null if it can be.</param>
    public static OptionRule Text(Func<string, string?> fault) =>
        new(value => value.ValueKind == JsonValueKind.String ? fault(value.GetString() ?? "") : $"must be a text in quotes; got {Shown(value)}.", () => Typed("string"));

    /// <summary>What is wrong with a value, to follow the option's name; null if it can be.</summary>
    public string? Problem(JsonElement value) => problem(value);

    /// <summary>JSON Schema (draft 2020-12) of the values, as far as it can say it; a schedule is <see cref="ScheduleReference"/>.</summary>
    public JsonObject Schema() => schema();

    private OptionRule OfFile() => new(problem, schema) { NamesFile = true };

    private static JsonObject Typed(string type) => new() { ["type"] = type };

    private static string? WeightsFault(string path)
    {
        try
        {
            return path.Length == 0 || File.Exists(RunWeights.Of(path).Path)
                ? null
                : $"names the file '{path}', which is not there. Name a .pt or safetensors file, such as yolov5s.pt or the best.safetensors of a run, or the run's folder; the path is taken from the folder that the command starts in.";
        }
        catch (InputException fault)
        {
            return $"cannot be: {fault.Message}";
        }
    }

    private static string? ScheduleFault(string text)
    {
        try
        {
            _ = ScheduleText.Parse(text);
            return null;
        }
        catch (ScheduleTextException fault)
        {
            return $"is no schedule: {fault.Message}";
        }
    }

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => $"'{value.GetString()}'",
        _ => value.GetRawText(),
    };
}
