namespace Cawb.Web.Folder;

/// <summary>Where a path really leads: every link on the way is followed.</summary>
internal static class RealPath
{
    // As many as Linux follows.
    private const int MostLinks = 40;

    /// <summary>The path without links; null where they lead in a circle, or one cannot be read.</summary>
    /// <param name="path">Need not exist.</param>
    public static string? Of(string path)
    {
        var full = Path.GetFullPath(path);
        var at = Path.GetPathRoot(full) ?? "/";
        var rest = new Stack<string>();
        Push(rest, full[at.Length..]);
        for (var links = 0; rest.TryPop(out var name);)
        {
            if (name == "..")
            {
                at = Path.GetDirectoryName(at) ?? at;
                continue;
            }

            var next = Path.Combine(at, name);
            if (!TryTarget(next, out var target) || (target is not null && ++links > MostLinks))
            {
                return null;
            }

            if (target is null)
            {
                at = next;
                continue;
            }

            at = Path.IsPathRooted(target) ? Path.GetPathRoot(target) ?? at : at;
            Push(rest, Path.IsPathRooted(target) ? target[at.Length..] : target);
        }

        return at;
    }

    private static void Push(Stack<string> rest, string path)
    {
        foreach (var name in path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Where(name => name != ".").Reverse())
        {
            rest.Push(name);
        }
    }

    private static bool TryTarget(string path, out string? target)
    {
        try
        {
            target = new FileInfo(path).LinkTarget;
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            target = null;
            return false;
        }
    }
}
