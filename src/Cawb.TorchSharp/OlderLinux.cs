using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Cawb.Natives;

namespace Cawb.TorchSharp;

/// <summary>
/// Loads TorchSharp's native library on a Linux whose C++ library is older than the one it was linked with: it asks for GLIBCXX_3.4.32, which Debian 12 and Ubuntu 22.04 do not have.
/// </summary>
/// <remarks>
/// The library asks for that version and uses nothing of it, so a copy in memory that no longer insists is the same library. Whatever loads by itself is left alone: on other systems,
/// and with a later TorchSharp, nothing happens here at all.
/// </remarks>
public static class OlderLinux
{
    private const string Library = "LibTorchSharp";

    private static readonly Lock Gate = new();
    private static readonly EngineLibrary TorchSharp = new(Library, Load);

    private static bool enabled;

    /// <summary>
    /// From now on TorchSharp's library is helped where it does not load by itself. Call it once, before the first use of TorchSharp; it loads nothing itself. Where nothing helps, the
    /// first use of TorchSharp throws a <see cref="NativeLibraryException"/> that says what is missing.
    /// </summary>
    public static void Enable()
    {
        lock (Gate)
        {
            if (!enabled)
            {
                AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;
                enabled = true;
            }
        }
    }

    // Raised only after the plain load has failed; 0 means that this is not ours.
    private static nint Resolve(Assembly asking, string name)
    {
        if (name != Library)
        {
            return 0;
        }

        try
        {
            return TorchSharp.Handle;
        }
        catch (NativeLibraryException) when (IsTried())
        {
            // TorchSharp catches what its attempt throws, copies half a gigabyte and then blames a missing package. A handle without its functions ends the attempt;
            // the first call of a function asks again and gets the exception.
            return NativeLibrary.GetMainProgramHandle();
        }
    }

    /// <summary>Whether the library is asked for by an attempt that catches, TorchSharp's own or the runtime's, and not by the call of a function.</summary>
    private static bool IsTried() => new StackTrace().GetFrames().Any(frame => frame.GetMethod() is { } method && method.Name.StartsWith(nameof(NativeLibrary.TryLoad), StringComparison.Ordinal));

    private static nint Load(string path)
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
