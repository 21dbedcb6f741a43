namespace Cawb.Detection.Data.Caching;

/// <summary>Where a data set keeps what was computed from it: <c>.cawb-cache</c> beside its description. It can be deleted at any time.</summary>
internal static class CacheFolder
{
    internal const string Name = ".cawb-cache";

    /// <param name="description">The YAML file, or the annotation file of a part, mostly in a folder <c>annotations</c>.</param>
    internal static string Of(string description)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(description)) ?? "/";
        var isInside = Path.GetFileName(folder).Equals(CocoLayout.AnnotationsFolder, StringComparison.OrdinalIgnoreCase);
        return Path.Combine(isInside ? Path.GetDirectoryName(folder) ?? "/" : folder, Name);
    }

    /// <summary>The file of one part; the folder may not be there yet.</summary>
    /// <param name="description">As above.</param>
    /// <param name="part"><c>train</c> or <c>val</c>.</param>
    /// <param name="kind">Of the content, such as <c>labels</c>.</param>
    internal static string FileOf(string description, string part, string kind) =>
        Path.Combine(Of(description), $"{Path.GetFileName(description)}.{part}.{kind}");
}
