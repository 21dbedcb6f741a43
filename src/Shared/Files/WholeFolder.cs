namespace Cawb.Files;

/// <summary>Makes folders that are there with all that belongs in them, or not at all, whoever else makes one in that place.</summary>
internal static class WholeFolder
{
    /// <summary>A new folder beside the one that is to be; what killed processes of this host left of it is deleted first.</summary>
    /// <param name="path">Of the folder that is to be.</param>
    /// <returns>Its own name begins with a dot and says what it is.</returns>
    /// <exception cref="IOException">It cannot be made there.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor is it allowed to.</exception>
    public static string Begin(string path)
    {
        var (parent, name) = Split(path);
        Directory.CreateDirectory(parent);
        RemoveLeftovers(parent, "." + name + ".");
        var building = Unfinished.NameFor(Path.Combine(parent, "." + name));
        Directory.CreateDirectory(building);
        return building;
    }

    /// <summary>Gives a folder its name. An empty folder of that name is replaced.</summary>
    /// <exception cref="IOException">There is something else of that name.</exception>
    public static void End(string building, string path)
    {
        if (Directory.Exists(path))
        {
            // Fails where something is in it.
            Directory.Delete(path);
        }
        Directory.Move(building, path);
        Folder.Flush(Split(path).Parent);
    }

    /// <summary>Deletes a folder if it is there; links in it are taken away, not what they lead to. Where that cannot be done it stays, and says by its name what it is.</summary>
    /// <param name="building">Null where it was not begun.</param>
    public static void Discard(string? building)
    {
        try
        {
            if (building is not null)
            {
                Delete(building);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // What made the creation fail may forbid this too.
        }
    }

    /// <summary>Deletes what killed processes of this host left half-made. Several processes may do so at once.</summary>
    /// <param name="parent">Of such folders.</param>
    /// <param name="beginning">Of the names that are looked for; a dot for all.</param>
    public static void RemoveLeftovers(string parent, string beginning = ".")
    {
        foreach (var folder in Directory.EnumerateDirectories(parent, beginning + Unfinished.Pattern).Where(Unfinished.IsAbandoned))
        {
            Delete(folder);
        }
    }

    /// <summary>Deletes a folder with all that is in it, if it is there.</summary>
    public static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another process was faster.
        }
    }

    private static (string Parent, string Name) Split(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return (Path.GetDirectoryName(full) ?? full, Path.GetFileName(full));
    }
}
