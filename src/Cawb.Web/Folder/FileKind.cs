using System.Runtime.InteropServices;

namespace Cawb.Web.Folder;

/// <summary>Tells files and folders from pipes, sockets and devices: whoever opens one of those may wait for ever.</summary>
internal static unsafe partial class FileKind
{
    // AT_FDCWD: a path is relative to the folder at hand.
    private const int FromHere = -100;

    // STATX_TYPE; the structure of statx(2), which is the same on all of Linux, has the mode at its 28th byte.
    private const uint Type = 1;
    private const int Size = 256;
    private const int Mode = 28;
    private const int TypeOfMode = 0xF000;
    private const int Folder = 0x4000;
    private const int File = 0x8000;

    /// <summary>Whether a path, or what it links to, is there and neither file nor folder; false on other systems than Linux.</summary>
    /// <param name="path">Need not exist.</param>
    public static bool IsSpecial(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        var status = stackalloc byte[Size];
        return Status(FromHere, path, 0, Type, status) == 0 && (*(ushort*)(status + Mode) & TypeOfMode) is not (Folder or File);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint mask, byte* status);
}
