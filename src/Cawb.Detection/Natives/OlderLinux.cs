using System.Runtime.InteropServices;

namespace Cawb.Detection.Natives;

/// <summary>
/// Loads TorchSharp's library where the C++ library is older than the one it was linked with (GLIBCXX_3.4.32; Debian 12 and Ubuntu 22.04 have 3.4.30). It asks for that version and
/// uses nothing of it, so a copy in memory that no longer insists is the same library.
/// </summary>
internal static class OlderLinux
{
    /// <summary>Loads the library of a path from a changed copy in memory.</summary>
    /// <exception cref="DllNotFoundException">The system does not load it so either.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static nint Load(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var file = new ElfFile(bytes);
        if (UnusedVersions.MarkWeak(bytes) == 0)
        {
            return NativeLibrary.Load(path);
        }

        // A library in memory has no folder that it could find these in; once loaded, they are found by name.
        foreach (var needed in file.Needed().Select(NativeFiles.Find).OfType<string>())
        {
            NativeLibrary.Load(needed);
        }

        return MemoryLibrary.Load(Path.GetFileName(path), bytes);
    }
}
