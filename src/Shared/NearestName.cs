namespace Cawb;

/// <summary>The known name that a misspelt one was probably meant to be.</summary>
internal static class NearestName
{
    // Longer names are no typing errors, and the table below would grow with them.
    private const int LongestName = 64;

    /// <summary>The name with the fewest letters changed, at most a third of the longer one's (and at least one); the first such name on a tie. Empty where none is near.</summary>
    public static string Of(string misspelt, IEnumerable<string> known)
    {
        var (best, fewest) = ("", int.MaxValue);
        foreach (var name in known)
        {
            var edits = Edits(Bare(misspelt), Bare(name));
            if (edits < fewest && edits <= Math.Max(1, Math.Max(misspelt.Length, name.Length) / 3))
                (best, fewest) = (name, edits);
        }

        return best;
    }

    /// <summary>A question that proposes it, with a space in front; empty where none is near.</summary>
    public static string Suggestion(string misspelt, IEnumerable<string> known) => Of(misspelt, known) is { Length: > 0 } nearest ? $" Did you mean '{nearest}'?" : "";

    // Letters changed, added, left out or swapped with their neighbour (optimal string alignment).
    private static int Edits(string a, string b)
    {
        if (a.Length > LongestName || b.Length > LongestName)
            return int.MaxValue;
        var edits = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    edits[i, j] = i + j;
                    continue;
                }

                var changed = edits[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                edits[i, j] = Math.Min(changed, Math.Min(edits[i - 1, j], edits[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    edits[i, j] = Math.Min(edits[i, j], edits[i - 2, j - 2] + 1);
            }
        }

        return edits[a.Length, b.Length];
    }

    // Case, underscores and hyphens are what differs when a name comes from another library.
    private static string Bare(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
