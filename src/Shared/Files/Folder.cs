using System.Runtime.InteropServices;

namespace Cawb.Files;

/// <summary>What the base class library does not do with folders.</summary>
internal static partial class Folder
{
    private const int FileExists = 17;

    /// <summary>Makes new, renamed and deleted entries of a folder survive a power cut (fsync of the folder). Windows needs and offers nothing of the kind.</summary>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        var descriptor = Open(path, 0);
        if (descriptor < 0)
        {
            return;
        }
        // Some file systems refuse fsync on folders; then there is nothing more to be had, and the file itself is safe.
        _ = FlushDescriptor(descriptor);
        _ = Close(descriptor);
    }

    /// <summary>Gives a file its name unless there is one of that name, in one step: File.Move looks first and replaces then, so that of two at once both would be told that they made it.</summary>
    /// <returns>Whether the name was given. If not, the file still has its old one.</returns>
    /// <exception cref="IOException">There is nothing at the old name, or the folder takes none.</exception>
    public static bool TryRename(string path, string unusedName)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(path, unusedName) == 0)
            {
                File.Delete(path);
                return true;
            }
            if (Marshal.GetLastPInvokeError() == FileExists)
            {
                return false;
            }
            // A file system without hard links: the best that is left.
        }
        try
        {
            File.Move(path, unusedName, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(unusedName))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string path, string newName);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int FlushDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
