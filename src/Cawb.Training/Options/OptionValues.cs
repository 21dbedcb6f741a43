using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cawb.Training.Json;

namespace Cawb.Training.Options;

/// <summary>Some options with their values, as a plan, an arm or a command line sets them; the others are left as they are. Immutable.</summary>
public sealed class OptionValues : IEquatable<OptionValues>
{
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // In the order of the keys' letters.
    private readonly SortedDictionary<string, JsonElement> values;

    private OptionValues(SortedDictionary<string, JsonElement> values) => this.values = values;

    /// <summary>No option is set.</summary>
    public static OptionValues None { get; } = new(new SortedDictionary<string, JsonElement>(StringComparer.Ordinal));

    /// <summary>The options that a plan may set.</summary>
    public static IReadOnlyList<TrainOption> OfPlans { get; } = [.. TrainOption.All.Where(option => option.Owner == OptionOwner.Run)];

    /// <summary>The value of an option; null where it is not set.</summary>
    public JsonElement? Find(TrainOption option) => values.TryGetValue(option.Key, out var value) ? value : null;

    /// <summary>These and one more, or another value of one.</summary>
    /// <param name="option">Any.</param>
    /// <param name="value">One that it may have.</param>
    /// <exception cref="ArgumentException">The option cannot have it.</exception>
    public OptionValues With(TrainOption option, JsonElement value) => option.Problem(value) is { } problem
        ? throw new ArgumentException($"'{option.Key}' {problem}", nameof(value))
        : new OptionValues(new SortedDictionary<string, JsonElement>(values, StringComparer.Ordinal) { [option.Key] = value.Clone() });

    /// <summary>These, and those of others that are not among them; hyper-parameters are laid over each other one by one.</summary>
    public OptionValues Over(OptionValues below)
    {
        var merged = new SortedDictionary<string, JsonElement>(below.values, StringComparer.Ordinal);
        foreach (var (key, value) in values)
        {
            merged[key] = value.ValueKind == JsonValueKind.Object && merged.TryGetValue(key, out var own) && own.ValueKind == JsonValueKind.Object && key == TrainOption.Of(nameof(TrainOptions.HyperParameters)).Key
                ? Merged(own, value)
                : value;
        }

        return new OptionValues(merged);
    }

    /// <summary>The options with these values in place of their own.</summary>
    public TrainOptions Over(TrainOptions below)
    {
        var all = new JsonObject(TrainOption.All.Select(option => KeyValuePair.Create(option.Key, Node(Find(option) ?? option.Of(below)))));
        return all.Deserialize<TrainOptions>(TrainOptions.Json) ?? below;
    }

    /// <summary>JSON on one line, keys in the order of their letters.</summary>
    public override string ToString() => new JsonObject(values.Select(value => KeyValuePair.Create(value.Key, Node(value.Value)))).ToJsonString(OneLine);

    /// <inheritdoc/>
    public bool Equals(OptionValues? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as OptionValues);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>Reads an object of options.</summary>
    /// <param name="node">The object.</param>
    /// <param name="known">Options that may stand there.</param>
    /// <param name="complain">Is told of everything that cannot be, where it stands and why.</param>
    /// <param name="isRecord">Whether it records what was: then a file that it names may be gone.</param>
    internal static OptionValues Read(PlacedJson node, IReadOnlyList<TrainOption> known, Action<PlacedJson, string> complain, bool isRecord = false)
    {
        if (node.Kind != JsonTokenType.StartObject)
        {
            complain(node, $"'options' must be an object in braces; got {node.Describe()}.");
            return None;
        }

        var values = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (key, member) in node.Members)
        {
            var option = TrainOption.Find(key);
            if (option is not null && known.Contains(option))
            {
                if (values.ContainsKey(option.Key))
                {
                    complain(member, $"'{key}' is another name of '{option.Key}', and both are given. Leave one of them out.");
                    continue;
                }

                using var document = JsonDocument.Parse(member.RawText);
                values[option.Key] = option.Canonical(document.RootElement.Clone());
                if (!(isRecord && option.NamesFile) && option.Problem(values[option.Key]) is { } problem)
                {
                    complain(member, $"'{key}' {problem}");
                }
            }
            else
            {
                complain(member, option?.Owner == OptionOwner.Plan
                    ? $"'{key}' is no option of an arm: all arms have the same, and it stands beside 'options' (there 'seeds' for the seed). Move it there."
                    : $"there is no option '{key}'.{NearestName.Suggestion(key, known.Select(one => one.Key))} The options are: {string.Join(", ", known.Select(one => one.Key))}.");
            }
        }

        return new OptionValues(values);
    }

    private static JsonElement Merged(JsonElement below, JsonElement above)
    {
        var merged = (JsonObject)Node(below)!;
        foreach (var member in above.EnumerateObject())
        {
            merged[member.Name] = Node(member.Value);
        }

        return JsonSerializer.SerializeToElement(merged);
    }

    private static JsonNode? Node(JsonElement value) => JsonNode.Parse(value.GetRawText());
}
