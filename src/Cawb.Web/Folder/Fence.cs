using Cawb.Reports.Files;

namespace Cawb.Web.Folder;

/// <summary>Keeps what is read inside the folder of runs, and to files: a link that leads out of it is not followed, and a pipe is not waited for.</summary>
/// <param name="root">The folder; it may be a link itself, for somebody named it.</param>
internal sealed class Fence(string root)
{
    private readonly string? real = RealPath.Of(root);

    /// <summary>Why something in the folder must not be read; empty where it may. What lies above it has been asked about before.</summary>
    /// <param name="path">Need not exist.</param>
    public string Objection(string path)
    {
        try
        {
            return File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint) && !Has(path) ? "is a link that leads out of the folder of runs, so it is not read. Start cawb serve with --runs on the folder that it leads to."
                : FileKind.IsSpecial(path) ? "is a pipe, a socket or a device, so it is not read. No run makes one; look at what did."
                : "";
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return "";
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            return $"cannot be read: {(fault is UnauthorizedAccessException ? "permission denied" : fault.Message.TrimEnd('.'))}. Check its owner and its permissions.";
        }
    }

    /// <summary>Whether a path lies inside, whatever links there are on the way.</summary>
    /// <param name="path">Need not exist.</param>
    public bool Has(string path) => real is not null && RealPath.Of(path) is { } place && (place == real || place.StartsWith(Path.TrimEndingDirectorySeparator(real) + Path.DirectorySeparatorChar, StringComparison.Ordinal));
}
