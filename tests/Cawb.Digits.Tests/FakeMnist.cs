using System.Buffers.Binary;

namespace Cawb.Digits.Tests;

/// <summary>A few made-up glyphs in MNIST's four files: bars and rings of different sizes.</summary>
internal static class FakeMnist
{
    internal static MnistDigits Create(string folder)
    {
        Write(folder, "train", 30);
        Write(folder, "t10k", 20);
        return MnistDigits.LoadUnchecked(folder);
    }

    private static void Write(string folder, string part, int count)
    {
        var images = new byte[16 + count * 784];
        BinaryPrimitives.WriteInt32BigEndian(images, 0x0803);
        BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(4), count);
        BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(8), 28);
        BinaryPrimitives.WriteInt32BigEndian(images.AsSpan(12), 28);
        var labels = new byte[8 + count];
        BinaryPrimitives.WriteInt32BigEndian(labels, 0x0801);
        BinaryPrimitives.WriteInt32BigEndian(labels.AsSpan(4), count);
        for (var i = 0; i < count; i++)
        {
            labels[8 + i] = (byte)(i % 10);
            for (var y = 4; y < 24; y++)
            {
                for (var x = 4; x < 24; x++)
                {
                    var ring = (x - 13.5) * (x - 13.5) + (y - 13.5) * (y - 13.5) is > 40 and < 95;
                    var bar = Math.Abs(x - 13.5) < 1 + i % 4;
                    images[16 + i * 784 + y * 28 + x] = (i % 2 == 0 ? bar : ring) ? (byte)230 : (byte)0;
                }
            }
        }

        File.WriteAllBytes(Path.Combine(folder, $"{part}-images-idx3-ubyte"), images);
        File.WriteAllBytes(Path.Combine(folder, $"{part}-labels-idx1-ubyte"), labels);
    }
}
