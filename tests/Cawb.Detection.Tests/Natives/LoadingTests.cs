using System.Text;
using Cawb.Detection.Natives;
using Cawb.Natives;
using OpenCvSharp;
using Engine = TorchSharp.torch;

namespace Cawb.Detection.Tests.Natives;

public sealed class LoadingTests(EngineProgram program) : IClassFixture<EngineProgram>
{
    private const string TorchLibrary = "libLibTorchSharp.so";
    private const string VisionLibrary = "libOpenCvSharpExtern.so";

    private static readonly string[] Pictures = [.. new[] { ".png", ".jpg", ".bmp", ".webp", ".tiff" }.Select(ending => $"vision {ending} 4 5 True")];

    [Fact]
    public void Both_engines_work_under_the_test_runner()
    {
        using var ones = Engine.ones(3);
        using var sum = ones.sum();
        Assert.Equal(3, sum.item<float>());
        using var picture = new Mat(4, 5, MatType.CV_8UC1, new Scalar(7));
        Assert.True(Cv2.ImEncode(".png", picture, out var bytes));
        using var again = Cv2.ImDecode(bytes, ImreadModes.Grayscale);
        Assert.Equal(7, again.At<byte>(3, 4));
    }

    [Theory]
    [InlineData("prepare torch vision")]
    [InlineData("prepare vision torch")]
    [InlineData("use vision torch")]
    [InlineData("threads vision torch")]
    public async Task Both_work_in_one_published_program_in_either_order_whoever_asked_first(string words)
    {
        foreach (var published in (string[])[program.Portable, program.ForLinux])
        {
            var lines = await EngineProgram.Start(published, words.Split(' '));
            Assert.Contains("torch 3 2", lines);
            Assert.Subset(lines.ToHashSet(), Pictures.ToHashSet());
            Assert.DoesNotContain(lines, line => line.Contains("Exception", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_loads_by_itself_is_left_alone()
    {
        // A library that insists on nothing new, and a system that has every library of the desktop that is asked for.
        var changed = program.Variant("plain", TorchLibrary, bytes =>
        {
            UnusedVersions.MarkWeak(bytes);
            return bytes;
        });
        var desktop = program.NewFolder("desktop");
        foreach (var name in new ElfFile(ElfFileTests.Bytes("OpenCvSharpExtern")).NeededWithoutVersion())
        {
            File.WriteAllBytes(Path.Combine(desktop, name), StandIn.Of(name));
        }

        var lines = await EngineProgram.Start(changed, ["use", "torch", "vision", "loaded"], ("LD_LIBRARY_PATH", desktop));

        Assert.Contains("torch 3 2", lines);
        Assert.Subset(lines.ToHashSet(), Pictures.ToHashSet());
        Assert.Contains($"loaded {changed}/runtimes/linux-x64/native/{TorchLibrary}", lines);
        Assert.Contains($"loaded {desktop}/libgtk-3.so.0", lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("loaded /memfd:lib", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_version_that_no_system_has_and_nothing_uses_is_done_without()
    {
        var changed = program.Variant("newer", TorchLibrary, bytes => Renamed(bytes, "GLIBCXX_3.4.32", "GLIBCXX_9.9.99"));
        var lines = await EngineProgram.Start(changed, ["use", "torch", "loaded"]);
        Assert.Contains("torch 3 2", lines);
        Assert.Contains($"loaded /memfd:{TorchLibrary} (deleted)", lines);
        Assert.DoesNotContain($"loaded {changed}/runtimes/linux-x64/native/{TorchLibrary}", lines);
    }

    [Fact]
    public async Task A_desktop_that_no_system_has_is_done_without()
    {
        var changed = program.Variant("no-desktop", VisionLibrary, bytes => Renamed(Renamed(bytes, "libgtk-3.so.0", "libgtk-x.so.0"), "libgdk-3.so.0", "libgdk-x.so.0"));
        var lines = await EngineProgram.Start(changed, ["use", "vision", "loaded"]);
        Assert.Subset(lines.ToHashSet(), Pictures.ToHashSet());
        Assert.Contains("loaded /memfd:libgtk-x.so.0 (deleted)", lines);
        Assert.Contains("loaded /memfd:libgdk-x.so.0 (deleted)", lines);
        Assert.DoesNotContain("loaded /memfd:libm.so.6 (deleted)", lines);
    }

    [Fact]
    public async Task Where_no_desktop_at_all_is_there_pictures_are_read_all_the_same()
    {
        // Every library of the desktop under a name that no system has.
        var names = new ElfFile(ElfFileTests.Bytes("OpenCvSharpExtern")).NeededWithoutVersion().ToList();
        var changed = program.Variant("bare", VisionLibrary, bytes => names.Aggregate(bytes, (all, name) => Renamed(all, name, $"lib{new string('x', name.Length - 3)}")));
        var lines = await EngineProgram.Start(changed, ["use", "vision", "torch"]);
        Assert.Subset(lines.ToHashSet(), Pictures.ToHashSet());
        Assert.Contains("torch 3 2", lines);
    }

    [Theory]
    [InlineData("missing-torch", TorchLibrary, "torch", TorchLibrary + " was not found: this program has no native libraries for linux-x64. ")]
    [InlineData("missing-vision", VisionLibrary, "vision", VisionLibrary + " was not found: this program has no native libraries for linux-x64. ")]
    public async Task A_file_that_is_not_there_is_named(string name, string library, string word, string said)
    {
        var lines = await EngineProgram.Start(program.Variant(name, library, _ => []), ["use", word, word]);
        AssertParagraph(word, said, lines);
    }

    [Fact]
    public async Task A_library_that_libtorch_misses_is_named()
    {
        var changed = program.Variant("incomplete", TorchLibrary, bytes => Renamed(bytes, "libc10.so", "libx10.so"));
        var said = $"{TorchLibrary} could not be loaded from {changed}/runtimes/linux-x64/native: libx10.so: cannot open shared object file: No such file or directory. Install ";
        AssertParagraph("torch", said, await EngineProgram.Start(changed, ["use", "torch", "torch"]));
        AssertParagraph("threads", said, await EngineProgram.Start(changed, ["use", "threads", "threads"]));
    }

    [Fact]
    public async Task A_version_that_is_used_and_missing_is_named()
    {
        var changed = program.Variant("too-old", TorchLibrary, bytes => Renamed(bytes, "GLIBCXX_3.4.26", "GLIBCXX_9.9.99"));
        var lines = await EngineProgram.Start(changed, ["use", "torch", "torch"]);
        AssertParagraph("torch", $"{TorchLibrary} could not be loaded from ", lines);
        Assert.Contains("GLIBCXX_9.9.99", lines[1], StringComparison.Ordinal);
        Assert.Contains("The system is too old: ", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_file_is_named()
    {
        var changed = program.Variant("damaged", TorchLibrary, bytes => bytes[..32]);
        var lines = await EngineProgram.Start(changed, ["use", "torch", "torch"]);
        AssertParagraph("torch", $"{TorchLibrary} could not be loaded from {changed}/runtimes/linux-x64/native: it is no 64-bit ELF library. Its package is damaged ", lines);
    }

    /// <summary>The program used something, then tried the engine twice, got one paragraph each time, and TorchSharp said nothing of its own.</summary>
    private static void AssertParagraph(string word, string start, string[] lines)
    {
        Assert.Equal(3, lines.Length);
        Assert.All(lines[1..], line => Assert.StartsWith($"{word} Cawb.TorchSharp.NativeLibraryException: {start}", line, StringComparison.Ordinal));
        Assert.EndsWith(".", lines[1], StringComparison.Ordinal);
    }

    /// <summary>The bytes with a name of the dynamic section replaced by one that is as long.</summary>
    private static byte[] Renamed(byte[] bytes, string from, string to)
    {
        var (old, replacement) = (Encoding.ASCII.GetBytes($"{from}\0"), Encoding.ASCII.GetBytes($"{to}\0"));
        Assert.Equal(old.Length, replacement.Length);
        var found = 0;
        for (int at = 0, next; (next = bytes.AsSpan(at).IndexOf(old)) >= 0; at += next + old.Length)
        {
            replacement.CopyTo(bytes, at + next);
            found++;
        }

        Assert.True(found > 0, $"{from} is not there.");
        return bytes;
    }
}
