using System.Runtime.InteropServices;
using Cawb.Natives;

namespace Cawb.Detection.Natives;

/// <summary>
/// Loads OpenCvSharp's library where libraries of the desktop (GTK and what belongs to it) are missing. They serve its windows, which nobody opens here, and their functions are looked
/// up only when called: an empty library of the same name is enough for each.
/// </summary>
internal static class MissingDesktop
{
    /// <summary>Loads the library of a path after standing in for what is missing.</summary>
    /// <exception cref="DllNotFoundException">The system does not load it so either.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static nint Load(string path)
    {
        string[] missing;
        using (var file = new MappedFile(path))
        {
            // All are asked for before the first stand-in is there, lest a real library come to lie on one. What it needs a version of is no part of a desktop and cannot be missed.
            missing = [.. new ElfFile(file.Bytes).NeededWithoutVersion().Where(name => !NativeLibrary.TryLoad(name, out _))];
        }

        foreach (var name in missing)
        {
            MemoryLibrary.Load(name, StandIn.Of(name));
        }

        return NativeLibrary.Load(path);
    }
}
