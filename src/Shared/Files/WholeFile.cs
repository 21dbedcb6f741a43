namespace Cawb.Files;

/// <summary>Writes whole files so that a reader, a crash or a full disk never meets half of one.</summary>
/// <remarks>
/// The content goes to a temporary name in the same folder, is flushed to the disk, and takes the file's name in one step; then the folder's entry is flushed too.
/// Whatever fails before the last step, the file that was there before is still there, whole, and the temporary one is gone. A process that is killed leaves the
/// temporary file behind; <see cref="RemoveLeftovers"/> finds it.
/// </remarks>
internal static class WholeFile
{
    private const int MostAttempts = 20;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    /// <summary>Replaces or makes a file.</summary>
    /// <param name="path">In a folder that exists.</param>
    /// <param name="content">Writes everything into the stream, which it leaves open. May throw: then nothing changes.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor is it allowed to.</exception>
    public static void Write(string path, Action<Stream> content)
    {
        var target = ThroughLinks(path);
        var temporary = Unfinished.NameFor(target);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                content(stream);
                stream.Flush(flushToDisk: true);
            }

            Replace(target, () => File.Move(temporary, target, overwrite: true), Thread.Sleep);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        Folder.Flush(Path.GetDirectoryName(Path.GetFullPath(target)) ?? Path.DirectorySeparatorChar.ToString());
    }

    /// <summary>Deletes what killed processes of this host left half written. Call it only where no other thread can be writing.</summary>
    /// <param name="folder">Looked through without its sub-folders.</param>
    public static void RemoveLeftovers(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, Unfinished.Pattern).Where(Unfinished.IsAbandoned))
        {
            File.Delete(file);
        }
    }

    /// <summary>Windows replaces no file that somebody is reading, and virus scanners read what is new: the move is tried again for a second or two.</summary>
    public static void Replace(string target, Action move, Action<TimeSpan> pause)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                move();
                return;
            }
            catch (Exception fault) when (attempt < MostAttempts && fault is UnauthorizedAccessException or IOException { HResult: WindowsSharingViolation } && File.Exists(target))
            {
                pause(TimeSpan.FromMilliseconds(10 * attempt));
            }
        }
    }

    // A link stays a link: what it points to is replaced.
    private static string ThroughLinks(string path) =>
        new FileInfo(path).LinkTarget is null ? path : File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
}
