using System.Reflection;
using System.Runtime.InteropServices;

namespace Cawb.Torch.Interop;

/// <summary>The functions of native/torch.h. Those that can fail are called through <see cref="NativeError"/>'s checks.</summary>
internal static unsafe partial class Native
{
    private const string Library = "cawb_torch";

    static Native()
    {
        NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);
    }

    [LibraryImport(Library, EntryPoint = "cawb_torch_error")]
    internal static partial byte* Error();

    [LibraryImport(Library, EntryPoint = "cawb_torch_version")]
    internal static partial byte* Version();

    [LibraryImport(Library, EntryPoint = "cawb_torch_has_cuda")]
    internal static partial int HasCuda();

    [LibraryImport(Library, EntryPoint = "cawb_torch_live")]
    internal static partial long Live();

    [LibraryImport(Library, EntryPoint = "cawb_torch_get_threads")]
    internal static partial int GetThreads();

    [LibraryImport(Library, EntryPoint = "cawb_torch_set_threads")]
    internal static partial int SetThreads(int count);

    [LibraryImport(Library, EntryPoint = "cawb_torch_set_crowd")]
    internal static partial int SetCrowd(int members);

    [LibraryImport(Library, EntryPoint = "cawb_torch_manual_seed")]
    internal static partial int ManualSeed(long seed);

    [LibraryImport(Library, EntryPoint = "cawb_torch_set_deterministic")]
    internal static partial int SetDeterministic(int enabled);

    [LibraryImport(Library, EntryPoint = "cawb_torch_get_grad_mode")]
    internal static partial int GetGradMode();

    [LibraryImport(Library, EntryPoint = "cawb_torch_set_grad_mode")]
    internal static partial int SetGradMode(int enabled);

    [LibraryImport(Library, EntryPoint = "cawb_torch_operator", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint FindOperator(string name, string overload);

    [LibraryImport(Library, EntryPoint = "cawb_torch_call")]
    internal static partial int Call(nint operation, Argument* arguments, int count, Argument* results, int capacity);

    [LibraryImport(Library, EntryPoint = "cawb_torch_free")]
    internal static partial void Free(nint memory);

    [LibraryImport(Library, EntryPoint = "cawb_torch_release")]
    internal static partial void Release(nint tensor);

    [LibraryImport(Library, EntryPoint = "cawb_torch_meta")]
    internal static partial int ReadMeta(nint tensor, TensorMeta* meta);

    [LibraryImport(Library, EntryPoint = "cawb_torch_set_requires_grad")]
    internal static partial int SetRequiresGradient(nint tensor, int value);

    [LibraryImport(Library, EntryPoint = "cawb_torch_get_gradient")]
    internal static partial int GetGradient(nint tensor, nint* gradient);

    [LibraryImport(Library, EntryPoint = "cawb_torch_set_gradient")]
    internal static partial int SetGradient(nint tensor, nint gradient);

    [LibraryImport(Library, EntryPoint = "cawb_torch_backward")]
    internal static partial int Backward(nint root, nint gradient, int retainGraph);

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library)
        {
            return 0;
        }

        // Intel's OpenMP, in some other libtorch, has no throttle (see MachineLoad) and reads this when it is loaded, from the C environment, which .NET's own copy does not reach.
        _ = SetEnvironment("KMP_BLOCKTIME", "0", overwrite: 0);
        var file = Path.Combine(AppContext.BaseDirectory, "libcawb_torch.so");
        if (!File.Exists(file))
        {
            throw new DllNotFoundException($"{file} is missing. 'dotnet build' of Cawb.Torch compiles it and copies it beside the program; build again.");
        }

        try
        {
            return NativeLibrary.Load(file);
        }
        catch (DllNotFoundException fault)
        {
            throw new DllNotFoundException(
                $"{file} cannot be loaded; is the libtorch it was built with still there? apt-get install libtorch-dev libopenblas0-pthread, "
                + $"or set LIBTORCH to a libtorch folder and build again. The loader says: {fault.Message.ReplaceLineEndings(" ")}",
                fault);
        }
    }
}
