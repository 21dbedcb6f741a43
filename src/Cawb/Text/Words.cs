namespace Cawb;

/// <summary>Names as the text form writes them.</summary>
internal static class Words
{
    public static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary>The known name closest to a wrong one, or an empty text when none is near: at most a third of the letters differ.</summary>
    public static string Nearest(string wrong, IEnumerable<string> known)
    {
        var best = "";
        var bestDistance = Math.Max(1, wrong.Length / 3) + 1;
        foreach (var name in known)
        {
            var distance = Distance(wrong, name);
            if (distance < bestDistance)
                (best, bestDistance) = (name, distance);
        }

        return best;
    }

    // Levenshtein distance without regard to case, underscores and hyphens, which are what differs when a name comes from another library.
    private static int Distance(string left, string right)
    {
        var (a, b) = (Bare(left), Bare(right));
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }

    private static string Bare(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToUpperInvariant();
}
