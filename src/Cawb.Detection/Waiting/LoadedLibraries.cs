namespace Cawb.Detection.Waiting;

/// <summary>The native libraries that this process has loaded, as Linux lists them.</summary>
internal static class LoadedLibraries
{
    /// <summary>The full path of the libgomp that libtorch uses; null if there is none, or if the system does not tell.</summary>
    public static string? OpenMp()
    {
        try
        {
            return OperatingSystem.IsLinux() ? OpenMp(File.ReadLines("/proc/self/maps")) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>As above, from the lines of <c>/proc/self/maps</c>.</summary>
    public static string? OpenMp(IEnumerable<string> lines)
    {
        var paths = lines.Select(PathOf).Where(path => path.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        var libtorch = paths.Find(path => Path.GetFileName(path).StartsWith("libtorch_cpu.so", StringComparison.Ordinal));

        // Another library may have brought another libgomp, such as the system's. Libtorch's lies beside it, or is the only one.
        return libtorch is null
            ? null
            : paths.Where(path => Path.GetFileName(path).StartsWith("libgomp", StringComparison.Ordinal)).OrderByDescending(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(libtorch)).FirstOrDefault();
    }

    // address perms offset device inode path; the path alone may hold spaces, and has none before it starts with a slash.
    private static string PathOf(string line) => line.IndexOf('/', StringComparison.Ordinal) is var start and >= 0 ? line[start..] : "";
}
