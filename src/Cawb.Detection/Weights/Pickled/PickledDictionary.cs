namespace Cawb.Detection.Weights.Pickled;

/// <summary>A dictionary of Python in its order; of two equal keys the later counts.</summary>
/// <remarks>Only texts and whole numbers can be looked up: Python would compare any keys, at a cost that a file decides.</remarks>
internal sealed class PickledDictionary
{
    // Python's None as a key, which is never looked up.
    private static readonly object None = new();

    private List<KeyValuePair<object, object?>>? pairs;
    private Dictionary<object, int>? places;

    public IReadOnlyList<KeyValuePair<object, object?>> Pairs => pairs ?? (IReadOnlyList<KeyValuePair<object, object?>>)[];

    /// <summary>Those whose keys are texts.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Named =>
        Pairs.Where(pair => pair.Key is string).Select(pair => KeyValuePair.Create((string)pair.Key, pair.Value));

    /// <summary>The value under a text or whole number; null where there is none.</summary>
    public object? this[object key] => places is not null && places.TryGetValue(key, out var place) ? Pairs[place].Value : null;

    public bool Contains(object key) => places?.ContainsKey(key) ?? false;

    public void Set(object? key, object? value)
    {
        var pair = KeyValuePair.Create(key ?? None, value);
        pairs ??= [];
        if (key is string or long)
        {
            places ??= [];
            if (!places.TryAdd(key, pairs.Count))
            {
                pairs[places[key]] = pair;
                return;
            }
        }

        pairs.Add(pair);
    }
}
