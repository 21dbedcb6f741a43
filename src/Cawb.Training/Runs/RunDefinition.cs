using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cawb.Reports.Files;
using Cawb.Training.Json;

namespace Cawb.Training.Runs;

/// <summary>What a run is: everything that decides its numbers. Stored as <c>run.json</c> when the run is made ; only a change of length on purpose replaces it, and says what was.</summary>
public sealed record RunDefinition
{
    private const int FormatNumber = 1;
    private static readonly string[] Names = ["format", "command", "seed", "options", "schedule", "dataset", "versions", "created", "changes"];
    private static readonly string[] ChangeNames = ["epochs", "schedule", "atEpochs"];
    private static readonly string[] DatasetNames = ["name", "sha256"];

    /// <summary>A definition.</summary>
    /// <param name="command">What made the run, such as <c>train</c>.</param>
    /// <param name="seed">Of every random draw.</param>
    /// <param name="optionsJson">A JSON object of all effective options, defaults included.</param>
    /// <param name="scheduleJson">The schedule's text form, JSON.</param>
    /// <param name="datasetName">How the user named the data.</param>
    /// <param name="datasetSha256">64 hexadecimal digits over everything that training reads of the data.</param>
    /// <param name="versions">Name and version of each part that decides numbers: this program, libtorch, OpenCV, the processor.</param>
    /// <param name="created">When.</param>
    /// <exception cref="ArgumentException">A text is empty or not what it has to be.</exception>
    public RunDefinition(
        string command,
        long seed,
        string optionsJson,
        string scheduleJson,
        string datasetName,
        string datasetSha256,
        IEnumerable<KeyValuePair<string, string>> versions,
        DateTimeOffset created)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        ArgumentNullException.ThrowIfNull(versions);
        Command = command;
        Seed = seed;
        OptionsJson = Indented(optionsJson, nameof(optionsJson), mustBeObject: true);
        ScheduleJson = Indented(scheduleJson, nameof(scheduleJson), mustBeObject: false);
        DatasetName = datasetName ?? throw new ArgumentNullException(nameof(datasetName));
        DatasetSha256 = IsSha256(datasetSha256) ? datasetSha256
            : throw new ArgumentException($"Must be 64 lower-case hexadecimal digits; got '{datasetSha256}'.", nameof(datasetSha256));
        Versions = new SortedDictionary<string, string>(versions.ToDictionary(v => v.Key, v => v.Value), StringComparer.Ordinal);
        Created = created.ToUniversalTime();
    }

    /// <summary>What made the run.</summary>
    public string Command { get; }

    /// <summary>Of every random draw.</summary>
    public long Seed { get; }

    /// <summary>All effective options as an indented JSON object.</summary>
    public string OptionsJson { get; }

    /// <summary>The schedule's text form as indented JSON.</summary>
    public string ScheduleJson { get; }

    /// <summary>How the user named the data.</summary>
    public string DatasetName { get; }

    /// <summary>Over everything that training reads of the data.</summary>
    public string DatasetSha256 { get; }

    /// <summary>By name, in the order of the names.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; }

    /// <summary>When, in coordinated universal time.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>Each change of the run's length, the first one first.</summary>
    public IReadOnlyList<RunChange> Changes { get; private init; } = [];

    /// <summary>The run with another length from a moment on.</summary>
    /// <param name="change">What was, until when.</param>
    /// <param name="optionsJson">All effective options from now on.</param>
    /// <param name="scheduleJson">The schedule from now on.</param>
    public RunDefinition Changed(RunChange change, string optionsJson, string scheduleJson) =>
        new(Command, Seed, optionsJson, scheduleJson, DatasetName, DatasetSha256, Versions, Created) { Changes = [.. Changes, change] };

    /// <summary>Equal when everything is that decides numbers; the moment of creation does not.</summary>
    /// <param name="other">Another definition.</param>
    public bool Equals(RunDefinition? other) =>
        other is not null && ToJson(withoutTime: true) == other.ToJson(withoutTime: true);

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson(withoutTime: true).GetHashCode(StringComparison.Ordinal);

    /// <summary>The file's text.</summary>
    public string ToJson() => ToJson(withoutTime: false);

    /// <summary>Reads <c>run.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileException">It cannot be read, or is not what this program writes; the message says line and column.</exception>
    public static RunDefinition Read(string path)
    {
        var root = PlacedJson.Read(path);
        var members = root.Object("A run definition", Names);
        PlacedJson Get(string name) => root.Required(members, "A run definition", name);
        _ = Get("format").Integer("'format'", FormatNumber, FormatNumber);
        var dataset = Get("dataset");
        var datasetMembers = dataset.Object("'dataset'", DatasetNames);
        var hash = dataset.Required(datasetMembers, "'dataset'", "sha256");
        var versions = Get("versions");
        var created = Get("created");
        if (!DateTimeOffset.TryParseExact(created.String("'created'"), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            throw created.Complaint("'created' must be a time such as 2025-01-31T12:00:00.0000000+00:00.");
        }
        if (!IsSha256(hash.String("'sha256'")))
        {
            throw hash.Complaint("'sha256' must be 64 lower-case hexadecimal digits.");
        }
        if (Get("options").Kind != JsonTokenType.StartObject)
        {
            throw Get("options").Complaint("'options' must be an object.");
        }
        return new RunDefinition(
            Get("command").String("'command'") is { Length: > 0 } command ? command : throw Get("command").Complaint("'command' is empty."),
            Get("seed").Integer("'seed'", long.MinValue, long.MaxValue),
            Get("options").RawText,
            Get("schedule").RawText,
            dataset.Required(datasetMembers, "'dataset'", "name").String("'name'"),
            hash.String("'sha256'"),
            versions.Members.Select(m => KeyValuePair.Create(m.Key, m.Value.String($"Version '{m.Key}'"))),
            time)
        {
            Changes = members.TryGetValue("changes", out var changes) ? [.. changes.Array("'changes'").Select(Change)] : [],
        };
    }

    private static RunChange Change(PlacedJson item)
    {
        var members = item.Object("A change", ChangeNames);
        PlacedJson Get(string name) => item.Required(members, "A change", name);
        return new RunChange((int)Get("epochs").Integer("'epochs'", 1, int.MaxValue), Get("schedule").RawText, Get("atEpochs").Number("'atEpochs'"));
    }

    private string ToJson(bool withoutTime)
    {
        var content = new JsonObject
        {
            ["format"] = FormatNumber,
            ["command"] = Command,
            ["seed"] = Seed,
            ["options"] = JsonNode.Parse(OptionsJson),
            ["schedule"] = JsonNode.Parse(ScheduleJson),
            ["dataset"] = new JsonObject { ["name"] = DatasetName, ["sha256"] = DatasetSha256 },
            ["versions"] = new JsonObject(Versions.Select(version => KeyValuePair.Create(version.Key, (JsonNode?)version.Value))),
        };
        if (Changes.Count > 0)
        {
            content["changes"] = JsonText.List(Changes, change => new JsonObject { ["epochs"] = change.Epochs, ["schedule"] = JsonNode.Parse(change.ScheduleJson), ["atEpochs"] = change.AtEpochs });
        }
        if (!withoutTime)
        {
            content["created"] = Created.ToString("O", CultureInfo.InvariantCulture);
        }
        return JsonText.OfFile(content);
    }

    private static string Indented(string json, string parameterName, bool mustBeObject)
    {
        try
        {
            var text = JsonText.Reformatted(json);
            return !mustBeObject || text.StartsWith('{') ? text : throw new ArgumentException($"Must be a JSON object; got {text}.", parameterName);
        }
        catch (JsonException fault)
        {
            throw new ArgumentException($"Must be JSON: {fault.Message}", parameterName, fault);
        }
    }

    private static bool IsSha256(string text) => text is { Length: 64 } && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
