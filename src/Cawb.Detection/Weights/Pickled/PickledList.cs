namespace Cawb.Detection.Weights.Pickled;

/// <summary>A list, tuple or set of Python. It may hold itself, so whoever walks it has a limit.</summary>
internal sealed class PickledList
{
    // Most of a hostile file's lists are empty; those cost no more than their header.
    private List<object?>? items;

    public PickledList()
    {
    }

    public PickledList(List<object?> items) => this.items = items;

    public IReadOnlyList<object?> Items => items ?? (IReadOnlyList<object?>)[];

    public void AddRange(IEnumerable<object?> more) => (items ??= []).AddRange(more);

    /// <summary>The items as whole numbers; null if one is none, or if they are more than <paramref name="most"/>.</summary>
    public long[]? ToNumbers(int most) => Items.Count <= most && Items.All(item => item is long) ? [.. Items.Cast<long>()] : null;
}
