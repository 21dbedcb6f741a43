using System.Runtime.InteropServices;
using Cawb.Torch.Interop;

namespace Cawb.Torch;

/// <summary>What concerns the native library as a whole.</summary>
public static unsafe class LibTorch
{
    /// <summary>The version of libtorch that the shim was compiled with, for example <c>1.13.0</c>.</summary>
    public static string Version { get; } = Marshal.PtrToStringUTF8((nint)Native.Version()) ?? "unknown";

    /// <summary>Whether this libtorch has CUDA and finds an accelerator.</summary>
    public static bool HasCuda
    {
        get
        {
            var answer = Native.HasCuda();
            NativeError.ThrowIf(answer < 0, "looking for CUDA");
            return answer == 1;
        }
    }

    /// <summary>
    /// Seeds libtorch's own generators. Nothing in this repository draws from them: every draw is a function of (seed, position). It is here for
    /// operators that a caller reaches in libtorch itself.
    /// </summary>
    /// <param name="seed">Any number.</param>
    public static void ManualSeed(long seed) => NativeError.ThrowIf(Native.ManualSeed(seed) < 0, "seeding");

    /// <summary>Makes operators that have no reproducible implementation on their device throw instead of giving results that differ from run to run.</summary>
    /// <param name="enabled">Off when the process starts.</param>
    public static void RequireDeterminism(bool enabled) => NativeError.ThrowIf(Native.SetDeterministic(enabled ? 1 : 0) < 0, "requiring determinism");
}
