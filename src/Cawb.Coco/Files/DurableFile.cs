namespace Cawb.Coco.Files;

/// <summary>Writes a whole file or nothing: temporary name beside it, flushed to the disk, then renamed over the old one.</summary>
internal static class DurableFile
{
    public static void Write(string path, Action<Stream> write)
    {
        var whole = Path.GetFullPath(path);
        var temporary = FormattableString.Invariant($"{whole}.{Environment.ProcessId}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, whole, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
