using System.Buffers.Binary;
using System.Security.Cryptography;
using Cawb.Detection.Data;

namespace Cawb.Digits;

/// <summary>The handwritten digits of MNIST: 28 x 28 grey images with their classes, in a training and a test part.</summary>
/// <remarks>By Yann LeCun, Corinna Cortes and Christopher J. C. Burges; CC BY-SA 3.0.</remarks>
public sealed class MnistDigits
{
    private static readonly string[] FileNames = ["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"];

    private static readonly string[] Checksums =
    [
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ];

    private MnistDigits(DigitGlyphs training, DigitGlyphs test)
    {
        Training = training;
        Test = test;
    }

    /// <summary>The names of the four IDX files that a folder must have.</summary>
    public static IReadOnlyList<string> Files => FileNames;

    /// <summary>The 60,000 digits of the training part.</summary>
    public DigitGlyphs Training { get; }

    /// <summary>The 10,000 digits of the test part, by other writers.</summary>
    public DigitGlyphs Test { get; }

    /// <summary>Reads the four IDX files and holds each against the SHA-256 of the original.</summary>
    /// <param name="folder">Where they lie; <see cref="MnistSource.FetchAsync"/> puts them there.</param>
    /// <exception cref="DatasetException">A file is missing or is not the original.</exception>
    public static MnistDigits Load(string folder) => Load(folder, Checksums);

    /// <summary>Digits of any origin in the same four files.</summary>
    internal static MnistDigits LoadUnchecked(string folder) => Load(folder, []);

    private static MnistDigits Load(string folder, string[] checksums)
    {
        var contents = new byte[FileNames.Length][];
        for (var i = 0; i < contents.Length; i++)
        {
            contents[i] = Read(Path.Combine(folder, FileNames[i]));
            if (checksums.Length > 0 && Convert.ToHexStringLower(SHA256.HashData(contents[i])) is var actual && actual != checksums[i])
            {
                throw new DatasetException(
                    Path.Combine(folder, FileNames[i]), $"Is not MNIST's original file: its SHA-256 is {actual} instead of {checksums[i]}. Delete it and fetch it again.");
            }
        }

        return new MnistDigits(Glyphs(folder, contents, 0), Glyphs(folder, contents, 2));
    }

    private static DigitGlyphs Glyphs(string folder, byte[][] contents, int first)
    {
        var images = Path.Combine(folder, FileNames[first]);
        var labels = Path.Combine(folder, FileNames[first + 1]);
        var count = Header(contents[first], images, 0x0803);
        if (Header(contents[first + 1], labels, 0x0801) != count)
        {
            throw new DatasetException(labels, $"Has another number of labels than {FileNames[first]} has images ({count}).");
        }

        const int side = DigitGlyphs.Side;
        if (contents[first].Length != 16 + (long)count * side * side || contents[first + 1].Length != 8 + count)
        {
            throw new DatasetException(images, $"Has not the length of {count} images of {side} x {side} pixels, or its labels have not. Delete both and fetch them again.");
        }

        return new DigitGlyphs(contents[first].AsMemory(16), contents[first + 1].AsMemory(8));
    }

    private static int Header(byte[] file, string path, int magic)
    {
        var isImages = magic == 0x0803;
        if (file.Length < (isImages ? 16 : 8) || BinaryPrimitives.ReadInt32BigEndian(file) != magic
            || (isImages && (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(8)) != DigitGlyphs.Side || BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(12)) != DigitGlyphs.Side)))
        {
            throw new DatasetException(path, $"Is no IDX file of {(isImages ? "28 x 28 images" : "labels")}. Delete it and fetch it again.");
        }

        return BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(4));
    }

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(path, $"This file of the handwritten digits cannot be read ({e.Message}) `cawb data digits` fetches it.", e);
        }
    }
}
