using System.Runtime.InteropServices;
using Cawb.Detection.Natives;
using Cawb.Natives;

namespace Cawb.Detection.Tests.Natives;

public sealed class ElfFileTests
{
    // As readelf -d and readelf -V print them for TorchSharp 0.107.0 and OpenCvSharp4.official.runtime.linux-x64 4.13.0.
    private static readonly string[] NeededByTorchSharp =
        ["libtorch.so", "libc10.so", "libtorch_cpu.so", "libstdc++.so.6", "libm.so.6", "libgcc_s.so.1", "libc.so.6", "ld-linux-x86-64.so.2"];

    private static readonly string[] NeededByOpenCvWithoutVersion =
    [
        "libfreetype.so.6", "libharfbuzz.so.0", "libgtk-3.so.0", "libgdk-3.so.0", "libpangocairo-1.0.so.0", "libpango-1.0.so.0", "libatk-1.0.so.0", "libcairo-gobject.so.2", "libcairo.so.2",
        "libgdk_pixbuf-2.0.so.0", "libgio-2.0.so.0", "libgobject-2.0.so.0", "libglib-2.0.so.0", "libdrm.so.2", "libatomic.so.1", "libX11.so.6", "librt.so.1",
    ];

    [Fact]
    public void Tells_what_TorchSharps_library_needs()
    {
        var file = new ElfFile(Bytes("LibTorchSharp"));
        Assert.Equal(NeededByTorchSharp, file.Needed());
        var versions = file.Versions();
        Assert.Equal(28, versions.Count);
        Assert.Contains(versions, version => version is { Library: "libstdc++.so.6", Name: "GLIBCXX_3.4.32", Number: 18 });
        Assert.Contains(versions, version => version is { Library: "libc.so.6", Name: "GLIBC_2.34", Number: 24 });
    }

    [Fact]
    public void Tells_the_libraries_of_C_from_those_of_a_desktop()
    {
        using var file = new MappedFile(Existing("OpenCvSharpExtern"));
        Assert.Equal(NeededByOpenCvWithoutVersion, new ElfFile(file.Bytes).NeededWithoutVersion());
    }

    [Fact]
    public void Of_all_versions_that_TorchSharps_library_asks_for_it_uses_all_but_one()
    {
        var bytes = Bytes("LibTorchSharp");
        var original = (byte[])bytes.Clone();
        var version = new ElfFile(bytes).Versions().Single(version => version.Name == "GLIBCXX_3.4.32");

        Assert.Equal(1, UnusedVersions.MarkWeak(bytes));

        // The flag VER_FLG_WEAK is 2, and no other byte of the file may change.
        Assert.Equal([version.FlagsAt], Enumerable.Range(0, bytes.Length).Where(i => bytes[i] != original[i]));
        Assert.Equal(2, bytes[version.FlagsAt]);
    }

    [Fact]
    public void A_stand_in_is_found_by_its_name_once_it_is_loaded()
    {
        const string Name = "libcawb-stands-in.so.7";
        Assert.False(NativeLibrary.TryLoad(Name, out _));
        Assert.Empty(new ElfFile(StandIn.Of(Name)).Needed());

        MemoryLibrary.Load(Name, StandIn.Of(Name));

        Assert.True(NativeLibrary.TryLoad(Name, out var library));
        Assert.False(NativeLibrary.TryGetExport(library, "gtk_init", out _));
    }

    [Fact]
    public void What_the_system_does_not_load_from_memory_is_refused_by_its_name()
    {
        var fault = Assert.Throws<DllNotFoundException>(() => MemoryLibrary.Load("libcawb-broken.so", "no library"u8));
        Assert.Contains("libcawb-broken.so: ", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/proc/self/fd", fault.Message, StringComparison.Ordinal);
    }

    internal static byte[] Bytes(string library) => File.ReadAllBytes(Existing(library));

    private static string Existing(string library) => NativeFiles.Find(NativeFiles.NameOf(library)) ?? throw new FileNotFoundException(library);
}
