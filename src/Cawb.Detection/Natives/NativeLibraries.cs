using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using Cawb.Natives;
using Cawb.TorchSharp;

namespace Cawb.Detection.Natives;

/// <summary>Lets the engine's native libraries load where their packages alone do not: TorchSharp's on an older Linux (<see cref="OlderLinux"/>), OpenCvSharp's where there is no desktop.</summary>
/// <remarks>Whatever loads by itself is left alone, so on most systems nothing happens here at all.</remarks>
public static class NativeLibraries
{
    private const string Library = "OpenCvSharpExtern";

    private static readonly Lock Gate = new();
    private static readonly EngineLibrary OpenCvSharp = new(Library, MissingDesktop.Load);

    private static bool prepared;

    /// <summary>
    /// From now on a library that does not load by itself is helped, or a <see cref="NativeLibraryException"/> says why that is impossible. Loads nothing itself. Using this assembly
    /// has called it already; call it before the first use of TorchSharp or OpenCvSharp where nothing of this assembly was used before.
    /// </summary>
    public static void Prepare()
    {
        OlderLinux.Enable();
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
    private static nint Resolve(Assembly asking, string name) => name == Library ? OpenCvSharp.Handle : 0;
}
