using System.Runtime.InteropServices;
using Cawb.TorchSharp;

namespace Cawb.Natives;

/// <summary>One native library that its package alone did not load.</summary>
/// <param name="name">As it is asked for, without prefix and ending.</param>
/// <param name="help">Loads the file at a path on a Linux where the plain load failed.</param>
internal sealed class EngineLibrary(string name, Func<string, nint> help)
{
    private readonly Lazy<nint> handle = new(() => Load(name, help));

    /// <summary>The loaded library. The attempt is made once.</summary>
    /// <exception cref="NativeLibraryException">Nothing helps.</exception>
    public nint Handle => handle.Value;

    private static nint Load(string name, Func<string, nint> help)
    {
        if (NativeFiles.Find(NativeFiles.NameOf(name)) is not { } path)
        {
            throw new NativeLibraryException(LoadingFault.NotThere(name));
        }

        try
        {
            return OperatingSystem.IsLinux() ? help(path) : NativeLibrary.Load(path);
        }
        catch (Exception fault) when (fault is DllNotFoundException or BadImageFormatException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new NativeLibraryException(LoadingFault.Explain(path, fault), fault);
        }
    }
}
