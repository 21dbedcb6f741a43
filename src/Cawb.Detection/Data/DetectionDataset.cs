using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Cawb.Coco;

namespace Cawb.Detection.Data;

/// <summary>Labelled images of one part (training or validation), read and checked.</summary>
public sealed class DetectionDataset
{
    private readonly Lazy<string> fingerprint;

    internal DetectionDataset(string path, string part, IReadOnlyList<DatasetImage> images, IReadOnlyList<string> classNames, CocoDataset groundTruth)
    {
        Path = path;
        Part = part;
        Images = images;
        ClassNames = classNames;
        GroundTruth = groundTruth;
        CategoryIds = Array.AsReadOnly(Array.ConvertAll(groundTruth.ByClassIndex(), category => category.Id));
        fingerprint = new Lazy<string>(ComputeFingerprint);
    }

    /// <summary>The file or folder that describes the part.</summary>
    public string Path { get; }

    /// <summary><c>train</c> or <c>val</c>.</summary>
    public string Part { get; }

    /// <summary>The images, in the order of the description.</summary>
    public IReadOnlyList<DatasetImage> Images { get; }

    /// <summary>By class index.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>By class index, what result files call the class: COCO's ids, or the class index itself.</summary>
    public IReadOnlyList<long> CategoryIds { get; }

    /// <summary>What COCO's evaluation compares results with, in pixels of the original images: for a COCO file its own content, crowds included.</summary>
    public CocoDataset GroundTruth { get; }

    /// <summary>SHA-256, lower-case hex, over class names and, for every image in order, file name, file length, size and labels: equal for copies in other folders.</summary>
    public string Fingerprint => fingerprint.Value;

    private string ComputeFingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in ClassNames)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name + "\n"));
        }

        Span<byte> numbers = stackalloc byte[40];
        foreach (var image in Images)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(System.IO.Path.GetFileName(image.Path) + "\n"));
            BinaryPrimitives.WriteInt64LittleEndian(numbers, image.FileBytes);
            BinaryPrimitives.WriteInt32LittleEndian(numbers[8..], image.Width);
            BinaryPrimitives.WriteInt32LittleEndian(numbers[12..], image.Height);
            hash.AppendData(numbers[..16]);
            foreach (var box in image.Boxes)
            {
                BinaryPrimitives.WriteInt64LittleEndian(numbers, box.ClassIndex);
                BinaryPrimitives.WriteDoubleLittleEndian(numbers[8..], box.CenterX);
                BinaryPrimitives.WriteDoubleLittleEndian(numbers[16..], box.CenterY);
                BinaryPrimitives.WriteDoubleLittleEndian(numbers[24..], box.Width);
                BinaryPrimitives.WriteDoubleLittleEndian(numbers[32..], box.Height);
                hash.AppendData(numbers);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
