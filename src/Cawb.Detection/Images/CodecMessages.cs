using System.Runtime.InteropServices;

namespace Cawb.Detection.Images;

/// <summary>Keeps the decoders inside OpenCV from writing to the error stream of the process.</summary>
/// <remarks>
/// libjpeg and libpng report damage by <c>fprintf(stderr, ...)</c>, in the middle of other output and without the file's name, and OpenCV offers no way to stop them. A library of Linux
/// finds the variable <c>stderr</c> through one entry of its own table of addresses. That entry is led to a stream into nothing: of the whole process, OpenCV alone falls silent. Where
/// the entry is not found exactly as expected, and on other systems, nothing is changed.
/// </remarks>
internal static unsafe partial class CodecMessages
{
    // Of elf.h: where the program headers lie, the tags of a dynamic section, the kinds of relocation that fill in the address of a variable.
    private const int HeadersAt = 32;
    private const int HeaderCountAt = 56;
    private const int HeaderBytes = 56;
    private const uint DynamicHeader = 2;
    private const long Strings = 5;
    private const long Symbols = 6;
    private const long Relocations = 7;
    private const long RelocationsSize = 8;
    private const uint VariableOfX64 = 6;
    private const uint VariableOfArm64 = 1025;
    private const int SymbolBytes = 24;

    private const int CanReadAndWrite = 3;

    /// <summary>To be called once.</summary>
    internal static void Silence()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess
            || !NativeLibrary.TryGetExport(NativeLibrary.GetMainProgramHandle(), "stderr", out var stderr)
            || !NativeLibrary.TryLoad("OpenCvSharpExtern", typeof(OpenCvSharp.Cv2).Assembly, searchPath: null, out var library))
        {
            return;
        }

        var entry = Entry(library);
        if (entry is null || *entry != stderr || Open("/dev/null", "w") is not (not 0 and var nothing))
        {
            return;
        }

        var page = (nint)entry & -(nint)Environment.SystemPageSize;
        if (Protect(page, Environment.SystemPageSize, CanReadAndWrite) != 0)
        {
            return;
        }

        // Never freed: the library stays as long as the process.
        var variable = (nint*)NativeMemory.Alloc((nuint)sizeof(nint));
        *variable = nothing;
        *entry = (nint)variable;
    }

    // Where the library has the address of `stderr`; null where it has none.
    private static nint* Entry(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "core_setNumThreads", out var function) || FindLibrary(function, out var found) == 0)
        {
            return null;
        }

        var start = (byte*)found.Start;
        var dynamic = DynamicSection(start);
        if (dynamic is null)
        {
            return null;
        }

        var strings = Address(dynamic, Strings, start);
        var symbols = Address(dynamic, Symbols, start);
        var relocations = Address(dynamic, Relocations, start);
        if (strings is null || symbols is null || relocations is null)
        {
            return null;
        }

        // A relocation is three numbers of 64 bits: where, what (the symbol in the upper half, the kind in the lower), and a number to add.
        for (var relocation = (ulong*)relocations; (byte*)relocation < relocations + Value(dynamic, RelocationsSize); relocation += 3)
        {
            var (symbol, kind) = (relocation[1] >> 32, (uint)relocation[1]);
            if (kind is VariableOfX64 or VariableOfArm64
                && MemoryMarshal.CreateReadOnlySpanFromNullTerminated(strings + *(uint*)(symbols + symbol * SymbolBytes)).SequenceEqual("stderr"u8))
            {
                return (nint*)(start + relocation[0]);
            }
        }

        return null;
    }

    private static long* DynamicSection(byte* start)
    {
        var header = start + *(long*)(start + HeadersAt);
        for (var left = *(ushort*)(start + HeaderCountAt); left > 0; left--, header += HeaderBytes)
        {
            if (*(uint*)header == DynamicHeader)
            {
                return (long*)(start + *(long*)(header + 16));
            }
        }

        return null;
    }

    // Pairs of tag and value, up to the tag 0.
    private static long Value(long* dynamic, long tag)
    {
        for (; dynamic[0] != 0; dynamic += 2)
        {
            if (dynamic[0] == tag)
            {
                return dynamic[1];
            }
        }

        return 0;
    }

    // glibc has added the library's place to the addresses of the section, others leave them as they are in the file.
    private static byte* Address(long* dynamic, long tag, byte* start) => Value(dynamic, tag) switch
    {
        0 => null,
        var value when value < (long)start => start + value,
        var value => (byte*)value,
    };

    [LibraryImport("libc", EntryPoint = "dladdr")]
    private static partial int FindLibrary(nint address, out Place place);

    [LibraryImport("libc", EntryPoint = "fopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Open(string path, string mode);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint page, nint length, int rights);

    // Dl_info of dlfcn.h.
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Place
    {
        private readonly nint file;
        internal readonly nint Start;
        private readonly nint symbol;
        private readonly nint symbolAt;
    }
}
