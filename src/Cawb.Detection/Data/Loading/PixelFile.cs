using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Cawb.Detection.Images;
using Microsoft.Win32.SafeHandles;

namespace Cawb.Detection.Data.Loading;

/// <summary>A file of decoded images at the training size, filled as they are first needed and read in later epochs and runs.</summary>
/// <remarks>
/// <para>
/// Layout: 8 bytes of name and version; SHA-256 of what it was made from (sizes, interpolation, and path, length and time of change of every image file); a CRC-32C for each image,
/// 0 for one that is not there yet; the images. A file of another key or length is made anew, and an image whose checksum does not fit is decoded again, so a kill or a damaged disk
/// costs time and never a bit.
/// </para>
/// <para>It takes its whole place on the disk when it is made. Where it cannot be made or written, images are decoded each time.</para>
/// </remarks>
internal sealed class PixelFile : IDisposable
{
    private const int NameBytes = 8;
    private const int ChecksumBytes = sizeof(uint);
    private static readonly byte[] Name = "CAWBPIX1"u8.ToArray();

    private readonly SafeFileHandle file;
    private readonly long[] offsets;
    private readonly uint[] checksums;
    private volatile bool isWritable = true;

    private PixelFile(SafeFileHandle file, long[] offsets, uint[] checksums) => (this.file, this.offsets, this.checksums) = (file, offsets, checksums);

    /// <summary>The length of a file that keeps all images of a data set.</summary>
    internal static long BytesFor(DetectionDataset dataset, int imageSize) => Offsets(dataset, imageSize)[^1];

    /// <summary>Opens the file, or makes it anew; null where neither is possible.</summary>
    internal static PixelFile? Open(string path, DetectionDataset dataset, int imageSize, PixelInterpolation shrinking)
    {
        var key = Key(dataset, imageSize, shrinking);
        var offsets = Offsets(dataset, imageSize);
        try
        {
            return TryOpen(path, key, offsets) ?? Create(path, key, offsets);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>False when the image is not there or not as it was written.</summary>
    internal bool TryRead(int index, Span<byte> pixels)
    {
        var expected = Volatile.Read(ref checksums[index]);
        return expected != 0 && ReadWhole(file, pixels, offsets[index]) && Checksum(pixels) == expected;
    }

    internal void Write(int index, ReadOnlySpan<byte> pixels)
    {
        if (!isWritable)
        {
            return;
        }

        try
        {
            var checksum = Checksum(pixels);
            RandomAccess.Write(file, pixels, offsets[index]);
            Span<byte> bytes = stackalloc byte[ChecksumBytes];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, checksum);
            RandomAccess.Write(file, bytes, TableAt + (long)index * ChecksumBytes);
            Volatile.Write(ref checksums[index], checksum);
        }
        catch (IOException)
        {
            isWritable = false;
        }
    }

    public void Dispose() => file.Dispose();

    private static int TableAt => NameBytes + SHA256.HashSizeInBytes;

    private static PixelFile? TryOpen(string path, byte[] key, long[] offsets)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var start = new byte[offsets[0]];
        if (RandomAccess.GetLength(file) != offsets[^1] || !ReadWhole(file, start, 0)
            || !start.AsSpan(0, NameBytes).SequenceEqual(Name) || !start.AsSpan(NameBytes, key.Length).SequenceEqual(key))
        {
            file.Dispose();
            return null;
        }

        var checksums = new uint[offsets.Length - 1];
        for (var i = 0; i < checksums.Length; i++)
        {
            checksums[i] = BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(TableAt + i * ChecksumBytes));
        }

        return new PixelFile(file, offsets, checksums);
    }

    private static PixelFile Create(string path, byte[] key, long[] offsets)
    {
        // A new file under the old name: another process that reads the old one goes on with it.
        File.Delete(path);
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, FileOptions.None, preallocationSize: offsets[^1]);
        RandomAccess.SetLength(file, offsets[^1]);
        RandomAccess.Write(file, [.. Name, .. key], 0);
        return new PixelFile(file, offsets, new uint[offsets.Length - 1]);
    }

    // Where each image begins, and where the last one ends.
    private static long[] Offsets(DetectionDataset dataset, int imageSize)
    {
        var offsets = new long[dataset.Images.Count + 1];
        offsets[0] = TableAt + (long)dataset.Images.Count * ChecksumBytes;
        for (var i = 0; i < dataset.Images.Count; i++)
        {
            var (width, height) = ImageStore.SizeOf(dataset.Images[i], imageSize);
            offsets[i + 1] = offsets[i] + Image.BytesOf(width, height);
        }

        return offsets;
    }

    private static byte[] Key(DetectionDataset dataset, int imageSize, PixelInterpolation shrinking)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{OpenCv.Version} {imageSize} {shrinking}\n")));
        foreach (var image in dataset.Images)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant(
                $"{image.Path}\n{image.FileBytes} {File.GetLastWriteTimeUtc(image.Path).Ticks} {image.Width} {image.Height}\n")));
        }

        return hash.GetHashAndReset();
    }

    private static bool ReadWhole(SafeFileHandle file, Span<byte> bytes, long at)
    {
        var read = 0;
        while (read < bytes.Length)
        {
            var more = RandomAccess.Read(file, bytes[read..], at + read);
            if (more == 0)
            {
                return false;
            }

            read += more;
        }

        return true;
    }

    /// <summary>CRC-32C; never 0, which stands for an image that is not there.</summary>
    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            sum = BitOperations.Crc32C(sum, word);
        }

        foreach (var value in bytes[(words.Length * sizeof(ulong))..])
        {
            sum = BitOperations.Crc32C(sum, value);
        }

        return sum == 0 ? 1 : sum;
    }
}
