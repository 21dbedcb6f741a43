using System.Buffers.Binary;
using Cawb.Files;
using static TorchSharp.torch;

namespace Cawb.Detection.Weights;

/// <summary>
/// Named tensors in one file: 8 bytes of length (little endian), a JSON header with element type, shape and place of every tensor, the raw elements.
/// Python's <c>safetensors</c> reads and writes the same.
/// </summary>
/// <remarks>
/// Writing is deterministic: equal tensors, names and notes give equal bytes, in whatever order they come. Reading trusts nothing: the header's claims are held
/// against the file's length before anything of that size is allocated, and the elements must fill the file without gap or overlap.
/// </remarks>
public static class Safetensors
{
    private const int LengthBytes = 8;

    // YOLOv5x takes 0.1 MB. The original reader's limit is 100 MB, of which JSON can be that takes more than a gigabyte to read.
    private const long MaxHeaderBytes = 16_000_000;

    /// <summary>Writes tensors without notes.</summary>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="tensors">Names, each once, and tensors on any device in any layout.</param>
    /// <exception cref="ArgumentException">A name occurs twice or is <c>__metadata__</c>, or a tensor has 2 GiB or more.</exception>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, Tensor>> tensors) => Write(stream, tensors, []);

    /// <summary>Writes tensors and notes.</summary>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="tensors">Names, each once, and tensors on any device in any layout.</param>
    /// <param name="metadata">Notes, each name once.</param>
    /// <exception cref="ArgumentException">A name occurs twice or is <c>__metadata__</c>, or a tensor has 2 GiB or more.</exception>
    public static void Write(Stream stream, IEnumerable<KeyValuePair<string, Tensor>> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        using var noGrad = no_grad();
        var entries = SafetensorsHeader.Arrange(tensors);
        var header = SafetensorsHeader.Compose(entries, metadata);
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var entry in entries)
        {
            using var scope = NewDisposeScope();
            stream.Write(entry.Tensor.detach().cpu().contiguous().bytes);
        }
    }

    /// <summary>Writes a file: under a temporary name beside it, flushed to the disk, then renamed, so that the path never names half a file.</summary>
    /// <param name="path">The file; one that exists is replaced.</param>
    /// <param name="tensors">Names, each once, and tensors on any device in any layout.</param>
    /// <param name="metadata">Notes, each name once.</param>
    /// <exception cref="ArgumentException">A name occurs twice or is <c>__metadata__</c>, or a tensor has 2 GiB or more.</exception>
    /// <exception cref="IOException">The file cannot be written; the former one is untouched.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, Tensor>> tensors, IEnumerable<KeyValuePair<string, string>> metadata) =>
        WholeFile.Write(path, stream => Write(stream, tensors, metadata));

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Tensors and notes.</returns>
    /// <exception cref="SafetensorsException">The content is damaged, hostile, or has an element type that tensors here do not have.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static SafetensorsContent Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        return Read(file, path);
    }

    /// <summary>Reads the header of a file: names, types, shapes and notes, checked against the file's length.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What the file announces.</returns>
    /// <exception cref="SafetensorsException">The header is damaged, hostile, or has an element type that tensors here do not have.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static SafetensorsDescription Describe(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        var (places, metadata) = ReadHeader(file, path);
        return new SafetensorsDescription([.. places.Select(place => place.Described)], metadata);
    }

    /// <summary>Reads from the stream's position to its end.</summary>
    /// <param name="stream">The source; one that cannot tell its length is first read into memory. Stays open.</param>
    /// <param name="path">What to call it in messages.</param>
    /// <returns>Tensors and notes.</returns>
    /// <exception cref="SafetensorsException">The content is damaged, hostile, or has an element type that tensors here do not have.</exception>
    public static SafetensorsContent Read(Stream stream, string path)
    {
        if (!stream.CanSeek)
        {
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            copy.Position = 0;
            return Read(copy, path);
        }

        var (entries, metadata) = ReadHeader(stream, path);
        return new SafetensorsContent(ReadTensors(stream, entries), metadata);
    }

    /// <summary>Leaves the stream at the first element.</summary>
    internal static (List<SafetensorsHeader.Place> Places, Dictionary<string, string> Metadata) ReadHeader(Stream stream, string path)
    {
        var available = stream.Length - stream.Position;
        if (available < LengthBytes)
        {
            throw new SafetensorsException(path, $"has {available} bytes; even the header's length takes {LengthBytes}. The file is cut off or of another kind.");
        }

        Span<byte> length = stackalloc byte[LengthBytes];
        stream.ReadExactly(length);
        available -= LengthBytes;
        var claimed = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (claimed > (ulong)Math.Min(available, MaxHeaderBytes))
        {
            throw new SafetensorsException(
                path, $"claims a header of {claimed} bytes; {available} follow, and {MaxHeaderBytes} is the limit. The file is cut off or of another kind.");
        }

        var header = new byte[claimed];
        stream.ReadExactly(header);
        return SafetensorsHeader.Parse(header, available - header.Length, path);
    }

    /// <summary>From the stream's position.</summary>
    internal static Tensor ReadTensor(Stream stream, SafetensorsHeader.Place place)
    {
        var read = empty(place.Shape, place.Type);
        stream.ReadExactly(read.bytes);
        return read;
    }

    private static Dictionary<string, Tensor> ReadTensors(Stream stream, List<SafetensorsHeader.Place> entries)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>(entries.Count, StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            tensors.Add(entry.Name, ReadTensor(stream, entry));
        }

        foreach (var tensor in tensors.Values)
        {
            tensor.MoveToOuterDisposeScope();
        }

        return tensors;
    }
}
