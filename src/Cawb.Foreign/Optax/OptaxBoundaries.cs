using System.Globalization;
using System.Text.Json;

namespace Cawb.Foreign.Optax;

/// <summary>optax's <c>boundaries_and_scales</c>, in order of the steps.</summary>
internal sealed class OptaxBoundaries : IEquatable<OptaxBoundaries>
{
    private readonly (double Step, double Scale)[] items;

    public OptaxBoundaries(IEnumerable<(double Step, double Scale)> items) => this.items = [.. items.OrderBy(item => item.Step)];

    public IReadOnlyList<(double Step, double Scale)> Items => items;

    /// <summary>A Python dictionary: as a JSON object, or as a list of [step, scale] pairs. A step that comes twice keeps its last scale, as in Python.</summary>
    public static OptaxBoundaries Read(Arguments arguments, string name)
    {
        if (!arguments.Has(name))
            return new OptaxBoundaries([]);
        var pairs = new Dictionary<double, double>();
        foreach (var (step, scale) in arguments.Value(name).ValueKind == JsonValueKind.Object ? Members(arguments, name) : Pairs(arguments, name))
            pairs[step] = scale >= 0 ? scale : throw arguments.Fault(name, $"must have scales of 0 or above; got {Text.Of(scale)} at step {Text.Of(step)}");
        return new OptaxBoundaries(pairs.Select(pair => (pair.Key, pair.Value)));
    }

    public bool Equals(OptaxBoundaries? other) => other is not null && items.AsSpan().SequenceEqual(other.items);

    public override bool Equals(object? obj) => Equals(obj as OptaxBoundaries);

    public override int GetHashCode() => items.Aggregate(0, (hash, item) => HashCode.Combine(hash, item));

    private static IEnumerable<(double Step, double Scale)> Members(Arguments arguments, string name) => arguments.Value(name).EnumerateObject().Select(member =>
        double.TryParse(member.Name, NumberStyles.Float, CultureInfo.InvariantCulture, out var step) && member.Value.ValueKind == JsonValueKind.Number
            ? (step, member.Value.GetDouble())
            : throw arguments.Fault(name, $"must have steps as keys and numbers as values; got \"{member.Name}\": {Arguments.Describe(member.Value)}"));

    private static IEnumerable<(double Step, double Scale)> Pairs(Arguments arguments, string name) => arguments.Elements(name).Select((item, i) =>
        item.ValueKind == JsonValueKind.Array && item.GetArrayLength() == 2 && item.EnumerateArray().All(number => number.ValueKind == JsonValueKind.Number)
            ? (item[0].GetDouble(), item[1].GetDouble())
            : throw arguments.Fault($"{name}[{i}]", $"must be a pair [step, scale]; got {Arguments.Describe(item)}"));
}
