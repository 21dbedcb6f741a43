using System.Runtime.InteropServices;

namespace Cawb.Files;

/// <summary>What the base class library does not do with folders.</summary>
internal static partial class Folder
{
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

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int FlushDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
