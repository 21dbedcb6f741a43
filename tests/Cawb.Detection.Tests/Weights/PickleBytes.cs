using System.Buffers.Binary;
using System.Text;

namespace Cawb.Detection.Tests.Weights;

/// <summary>Writes a pickle instruction by instruction.</summary>
internal sealed class PickleBytes
{
    private readonly List<byte> bytes = [];

    public PickleBytes() => Add(0x80, 2);

    /// <summary>A state dict with one tensor of two rows and three columns, in the storage <paramref name="key"/>, unless told otherwise.</summary>
    public static byte[] OfTensor(string key = "0", string storage = "HalfStorage", long count = 6, long offset = 0, long[]? shape = null, long[]? strides = null) =>
        new PickleBytes().Code("}").Text("w").Tensor(key, storage, count, offset, shape ?? [2, 3], strides ?? [3, 1]).Code("s.").ToArray();

    public PickleBytes Add(params byte[] more)
    {
        bytes.AddRange(more);
        return this;
    }

    /// <summary>Instructions that are letters.</summary>
    public PickleBytes Code(string letters, int times = 1)
    {
        var once = Encoding.ASCII.GetBytes(letters);
        for (var i = 0; i < times; i++)
        {
            bytes.AddRange(once);
        }

        return this;
    }

    public PickleBytes Text(string text)
    {
        var encoded = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, encoded.Length);
        return Code("X").Add(length.ToArray()).Add(encoded);
    }

    public PickleBytes Whole(long number)
    {
        var digits = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(digits, number);
        return Add(0x8a, 8).Add(digits);
    }

    public PickleBytes Name(string module, string name) => Code($"c{module}\n{name}\n");

    public PickleBytes Tuple(params long[] numbers)
    {
        Code("(");
        foreach (var number in numbers)
        {
            Whole(number);
        }

        return Code("t");
    }

    public PickleBytes Tensor(string key, string storage, long count, long offset, long[] shape, long[] strides) =>
        Name("torch._utils", "_rebuild_tensor_v2").Code("((").Text("storage").Name("torch", storage).Text(key).Text("cpu").Whole(count).Code("tQ").Whole(offset)
            .Tuple(shape).Tuple(strides).Code("I0\n").Name("collections", "OrderedDict").Code(")RtR");

    /// <summary>An object of a class, whose attributes are the dictionary on the stack's top.</summary>
    public PickleBytes Module(Action<PickleBytes> attributes)
    {
        Name("models.yolo", "DetectionModel").Code(")").Add(0x81).Code("}(");
        attributes(this);
        return Code("ub");
    }

    public byte[] ToArray() => [.. bytes];
}
