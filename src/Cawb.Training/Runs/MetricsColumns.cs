namespace Cawb.Training.Runs;

/// <summary>The columns of <c>metrics.csv</c>: first those that the seed decides, then those that are times.</summary>
public sealed record MetricsColumns
{
    /// <summary>Columns in the order in which they stand in the file.</summary>
    /// <param name="values">Deterministic ones; the first is <c>epoch</c>. Lower-case letters, digits and underscores.</param>
    /// <param name="times">Those that differ from run to run; their names end in <c>_seconds</c>.</param>
    /// <exception cref="ArgumentException">A name is missing, given twice, or formed otherwise.</exception>
    public MetricsColumns(IEnumerable<string> values, IEnumerable<string> times)
    {
        Values = [.. values];
        Times = [.. times];
        if (Values.Count == 0 || Values[0] != "epoch")
        {
            throw new ArgumentException("The first column must be 'epoch'.", nameof(values));
        }
        foreach (var name in All)
        {
            if (name.Length == 0 || !name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_'))
            {
                throw new ArgumentException($"Column names consist of lower-case letters, digits and underscores; got '{name}'.", nameof(values));
            }
        }
        if (All.Distinct(StringComparer.Ordinal).Count() != Values.Count + Times.Count)
        {
            throw new ArgumentException($"A column is named twice: {string.Join(", ", All)}.", nameof(values));
        }
        if (Times.FirstOrDefault(t => !t.EndsWith(TimeSuffix, StringComparison.Ordinal)) is { } other)
        {
            throw new ArgumentException($"Names of times end in '{TimeSuffix}', so that nobody compares them by mistake; got '{other}'.", nameof(times));
        }
    }

    internal const string TimeSuffix = "_seconds";

    /// <summary>Equal in every run with the same seed and options.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Wall-clock times, in seconds.</summary>
    public IReadOnlyList<string> Times { get; }

    /// <summary>The values, then the times.</summary>
    public IEnumerable<string> All => Values.Concat(Times);

    /// <summary>Equal when names and order are.</summary>
    /// <param name="other">Other columns.</param>
    public bool Equals(MetricsColumns? other) => other is not null && Values.SequenceEqual(other.Values) && Times.SequenceEqual(other.Times);

    /// <inheritdoc/>
    public override int GetHashCode() => string.Join(',', All).GetHashCode(StringComparison.Ordinal);
}
