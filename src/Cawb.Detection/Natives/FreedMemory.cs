using System.Runtime.InteropServices;

namespace Cawb.Detection.Natives;

/// <summary>Has glibc keep the memory that a training step frees, since the next step asks for as much again: giving it back and fetching it anew costs 3 % of a step.</summary>
internal static unsafe class FreedMemory
{
    // Of malloc.h.
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;

    private static readonly bool Kept = TryKeep();

    /// <summary>Blocks up to 32 MiB come from the heap, and up to 512 MiB at its end are kept. Does nothing, and says no, where the C library is another.</summary>
    /// <remarks>Once for the process. It ends the C library's own adjusting of these two numbers.</remarks>
    public static bool Keep() => Kept;

    private static bool TryKeep()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad("libc.so.6", out var library) || !NativeLibrary.TryGetExport(library, "mallopt", out var function))
        {
            return false;
        }

        var set = (delegate* unmanaged<int, int, int>)function;
        return set(MapThreshold, 32 << 20) == 1 && set(TrimThreshold, 512 << 20) == 1;
    }
}
