namespace Cawb.Experiments.Json;

/// <summary>The known name that somebody probably meant.</summary>
internal static class NearestName
{
    /// <summary>The name with the fewest changed letters, if no more than a third of them differ; otherwise empty.</summary>
    public static string Of(string given, IEnumerable<string> known)
    {
        var (best, bestDistance) = ("", Math.Max(1, given.Length / 3) + 1);
        foreach (var name in known)
        {
            var distance = Distance(given, name);
            if (distance < bestDistance)
            {
                (best, bestDistance) = (name, distance);
            }
        }
        return best;
    }

    // Levenshtein's distance without regard to case, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + change));
            }
        }
        return row[b.Length];
    }
}
