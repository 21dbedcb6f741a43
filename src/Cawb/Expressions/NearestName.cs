namespace Cawb.Expressions;

/// <summary>Finds the known name that a misspelt one was probably meant to be.</summary>
internal static class NearestName
{
    /// <summary>The name with the fewest edits, at most a third of the longer name (and at least one); the first such name of the list on a tie.</summary>
    /// <returns>The nearest name, or null where none is near enough to be a helpful guess.</returns>
    public static string? Of(string misspelt, IEnumerable<string> known)
    {
        string? best = null;
        int fewest = int.MaxValue;
        foreach (string name in known)
        {
            int edits = Edits(misspelt, name);
            if (edits < fewest && edits <= Math.Max(1, Math.Max(misspelt.Length, name.Length) / 3))
            {
                fewest = edits;
                best = name;
            }
        }

        return best;
    }

    // Optimal string alignment: a swap of two neighbours counts as one edit, a difference of case as none.
    private static int Edits(string a, string b)
    {
        const int LongestName = 64;
        if (a.Length > LongestName || b.Length > LongestName)
        {
            return int.MaxValue;
        }

        var rows = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (int j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = rows[i - 1, j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1);
                rows[i, j] = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
