using System.Text;
using System.Text.Json;

namespace Cawb.Foreign;

/// <summary>What somebody asked for: a function, its arguments and the base rates of the optimizer's groups.</summary>
internal sealed class ForeignRequest
{
    public ForeignRequest(string name, Signature signature, JsonElement arguments, IReadOnlyList<double> baseRates)
    {
        Name = name;
        Arguments = Arguments.Read(name, signature, arguments);
        // Schedules that are functions of the step alone take no base rates: one group with base 1, so that a multiplier shows as it is.
        BaseRates = baseRates.Count > 0 ? [.. baseRates] : [1.0];
        HasBaseRates = baseRates.Count > 0;
        if (BaseRates.Any(rate => !double.IsFinite(rate) || rate < 0))
            throw new ForeignScheduleException($"{name}: base rates must be finite numbers, 0 or above; got {Text.List(BaseRates)}.");
        Identity = $"{name} {Compact(arguments)} [{Text.List(BaseRates)}]";
    }

    public string Name { get; }

    public Arguments Arguments { get; }

    public IReadOnlyList<double> BaseRates { get; }

    public bool HasBaseRates { get; }

    /// <summary>Equal requests have equal identities.</summary>
    public string Identity { get; }

    public IReadOnlyList<Schedule> PerGroup(Func<int, Schedule> schedule) => [.. Enumerable.Range(0, BaseRates.Count).Select(schedule)];

    /// <summary>One schedule per group, or none at all where a group has none.</summary>
    public IReadOnlyList<Schedule> PerGroupOrNone(Func<int, Schedule?> schedule)
    {
        var schedules = Enumerable.Range(0, BaseRates.Count).Select(schedule).OfType<Schedule>().ToList();
        return schedules.Count == BaseRates.Count ? schedules : [];
    }

    private static string Compact(JsonElement element)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            element.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
