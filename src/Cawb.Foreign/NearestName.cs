namespace Cawb.Foreign;

/// <summary>The known name that a typing error most likely meant.</summary>
internal static class NearestName
{
    /// <summary>The nearest of the known names, or an empty text where none is near.</summary>
    public static string Of(string name, IEnumerable<string> known)
    {
        var (best, bestDistance) = ("", int.MaxValue);
        foreach (var candidate in known)
        {
            var distance = Distance(name, candidate);
            if (distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }
        return bestDistance <= Math.Max(2, name.Length / 3) ? best : "";
    }

    /// <summary>A sentence that proposes it, with a leading space, or nothing.</summary>
    public static string Suggestion(string name, IEnumerable<string> known) =>
        Of(name, known) is { Length: > 0 } nearest ? $" Did you mean '{nearest}'?" : "";

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substitution = diagonal + (char.ToUpperInvariant(left[i - 1]) == char.ToUpperInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
