namespace Cawb.Web.Folder;

/// <summary>What a look at a file costs next to nothing to know; while it is the same, the file is taken to be.</summary>
/// <param name="Length">In bytes; -1 where there is no file.</param>
/// <param name="Changed">Ticks of the last change.</param>
internal readonly record struct FileStamp(long Length, long Changed)
{
    /// <summary>Of a file, or of what a link leads to.</summary>
    /// <param name="path">Need not exist.</param>
    public static FileStamp Of(string path)
    {
        var info = new FileInfo(path);
        if (info.Exists && info.Attributes.HasFlag(FileAttributes.ReparsePoint) && RealPath.Of(path) is { } real)
        {
            info = new FileInfo(real);
        }

        return info.Exists ? new FileStamp(info.Length, info.LastWriteTimeUtc.Ticks) : new FileStamp(-1, 0);
    }

    /// <summary>When a folder last got, lost or renamed something; 0 where there is none.</summary>
    /// <param name="path">Need not exist.</param>
    public static long OfFolder(string path)
    {
        var info = new DirectoryInfo(path);
        return info.Exists ? info.LastWriteTimeUtc.Ticks : 0;
    }
}
