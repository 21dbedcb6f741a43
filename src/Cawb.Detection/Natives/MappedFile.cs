using System.IO.MemoryMappedFiles;

namespace Cawb.Detection.Natives;

/// <summary>The bytes of a file, read as they are looked at: of a hundred megabytes few are.</summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;
    private readonly int length;

    public MappedFile(string path)
    {
        var size = new FileInfo(path).Length;
        if (size is 0 or > int.MaxValue)
        {
            throw new InvalidDataException($"it has {size} bytes");
        }

        length = (int)size;
        map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        view = map.CreateViewAccessor(0, size, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
    }

    /// <summary>Valid until the file is disposed.</summary>
    public ReadOnlySpan<byte> Bytes => new(start + view.PointerOffset, length);

    public void Dispose()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        map.Dispose();
    }
}
