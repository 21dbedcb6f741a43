using System.Text;
using Cawb.Files;

namespace Cawb.Reports.Files;

/// <summary>Writes whole files so that a reader, a crash or a full disk never meets half of one, and says in words why one cannot be written.</summary>
public static class AtomicFile
{
    /// <summary>Replaces or makes a file.</summary>
    /// <param name="path">In a folder that exists.</param>
    /// <param name="content">Writes everything into the stream, which it leaves open. May throw: then nothing changes.</param>
    /// <exception cref="FileException">The file cannot be written; the message says why and what to do.</exception>
    public static void Write(string path, Action<Stream> content)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(content);
        try
        {
            WholeFile.Write(path, content);
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfWriting(path, fault);
        }
    }

    /// <summary>Replaces or makes a text file in UTF-8 without byte-order mark.</summary>
    /// <param name="path">In a folder that exists.</param>
    /// <param name="text">All of it.</param>
    /// <exception cref="FileException">The file cannot be written; the message says why and what to do.</exception>
    public static void WriteText(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Makes a text file, unless there is one of that name: of several processes on several hosts one makes it.</summary>
    /// <param name="path">In a folder that exists.</param>
    /// <param name="text">All of it.</param>
    /// <returns>Whether this call made it.</returns>
    /// <exception cref="FileException">The file cannot be written.</exception>
    public static bool TryCreateText(string path, string text)
    {
        if (File.Exists(path))
        {
            return false;
        }
        var draft = Unfinished.NameFor(path);
        WriteText(draft, text);
        try
        {
            File.Move(draft, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
            return false;
        }
        catch (Exception fault) when (FileFault.IsOne(fault))
        {
            throw FileFault.OfWriting(path, fault);
        }
    }

    /// <summary>Deletes what killed processes of this host left half written. Call it only where no other thread can be writing.</summary>
    /// <param name="folder">Looked through without its sub-folders.</param>
    public static void RemoveLeftovers(string folder) => WholeFile.RemoveLeftovers(folder);
}
