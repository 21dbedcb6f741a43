using System.Globalization;

namespace Cawb.Detection.Data;

/// <summary>Collects problems from several threads: exact counts, and the first few of each kind by path as examples.</summary>
internal sealed class ProblemList
{
    private const int ExamplesPerKind = 5;

    private readonly Lock gate = new();
    private readonly SortedDictionary<ProblemKind, (int Count, List<DatasetProblem> Examples)> byKind = [];

    internal IReadOnlyList<ProblemGroup> Groups
    {
        get
        {
            lock (gate)
            {
                return [.. byKind.Select(pair => new ProblemGroup(pair.Key, pair.Value.Count, pair.Value.Examples.ToArray()))];
            }
        }
    }

    internal void Add(ProblemKind kind, string path, string text)
    {
        var problem = new DatasetProblem(kind, path, text);
        lock (gate)
        {
            var (count, examples) = byKind.TryGetValue(kind, out var there) ? there : (0, []);
            // Sorted, so that the examples do not depend on which thread came first.
            var place = examples.FindIndex(other => Compare(problem, other) < 0);
            examples.Insert(place < 0 ? examples.Count : place, problem);
            if (examples.Count > ExamplesPerKind)
            {
                examples.RemoveAt(ExamplesPerKind);
            }

            byKind[kind] = (count + 1, examples);
        }
    }

    internal void Add(IReadOnlyList<ProblemGroup> groups)
    {
        foreach (var group in groups)
        {
            foreach (var example in group.Examples)
            {
                Add(group.Kind, example.Path, example.Text);
            }

            lock (gate)
            {
                var (count, examples) = byKind[group.Kind];
                byKind[group.Kind] = (count + group.Count - group.Examples.Count, examples);
            }
        }
    }

    internal void ThrowFirstError(string dataset)
    {
        var errors = Groups.Where(group => group.Severity == ProblemSeverity.Error).ToArray();
        if (errors.Length == 0)
        {
            return;
        }

        var first = errors[0].Examples[0];
        var more = errors.Sum(group => group.Count) - 1;
        var rest = more == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" There {(more == 1 ? "is 1 more problem" : $"are {more} more problems")}; `cawb data check {dataset}` lists them.");
        throw new DatasetException(first.Path, first.Text + rest);
    }

    private static int Compare(DatasetProblem a, DatasetProblem b) => string.CompareOrdinal(a.Path, b.Path) is var byPath && byPath != 0 ? byPath : string.CompareOrdinal(a.Text, b.Text);
}
