using System.Buffers.Binary;
using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Cawb.Detection.Weights.Pickled;

/// <summary>
/// The format before PyTorch 1.6: five pickles one after the other (a magic number, the version 1001, facts of the machine, the value, the keys of the storages), then for each key the number of
/// elements and the elements. It has no checksums.
/// </summary>
internal sealed class StreamedTorchFile : TorchFile
{
    private const int Version = 1001;

    private static readonly byte[] Magic = [0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

    private readonly Dictionary<string, (PickledStorage Storage, long Start)> places = new(StringComparer.Ordinal);

    public StreamedTorchFile(string path, SafeFileHandle file)
        : base(path, file)
    {
        var length = RandomAccess.GetLength(file);
        var head = new byte[Math.Min(length, MaxPickleLength)];
        ReadAt(0, head);
        var pickles = new PickleReader(path, head);
        if (pickles.Read() is not byte[] magic || !magic.AsSpan().SequenceEqual(Magic))
        {
            throw new WeightFileException(path, "is a pickle, but not one of torch.save. Save the weights with torch.save.");
        }

        if (pickles.Read() is not (long)Version || (pickles.Read() as PickledDictionary)?["little_endian"] is not true)
        {
            throw new WeightFileException(path, "is of another version or byte order of torch.save's old format than the usual one. Load it with PyTorch and save it again.");
        }

        Root = pickles.Read();
        if (pickles.Read() is not PickledList keys)
        {
            throw Damaged("lacks the list of its tensors' elements");
        }

        Place(keys, pickles, length);
    }

    public override object? Root { get; }

    public override void Require(PickledStorage storage)
    {
        if (!places.ContainsKey(storage.Key))
        {
            throw Damaged($"lacks '{storage.Key}', the elements of a tensor");
        }
    }

    public override void Read(PickledStorage storage, Span<byte> target) => ReadAt(places[storage.Key].Start, target);

    private void Place(PickledList keys, PickleReader pickles, long fileLength)
    {
        var at = (long)pickles.Position;
        Span<byte> count = stackalloc byte[sizeof(long)];
        foreach (var key in keys.Items)
        {
            if (key is not string name || !pickles.Storages.TryGetValue(name, out var storage))
            {
                throw Damaged("lists elements that no tensor has");
            }

            ReadAt(at, count);
            at += sizeof(long);
            if (BinaryPrimitives.ReadInt64LittleEndian(count) != storage.Count || storage.Length > fileLength - at)
            {
                throw Damaged(string.Create(CultureInfo.InvariantCulture, $"has not the {storage.Count} elements of {storage.Type} that it announces for '{name}'"));
            }

            if (!places.TryAdd(name, (storage, at)))
            {
                throw Damaged($"lists the elements '{name}' twice");
            }

            at += storage.Length;
        }

        if (at != fileLength)
        {
            throw Damaged($"has {fileLength - at} bytes after its last tensor");
        }
    }

    private void ReadAt(long offset, Span<byte> target)
    {
        while (target.Length > 0)
        {
            var read = RandomAccess.Read(File, target, offset);
            if (read == 0)
            {
                throw Damaged("ends before its last tensor");
            }

            target = target[read..];
            offset += read;
        }
    }

    private WeightFileException Damaged(string fault) => new(Path, $"{fault}. The file is cut off or damaged; get it anew.");
}
