using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Cawb.Natives;

/// <summary>Loads a library from memory, without a file on a disk. Linux only.</summary>
internal static partial class MemoryLibrary
{
    private const uint CloseOnExec = 1;
    private const uint Executable = 16;

    /// <summary>Loads the library.</summary>
    /// <param name="name">What the system's tools show.</param>
    /// <param name="bytes">An ELF file.</param>
    /// <exception cref="DllNotFoundException">The system does not load it.</exception>
    /// <exception cref="IOException">There is no memory for it, or the system has no such files.</exception>
    public static nint Load(string name, ReadOnlySpan<byte> bytes)
    {
        // Kernels before 6.3 know no files that must say that they are executable.
        var descriptor = Create(name, CloseOnExec | Executable);
        if (descriptor < 0)
        {
            descriptor = Create(name, CloseOnExec);
        }

        if (descriptor < 0)
        {
            throw new IOException($"no file in memory: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }

        // Never closed: the system's loader knows libraries by path, and would take the next one of this number for this one.
        using var file = new SafeFileHandle(descriptor, ownsHandle: false);
        RandomAccess.Write(file, bytes, 0);
        var path = $"/proc/self/fd/{descriptor}";
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (DllNotFoundException fault)
        {
            throw new DllNotFoundException(fault.Message.Replace(path, name, StringComparison.Ordinal), fault);
        }
    }

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Create(string name, uint flags);
}
