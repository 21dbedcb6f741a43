using System.Buffers.Binary;
using System.Text;
using Cawb.Detection.Weights;
using static TorchSharp.torch;

namespace Cawb.Detection.Tests.Weights;

public sealed class SafetensorsTests
{
    [Fact]
    public void Writes_the_bytes_of_the_format()
    {
        using var scope = NewDisposeScope();
        var bytes = Written(
            [new("b", tensor(new byte[] { 1, 2, 3 })), new("a", tensor(new float[] { 1, -2 }, [2, 1])), new("s", tensor(7L))],
            [new("epoch", "3")]);
        const string Json = """{"__metadata__":{"epoch":"3"},"s":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]},"b":{"dtype":"U8","shape":[3],"data_offsets":[16,19]}}""";
        var header = Json.PadRight((Json.Length + 7) / 8 * 8);
        byte[] expected =
        [
            .. Length(header.Length), .. Encoding.UTF8.GetBytes(header),
            7, 0, 0, 0, 0, 0, 0, 0,
            0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0,
            1, 2, 3,
        ];
        Assert.Equal(expected, bytes);
    }

    [Fact]
    public void The_order_of_the_tensors_does_not_change_the_bytes()
    {
        using var scope = NewDisposeScope();
        KeyValuePair<string, Tensor>[] tensors = [new("x", ones([2])), new("y", zeros([3])), new("z", arange(4))];
        Assert.Equal(Written(tensors, [new("p", "1"), new("q", "2")]), Written(tensors.Reverse(), [new("q", "2"), new("p", "1")]));
    }

    [Fact]
    public void Gives_back_every_type_layout_and_note()
    {
        using var scope = NewDisposeScope();
        var image = arange(2 * 3 * 4 * 5, ScalarType.Float64).reshape(2, 3, 4, 5);
        ScalarType[] types =
        [
            ScalarType.Bool, ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Float32, ScalarType.Float64,
        ];
        var tensors = types.Select(type => new KeyValuePair<string, Tensor>($"{type}", tensor(new double[] { 0, 1, 100 }).to(type)))
            .Append(new("image", image.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2)))
            .Append(new("turned", image.transpose(0, 3)))
            .Append(new("nothing", zeros([0, 3])))
            .Append(new("Größe \"q\" \u2603", ones([1])));
        using var content = Safetensors.Read(new MemoryStream(Written(tensors, [new("näme", "te\"xt\n")])), "memory");
        Assert.Equal(new KeyValuePair<string, string>("näme", "te\"xt\n"), Assert.Single(content.Metadata));
        foreach (var type in types)
        {
            Assert.Equal(type, content.Tensors[$"{type}"].dtype);
            Assert.Equal([0.0, 1, type == ScalarType.Bool ? 1 : 100], content.Tensors[$"{type}"].to(ScalarType.Float64).data<double>().ToArray());
        }

        Assert.Equal(image.data<double>().ToArray(), content.Tensors["image"].data<double>().ToArray());
        Assert.Equal([5, 3, 4, 2], content.Tensors["turned"].shape);
        Assert.Equal(image.transpose(0, 3).data<double>().ToArray(), content.Tensors["turned"].data<double>().ToArray());
        Assert.Equal([0, 3], content.Tensors["nothing"].shape);
        Assert.Equal(types.Length + 4, content.Tensors.Count);
    }

    [Fact]
    public void Reads_a_stream_that_cannot_tell_its_length()
    {
        using var scope = NewDisposeScope();
        using var stream = new OneWayStream(Written([new("a", arange(3))], []));
        Assert.Equal([0L, 1, 2], Safetensors.Read(stream, "pipe").Tensors["a"].data<long>().ToArray());
    }

    [Fact]
    public void A_file_is_whole_or_the_former_one()
    {
        using var scope = NewDisposeScope();
        var folder = Directory.CreateTempSubdirectory("cawb-safetensors-");
        try
        {
            var path = Path.Combine(folder.FullName, "weights.safetensors");
            Safetensors.Write(path, [new("a", arange(3))], []);
            var disposed = ones([1]);
            disposed.Dispose();
            Assert.Throws<InvalidOperationException>(() => Safetensors.Write(path, [new("a", disposed)], []));
            Assert.Equal([path], Directory.GetFiles(folder.FullName));
            Assert.Equal([0L, 1, 2], Safetensors.Read(path).Tensors["a"].data<long>().ToArray());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_cut_of_a_file_is_refused_with_its_path_and_leaves_no_tensor()
    {
        using var scope = NewDisposeScope();
        var bytes = Written([new("a", arange(3)), new("b", ones([5]))], [new("k", "v")]);
        var live = Tensor.TotalCount;
        for (var length = 0; length < bytes.Length; length++)
        {
            var fault = Assert.Throws<SafetensorsException>(() => Safetensors.Read(new MemoryStream(bytes[..length]), "weights.safetensors"));
            Assert.Equal("weights.safetensors", fault.Path);
            Assert.StartsWith("weights.safetensors: ", fault.Message, StringComparison.Ordinal);
        }

        Assert.Throws<SafetensorsException>(() => Safetensors.Read(new MemoryStream([.. bytes, 0]), "weights.safetensors"));
        Assert.Equal(live, Tensor.TotalCount);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "has 4 bytes for tensor 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "gap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "has 8 bytes of elements; its tensors take 4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}""", "there are 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "at bytes 8 to 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", "has -2 in shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,8]}}""", "has 1.5 in shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1e30],"data_offsets":[0,8]}}""", "has 1e30 in shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[9223372036854775807,9223372036854775807],"data_offsets":[0,8]}}""", "impossible shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387906],"data_offsets":[0,8]}}""", "has 8 bytes for tensor 'a'")]
    [InlineData("""{"a":{"dtype":"F8_E5M2","shape":[8],"data_offsets":[0,8]}}""", "'F8_E5M2'")]
    [InlineData("""{"a":{"dtype":7,"shape":[2],"data_offsets":[0,8]}}""", "a number where dtype")]
    [InlineData("""{"a":{"dtype":"F32","shape":"x","data_offsets":[0,8]}}""", "a string where shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}}""", "two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2]}}""", "lacks dtype, shape or two data_offsets in tensor 'a'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"more":1}}""", "unknown key 'more'")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "no JSON")]
    [InlineData("""{"a":[0,8]}""", "a list where tensor 'a'")]
    [InlineData("""{"__metadata__":{"k":1},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "a number where the note 'k'")]
    [InlineData("""{"__metadata__":{"k":"\ud800"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "no Unicode text")]
    [InlineData("""[]""", "a list where the header")]
    [InlineData("""{"a":{"dtype":"F32",}}""", "line 1, byte 21")]
    [InlineData("", "no JSON")]
    public void Refuses_a_header(string json, string reason)
    {
        byte[] file = [.. Length(json.Length), .. Encoding.UTF8.GetBytes(json), 1, 2, 3, 4, 5, 6, 7, 8];
        var fault = Assert.Throws<SafetensorsException>(() => Safetensors.Read(new MemoryStream(file), "w"));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(16_000_001UL)]
    [InlineData(9UL)]
    public void Refuses_a_header_length_that_the_file_does_not_have_without_allocating_it(ulong claimed)
    {
        byte[] file = [.. Length(0), .. new byte[8]];
        BinaryPrimitives.WriteUInt64LittleEndian(file, claimed);
        Assert.Throws<SafetensorsException>(() => Safetensors.Read(new MemoryStream(file), "w"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<SafetensorsException>(() => Safetensors.Read(new MemoryStream(file), "w"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Refuses_a_header_of_more_than_16_MB_though_the_file_has_it()
    {
        byte[] file = [.. Length(16_000_001), .. new byte[16_000_001]];
        var fault = Assert.Throws<SafetensorsException>(() => Safetensors.Read(new MemoryStream(file), "w"));
        Assert.Contains("16000000 is the limit", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Random_damage_gives_a_sound_file_or_a_refusal_and_allocates_no_more_than_the_file_has()
    {
        const int Draws = 3_000;
        using var scope = NewDisposeScope();
        var sound = Written([new("model.0.conv.weight", arange(12)), new("b", ones([5])), new("s", zeros([0, 2]))], [new("k", "v")]);
        var random = new Random(20211);
        var (refused, live) = (0, Tensor.TotalCount);
        for (var draw = 0; draw < Draws; draw++)
        {
            var damaged = Damaged(sound, random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                using var content = Safetensors.Read(new MemoryStream(damaged), "w");
                Assert.True(content.Tensors.Values.Sum(tensor => tensor.numel() * (tensor.dtype == ScalarType.Int64 ? 8 : 1)) <= damaged.Length);
            }
            catch (SafetensorsException)
            {
                refused++;
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        }

        Assert.InRange(refused, Draws / 2, Draws);
        Assert.Equal(live, Tensor.TotalCount);
    }

    [Fact]
    public void The_header_alone_tells_names_types_shapes_and_notes()
    {
        using var scope = NewDisposeScope();
        var path = Path.GetTempFileName();
        try
        {
            Safetensors.Write(path, [new("b", zeros([2, 3])), new("a", arange(3))], [new("k", "v")]);
            var live = Tensor.TotalCount;
            var description = Safetensors.Describe(path);
            Assert.Equal(live, Tensor.TotalCount);
            Assert.Equal(["a int64[3]", "b float32[2, 3]"], description.Tensors.Select(tensor => $"{tensor.Name} {tensor}"));
            Assert.Equal("v", description.Metadata["k"]);
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
            Assert.Throws<SafetensorsException>(() => Safetensors.Describe(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Refuses_elements_that_the_format_does_not_have()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("'a' is complexfloat32[2]", Assert.Throws<ArgumentException>(() => Written([new("a", zeros(2, ScalarType.ComplexFloat32))], [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_names_that_are_reserved_or_occur_twice()
    {
        using var scope = NewDisposeScope();
        var tensor = ones([1]);
        Assert.Throws<ArgumentException>(() => Written([new("__metadata__", tensor)], []));
        Assert.Throws<ArgumentException>(() => Written([new("a", tensor), new("a", tensor)], []));
        Assert.Throws<ArgumentException>(() => Written([new("a", tensor)], [new("k", "1"), new("k", "2")]));
    }

    private static byte[] Written(IEnumerable<KeyValuePair<string, Tensor>> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        using var stream = new MemoryStream();
        Safetensors.Write(stream, tensors, metadata);
        return stream.ToArray();
    }

    /// <summary>Up to four changes: a byte altered, a digit of the header altered, a piece cut out, doubled, or everything behind a place lost.</summary>
    private static byte[] Damaged(byte[] sound, Random random)
    {
        List<byte> bytes = [.. sound];
        for (var changes = random.Next(1, 5); changes > 0 && bytes.Count > 16; changes--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 24), bytes.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    var digits = Enumerable.Range(0, bytes.Count).Where(i => bytes[i] is >= (byte)'0' and <= (byte)'9').ToArray();
                    bytes[digits.Length == 0 ? at : digits[random.Next(digits.Length)]] = (byte)('0' + random.Next(10));
                    break;
                case 2:
                    bytes.RemoveRange(at, length);
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                default:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Length(int length)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        return bytes;
    }

    private sealed class OneWayStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }
    }
}
