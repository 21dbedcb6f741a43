using Microsoft.Win32.SafeHandles;

namespace Cawb.Detection.Weights.Pickled;

/// <summary>A file of torch.save: one value as a pickle, and the elements of its tensors beside it.</summary>
internal abstract class TorchFile(string path, SafeFileHandle file) : IDisposable
{
    // YOLOv5n with averaged weights and the optimizer's state has 0.16 MB, YOLOv5x twice as much.
    protected const int MaxPickleLength = 1 << 24;

    /// <summary>The value.</summary>
    public abstract object? Root { get; }

    protected string Path { get; } = path;

    protected SafeFileHandle File { get; } = file;

    /// <summary>By its first bytes; where they tell nothing, by its name.</summary>
    /// <exception cref="IOException">Not there, or not readable.</exception>
    public static bool IsOne(string path)
    {
        using var file = System.IO.File.OpenHandle(path);
        Span<byte> first = stackalloc byte[9];
        first = first[..RandomAccess.Read(file, first, 0)];
        return first switch
        {
            // After the length of its header, a safetensors file has a brace.
            [.., (byte)'{'] when first.Length == 9 => false,
            [(byte)'P', (byte)'K', ..] or [0x80, ..] => true,
            _ => System.IO.Path.GetExtension(path).ToUpperInvariant() is ".PT" or ".PTH" or ".CKPT",
        };
    }

    /// <summary>Opens a file of either format, the zip file of PyTorch 1.6 and later, or what was before it.</summary>
    /// <exception cref="WeightFileException">It is neither, or damaged, or hostile.</exception>
    /// <exception cref="IOException">Not there, or not readable.</exception>
    public static TorchFile Open(string path)
    {
        var file = System.IO.File.OpenHandle(path);
        try
        {
            Span<byte> first = stackalloc byte[4];
            first = first[..RandomAccess.Read(file, first, 0)];
            return first.SequenceEqual("PK\x03\x04"u8) ? new ZippedTorchFile(path, file)
                : first is [0x80, ..] ? new StreamedTorchFile(path, file)
                : throw new WeightFileException(path, first.Length == 0
                    ? "is empty. Get the file anew."
                    : "is no file of torch.save, although it is named like one. Give a .pt file of YOLOv5, or weights as safetensors.");
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Demands that a storage is there with the length that the pickle claims.</summary>
    /// <exception cref="WeightFileException">It is not.</exception>
    public abstract void Require(PickledStorage storage);

    /// <summary>Reads all elements of a storage.</summary>
    /// <param name="storage">One that <see cref="Require"/> took.</param>
    /// <param name="target">As long as the storage.</param>
    /// <exception cref="WeightFileException">They are damaged.</exception>
    public abstract void Read(PickledStorage storage, Span<byte> target);

    public void Dispose() => File.Dispose();
}
