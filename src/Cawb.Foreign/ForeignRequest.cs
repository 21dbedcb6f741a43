using System.Text;
using System.Text.Json;

namespace Cawb.Foreign;

/// <summary>What somebody asked for: a function, its arguments and the base rates of the optimizer's groups.</summary>
internal sealed class ForeignRequest
{
    public ForeignRequest(ForeignFunction function, JsonElement arguments, IReadOnlyList<double> baseRates, IReadOnlyDictionary<string, Func<double, double>>? functions = null)
    {
        var name = function.Name;
        Name = name;
        Arguments = Arguments.Read(name, function.Parameters, Unpacked(arguments, function.Container), functions: functions);
        // Schedules that are functions of the step alone take no base rates: one group with base 1, so that a multiplier shows as it is.
        BaseRates = baseRates.Count > 0 ? [.. baseRates] : [1.0];
        HasBaseRates = baseRates.Count > 0;
        if (BaseRates.Any(rate => !double.IsFinite(rate) || rate < 0))
            throw new ForeignScheduleException($"{name}: base rates must be finite numbers, 0 or above; got {Text.List(BaseRates)}.");
        StepsToCheck = Equivalent.StepsToCheck(arguments);
        Identity = $"{name} {Compact(arguments)} [{Text.List(BaseRates)}]{string.Concat(Arguments.Functions.Select(Sampled))}";
    }

    public string Name { get; }

    public Arguments Arguments { get; }

    public IReadOnlyList<double> BaseRates { get; }

    public bool HasBaseRates { get; }

    /// <summary>Steps at which a schedule of ours is held against the library's.</summary>
    public IReadOnlyList<double> StepsToCheck { get; }

    /// <summary>The length of the run where the arguments name one; else 0.</summary>
    public double NamedRun => new[] { Named("total_steps"), Named("num_training_steps"), Named("epochs") * Math.Max(1, Named("steps_per_epoch")) }.FirstOrDefault(length => length > 0);

    /// <summary>Equal requests have equal identities.</summary>
    public string Identity { get; }

    public IReadOnlyList<Schedule> PerGroup(Func<int, Schedule> schedule) => [.. Enumerable.Range(0, BaseRates.Count).Select(schedule)];

    private double Named(string name) => Arguments.Knows(name) ? Arguments.NumberOrNone(name) ?? 0 : 0;

    private static JsonElement Unpacked(JsonElement arguments, string container)
    {
        if (container.Length == 0 || arguments.ValueKind != JsonValueKind.Object || !arguments.TryGetProperty(container, out var inner) || inner.ValueKind != JsonValueKind.Object)
            return arguments;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            foreach (var member in inner.EnumerateObject().Concat(arguments.EnumerateObject().Where(member => member.Name != container)))
                member.WriteTo(writer);
            writer.WriteEndObject();
        }
        using var document = JsonDocument.Parse(stream.ToArray());
        return document.RootElement.Clone();
    }

    // A delegate has no text: some of its values stand for it, so that two with other captured numbers differ.
    private static string Sampled(KeyValuePair<string, Func<double, double>> function) =>
        $" {function.Key}({Text.List(new[] { 0.0, 1, 2, 5, 10, 100, 1000 }.Select(function.Value))})";

    private static string Compact(JsonElement element)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            element.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
