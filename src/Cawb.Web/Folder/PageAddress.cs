using System.Globalization;

namespace Cawb.Web.Folder;

/// <summary>Where pages and pictures are: addresses relative to the root, with every letter of a name escaped that means something there.</summary>
public static class PageAddress
{
    /// <summary>Of a run.</summary>
    /// <param name="run">Of the folder.</param>
    public static string Of(FolderRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return "run/" + Escaped(run.Name);
    }

    /// <summary>Of a comparison.</summary>
    /// <param name="name">Path below the folder, with slashes.</param>
    public static string OfComparison(string name) => "comparison/" + Escaped(name);

    /// <summary>Of several runs side by side.</summary>
    /// <param name="names">Paths below the folder, with slashes.</param>
    public static string OfSeveral(IEnumerable<string> names) => "runs?" + string.Join('&', names.Select(name => "run=" + Uri.EscapeDataString(name)));

    /// <summary>Of a picture of a run, which changes when the picture does.</summary>
    /// <param name="run">Of the folder.</param>
    /// <param name="fileName">In the run directory.</param>
    /// <param name="changed">Ticks of its last change.</param>
    public static string OfPicture(FolderRun run, string fileName, long changed)
    {
        ArgumentNullException.ThrowIfNull(run);
        return string.Create(CultureInfo.InvariantCulture, $"pictures/{Escaped(run.Name.Length > 0 ? run.Name + "/" + fileName : fileName)}?v={changed:x}");
    }

    /// <summary>Whether an address of a picture is that of the picture as it is.</summary>
    /// <param name="version">Of the address.</param>
    /// <param name="changed">Ticks of the picture's last change.</param>
    internal static bool IsVersion(string? version, long changed) => version == changed.ToString("x", CultureInfo.InvariantCulture);

    private static string Escaped(string name) => string.Join('/', name.Split('/').Select(Uri.EscapeDataString));
}
