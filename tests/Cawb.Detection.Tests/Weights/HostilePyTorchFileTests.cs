using Cawb.Detection.Weights;
using Entry = Cawb.Detection.Tests.Weights.ZipBytes.Entry;

namespace Cawb.Detection.Tests.Weights;

/// <summary>Files of our own bytes: none is run, and each that is no sound file is refused in a sentence, within bounds.</summary>
public sealed class HostilePyTorchFileTests : IDisposable
{
    // The least machine has 1 GB for the whole program.
    private const long MostBytes = 250_000_000;

    private readonly string path = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.pt");

    public static TheoryData<string, string> Pickles => new(Hostile.Select(one => (one.Name, one.Expected)));

    public static TheoryData<string, string> Zips => new(Contradictory.Select(one => (one.Name, one.Expected)));

    private static IEnumerable<(string Name, Func<byte[]> Pickle, string Expected)> Hostile =>
    [
        ("a program to start", () => new PickleBytes().Name("posix", "system").Code("(S'touch evil-was-here'\ntR.").ToArray(), "holds no network"),
        ("a program in a checkpoint", () => new PickleBytes().Code("}").Text("model").Name("builtins", "exec").Text("print(1)").Add(0x85).Code("Rs.").ToArray(), "holds no network"),
        ("a list doubled 60 times", () => Doubled(60), "holds no network"),
        ("lists half a million deep", () => new PickleBytes().Code("]", 450_000).Code("a", 449_999).Code(".").ToArray(), "holds no network"),
        ("groups half a million deep", () => new PickleBytes().Code("(", 450_000).Code("t", 450_000).Code(".").ToArray(), "holds no network"),
        ("a list that holds itself", () => new PickleBytes().Code("]q\0h\0a.").ToArray(), "holds no network"),
        ("a million lists", () => new PickleBytes().Code("]", 1_000_001).Code(".").ToArray(), "more than 1,000,000 instructions"),
        ("a quarter of a million dictionaries", () => new PickleBytes().Code("}K\u0001Ns", 245_000).Code(".").ToArray(), "holds no network"),
        ("a pickle of 17 MB", () => new PickleBytes().Text(new string('x', 17_000_000)).Code(".").ToArray(), "has a pickle of more than 16777216 bytes"),
        ("pairs copied without end", CopiedPairs, "more than 1,000,000 instructions"),
        ("a text of 2^62 bytes", () => new PickleBytes().Add(0x8d, 0, 0, 0, 0, 0, 0, 0, 0x40).Code(".").ToArray(), "claims a value of 4611686018427387904 bytes"),
        ("a number of 2^31 bytes", () => new PickleBytes().Add(0x8b, 0, 0, 0, 0x80).Code(".").ToArray(), "claims a value of 2147483648 bytes"),
        ("a number of a million digits", () => new PickleBytes().Code("I").Code("9", 1_000_000).Code("\n.").ToArray(), "holds no network"),
        ("a number that is none", () => new PickleBytes().Code("Iabc\n.").ToArray(), "a whole number in its pickle that is none"),
        ("an empty stack", () => new PickleBytes().Code(".").ToArray(), "takes more from its pickle's stack"),
        ("a group that was not begun", () => new PickleBytes().Code("Nt.").ToArray(), "ends a group in its pickle that it did not begin"),
        ("a value under a mark", () => new PickleBytes().Code("N(Q.").ToArray(), "takes more from its pickle's stack"),
        ("a value that was not kept", () => new PickleBytes().Code("h").Add(7).Code(".").ToArray(), "recalls value 7"),
        ("an unknown instruction", () => new PickleBytes().Add(0xff).ToArray(), "unknown instruction 0xff at byte 2"),
        ("an extension", () => new PickleBytes().Add(0x82, 1).Code(".").ToArray(), "unknown instruction 0x82"),
        ("no end", () => new PickleBytes().Code("]").ToArray(), "ends at byte 3"),
        ("a text that is no Unicode", () => new PickleBytes().Code("U").Add(2, 0xc3, 0x28).Code(".").ToArray(), "no Unicode"),
        ("a key without a value", () => new PickleBytes().Code("}(Nu.").ToArray(), "a key without a value"),
        ("keys of a number", () => new PickleBytes().Code("K\x01NNs.").ToArray(), "puts keys into something"),
        ("items of a text", () => new PickleBytes().Text("x").Code("Na.").ToArray(), "appends to something"),
        ("attributes of a text", () => new PickleBytes().Text("x").Code("}b.").ToArray(), "gives attributes to something"),
        ("a module inside of itself", SelfHolding, "modules inside of more than 24 others"),
        ("many modules with one large dictionary", SharedDictionary, "more than 100,000 parts"),
        ("one long name for many classes", LongNames, "class names of more than 1000000 letters"),
        ("a tensor of a terabyte from one number", () => PickleBytes.OfTensor(count: 1, shape: [1L << 40], strides: [0]), "which has elements twice"),
        ("a tensor with elements twice", () => PickleBytes.OfTensor(shape: [2, 3], strides: [1, 1]), "which has elements twice"),
        ("a tensor beyond its storage", () => PickleBytes.OfTensor(shape: [2, 4], strides: [4, 1]), "which lies outside of it"),
        ("an offset beyond its storage", () => PickleBytes.OfTensor(offset: 1), "which lies outside of it"),
        ("an offset of 2^63 - 1", () => PickleBytes.OfTensor(offset: long.MaxValue), "which lies outside of it"),
        ("a stride of 2^62", () => PickleBytes.OfTensor(shape: [3, 2], strides: [1L << 62, 1]), "which lies outside of it"),
        ("an offset below 0", () => PickleBytes.OfTensor(offset: -1), "no number can be below 0"),
        ("a length below 0", () => PickleBytes.OfTensor(shape: [-2, 3]), "no number can be below 0"),
        ("a stride below 0", () => PickleBytes.OfTensor(strides: [3, -1]), "no number can be below 0"),
        ("more strides than lengths", () => PickleBytes.OfTensor(strides: [3, 1, 1]), "without storage, offset, shape and strides"),
        ("more elements than the file has", () => PickleBytes.OfTensor(count: 7), "has 12 bytes in 'w/data/0', where 7 elements of Float16 take 14"),
        ("elements of another width", () => PickleBytes.OfTensor(storage: "DoubleStorage"), "has 12 bytes in 'w/data/0', where 6 elements of Float64 take 48"),
        ("2^63 - 1 elements", () => PickleBytes.OfTensor(count: long.MaxValue), "claims 9223372036854775807 elements"),
        ("elements that are not there", () => PickleBytes.OfTensor(key: "1"), "lacks 'w/data/1'"),
        ("elements under a path", () => PickleBytes.OfTensor(key: "../data.pkl"), "under a name that is no plain word"),
        ("one storage in two ways", TwoWays, "describes the elements '0' in two ways"),
        ("elements of an unknown kind", () => PickleBytes.OfTensor(storage: "QInt8Storage"), "something else than a plain tensor"),
    ];

    private static IEnumerable<(string Name, Func<byte[]> File, string Expected)> Contradictory =>
    [
        ("an empty file", () => [], "is empty"),
        ("no file of PyTorch", () => "hello, world"u8.ToArray(), "is no file of torch.save, although it is named like one"),
        ("a pickle alone", () => new PickleBytes().Code("].").ToArray(), "is a pickle, but not one of torch.save"),
        ("only a header", () => "PK\x03\x04"u8.ToArray(), "without the directory that belongs at its end"),
        ("a zip file of something else", () => ZipBytes.Of(new Entry("word/document.xml", [1])), "without the data.pkl"),
        ("two pickles", () => ZipBytes.Of(new Entry("a/data.pkl", [1]), new Entry("b/data.pkl", [1])), "two data.pkl"),
        ("a compressed entry", () => ZipBytes.Of(new Entry("w/data.pkl", [1]) { Method = 8 }), "compressed or encrypted entry 'w/data.pkl'"),
        ("an entry twice", () => ZipBytes.OfTorch(PickleBytes.OfTensor(), new Entry("w/data/0", new byte[12])), "has the entry 'w/data/0' twice"),
        ("an entry over another", () => ZipBytes.OfTorch(PickleBytes.OfTensor(), new Entry("w/data/1", new byte[12]) { Start = 0 }), "that runs into"),
        ("an entry as long as the file", () => ZipBytes.OfTorch(PickleBytes.OfTensor(), new Entry("w/data/1", new byte[12]) { ClaimedLength = 70 }), "that runs into"),
        ("an entry of 4 GB", () => ZipBytes.OfTorch(PickleBytes.OfTensor(), new Entry("w/data/1", new byte[12]) { ClaimedLength = 0xfffffffe }), "for its entry 'w/data/1'"),
        ("an entry without its 64 bits", () => ZipBytes.OfTorch(PickleBytes.OfTensor(), new Entry("w/data/1", new byte[12]) { ClaimedLength = 0xffffffff }), "lacks a number of 64 bits"),
        ("a name that leads out", () => ZipBytes.OfTorch(PickleBytes.OfTensor(), new Entry("../../etc/passwd", [1])), "whose name leads out"),
        ("a name from the root", () => ZipBytes.OfTorch(PickleBytes.OfTensor(), new Entry("/etc/passwd", [1])), "whose name leads out"),
        ("a name of Windows", () => ZipBytes.OfTorch(PickleBytes.OfTensor(), new Entry("w\\data", [1])), "whose name leads out"),
        ("another name in the header", () => ZipBytes.Of(new Entry("w/data.pkl", PickleBytes.OfTensor()) { LocalName = "w/data.pkx" }), "has no header for its entry 'w/data.pkl'"),
        ("a wrong checksum", () => ZipBytes.Of(new Entry("w/data.pkl", PickleBytes.OfTensor()) { Checksum = 1 }), "the wrong checksum for its entry 'w/data.pkl'"),
        ("big numbers first", () => ZipBytes.OfTorch(PickleBytes.OfTensor(), new Entry("w/byteorder", "big"u8.ToArray())), "in the byte order 'big'"),
        ("a byte order of many lines", () => ZipBytes.OfTorch(PickleBytes.OfTensor(), new Entry("w/byteorder", "\n\u001b[2J"u8.ToArray())), "in the byte order '??[2J'"),
        ("another count in 64 bits", () => Ends(ends => ends[32] = 9), "two different things about its directory"),
        ("another start in 64 bits", () => Ends(ends => ends[48] ^= 1), "two different things about its directory"),
        ("a length beyond the file in 64 bits", () => Ends(ends => (ends[46], ends[90], ends[91], ends[88], ends[89]) = (1, 255, 255, 255, 255)), "puts its directory at byte"),
        ("a locator that leads elsewhere", () => Ends(ends => ends[64] ^= 1), "not where it says"),
        ("a part of several", () => Ends(ends => ends[80] = 1), "one part of a zip file of several"),
        ("a comment that is not there", () => Ends(ends => ends[96] = 1), "without the directory that belongs at its end"),
    ];

    public void Dispose() => File.Delete(path);

    [Fact]
    public void The_helpers_make_sound_files()
    {
        Assert.Equal("float16[2, 3]", Assert.Single(Opened(ZipBytes.OfTorch(PickleBytes.OfTensor()))).ToString());
        Assert.Single(Opened(ZipBytes.Of([new Entry("w/data.pkl", PickleBytes.OfTensor()), new Entry("w/data/0", new byte[12])], isWide: false, change: null)));
        Assert.Single(Opened(ZipBytes.OfTorch(PickleBytes.OfTensor(), new Entry("w/byteorder", "little"u8.ToArray()))));
        Assert.Equal(0xCBF43926, ZipBytes.Checksum("123456789"u8));
    }

    [Theory]
    [MemberData(nameof(Pickles))]
    public void A_pickle_is_refused(string name, string expected) => Refuses(ZipBytes.OfTorch(Hostile.Single(one => one.Name == name).Pickle()), expected);

    [Theory]
    [MemberData(nameof(Zips))]
    public void A_container_is_refused(string name, string expected) => Refuses(Contradictory.Single(one => one.Name == name).File(), expected);

    [Fact]
    public void Every_cut_of_a_file_is_refused()
    {
        var whole = ZipBytes.OfTorch(PickleBytes.OfTensor());
        for (var length = 0; length < whole.Length; length++)
        {
            Refuses(whole[..length], "");
        }
    }

    private void Refuses(byte[] content, string expected)
    {
        File.WriteAllBytes(path, content);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<WeightFileException>(() => WeightSource.Open(path).Dispose());
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        Assert.StartsWith($"{path}: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fault.Message, char.IsControl);
        Assert.False(File.Exists("evil-was-here"));
    }

    private IReadOnlyList<StoredTensor> Opened(byte[] content)
    {
        File.WriteAllBytes(path, content);
        using var source = WeightSource.Open(path);
        return source.Tensors;
    }

    private static byte[] Ends(Action<byte[]> change) =>
        ZipBytes.Of([new Entry("w/data.pkl", PickleBytes.OfTensor()), new Entry("w/data/0", new byte[12])], isWide: true, change);

    /// <summary>Each tuple holds the one before it twice: 2^60 leaves for whoever walks them.</summary>
    private static byte[] Doubled(int times)
    {
        var pickle = new PickleBytes().Code("]");
        for (var i = 0; i < times; i++)
        {
            pickle.Code("2").Add(0x86);
        }

        return pickle.Code(".").ToArray();
    }

    /// <summary>An ordered dictionary of the same thousand pairs, ten thousand times.</summary>
    private static byte[] CopiedPairs()
    {
        var pickle = new PickleBytes().Code("](");
        for (var i = 0; i < 1_000; i++)
        {
            pickle.Whole(i).Code("N").Add(0x86);
        }

        pickle.Code("e").Add(0x85).Code("q\x01");
        return pickle.Code("0").Name("collections", "OrderedDict").Code("q\x02").Code("h\x02h\x01R", 10_000).Code(".").ToArray();
    }

    /// <summary>A module whose only child is itself.</summary>
    private static byte[] SelfHolding() =>
        new PickleBytes().Name("models.yolo", "DetectionModel").Code(")").Add(0x81).Code("q\x01}").Text("_modules").Code("}").Text("a").Code("h\x01ssb.").ToArray();

    /// <summary>A hundred modules with the same two thousand parameters.</summary>
    private static byte[] SharedDictionary()
    {
        var pickle = new PickleBytes().Code("}(");
        for (var i = 0; i < 2_000; i++)
        {
            pickle.Text($"p{i}").Code("N");
        }

        pickle.Code("uq\x01").Code("0").Module(root =>
        {
            root.Text("_modules").Code("}(");
            for (var i = 0; i < 100; i++)
            {
                root.Text($"m{i}").Module(inner => inner.Text("_parameters").Code("h\x01"));
            }

            root.Code("u");
        });
        return pickle.Code(".").ToArray();
    }

    private static byte[] LongNames()
    {
        var pickle = new PickleBytes().Text(new string('x', 10_000)).Code("q\x01").Code("0");
        return pickle.Module(root => root.Text("names").Code("](").Code("h\x01", 100_000).Code("e").Text("_modules").Code("}")).Code(".").ToArray();
    }

    private static byte[] TwoWays() =>
        new PickleBytes().Code("}(").Text("a").Tensor("0", "HalfStorage", 6, 0, [6], [1]).Text("b").Tensor("0", "FloatStorage", 3, 0, [3], [1]).Code("u.").ToArray();
}
