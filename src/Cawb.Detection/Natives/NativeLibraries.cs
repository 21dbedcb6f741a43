using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace Cawb.Detection.Natives;

/// <summary>Lets the engine's native libraries load where their packages alone do not: on a Linux with an older C++ library, and on one without a desktop.</summary>
/// <remarks>Whatever loads by itself is left alone, so on most systems nothing happens here at all.</remarks>
public static class NativeLibraries
{
    private const string TorchSharp = "LibTorchSharp";

    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, EngineLibrary> Libraries = new(StringComparer.Ordinal)
    {
        [TorchSharp] = new(TorchSharp, OlderLinux.Load),
        ["OpenCvSharpExtern"] = new("OpenCvSharpExtern", MissingDesktop.Load),
    };

    private static bool prepared;

    /// <summary>
    /// From now on a library that does not load by itself is helped, or a <see cref="NativeLibraryException"/> says why that is impossible. Loads nothing itself. Using this assembly
    /// has called it already; call it before the first use of TorchSharp or OpenCvSharp where nothing of this assembly was used before.
    /// </summary>
    public static void Prepare()
    {
        lock (Gate)
        {
            if (!prepared)
            {
                AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;
                prepared = true;
            }
        }
    }

    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255:The 'ModuleInitializer' attribute should not be used in libraries", Justification = "All of this assembly's users reach the native libraries through it, at places too many to name.")]
    internal static void PrepareOnFirstUse() => Prepare();

    // Raised only after the plain load has failed; 0 means that this is not ours.
    private static nint Resolve(Assembly asking, string name)
    {
        if (!Libraries.TryGetValue(name, out var library))
        {
            return 0;
        }

        try
        {
            return library.Handle;
        }
        catch (NativeLibraryException) when (name == TorchSharp && IsTried())
        {
            // TorchSharp catches what its attempt throws, copies half a gigabyte and then blames a missing package. A handle without its functions ends the attempt;
            // the first call of a function asks again and gets the exception.
            return NativeLibrary.GetMainProgramHandle();
        }
    }

    /// <summary>Whether the library is asked for by an attempt that catches, TorchSharp's own or the runtime's, and not by the call of a function.</summary>
    private static bool IsTried() => new StackTrace().GetFrames().Any(frame => frame.GetMethod() is { } method && method.Name.StartsWith(nameof(NativeLibrary.TryLoad), StringComparison.Ordinal));
}
