using System.Buffers.Binary;
using System.Security.Cryptography;
using OpenCvSharp;

namespace Cawb.Detection.Data;

/// <summary>Finds images that are the same by their pixels, whatever their files are called or have beside the pixels.</summary>
internal sealed class ImageContents(int count)
{
    // Each at its own place, so that threads need no lock and the order is that of the data set.
    private readonly byte[]?[] hashes = new byte[count][];

    /// <summary>Takes the pixels of an image, 8 bits and upright.</summary>
    internal unsafe void Take(int index, Mat pixels)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (width, height, bytes) = (pixels.Width, pixels.Height, pixels.ElemSize());
        Span<byte> size = stackalloc byte[8];
        BinaryPrimitives.WriteInt32LittleEndian(size, width);
        BinaryPrimitives.WriteInt32LittleEndian(size[4..], height);
        hash.AppendData(size);
        for (var y = 0; y < height; y++)
        {
            hash.AppendData(new ReadOnlySpan<byte>((void*)pixels.Ptr(y), width * bytes));
        }

        hashes[index] = hash.GetHashAndReset();
    }

    /// <summary>Reports every image that has the pixels of an earlier one under another path.</summary>
    /// <param name="images">In the order of <see cref="Take"/>.</param>
    /// <param name="training">So many of them, the first, are the training part.</param>
    /// <param name="problems">Is told.</param>
    internal void Report(IReadOnlyList<DatasetImage> images, int training, ProblemList problems)
    {
        var first = new Dictionary<string, (string Path, bool IsTraining)>(StringComparer.Ordinal);
        for (var i = 0; i < images.Count; i++)
        {
            if (hashes[i] is not { } hash)
            {
                continue;
            }

            var (path, isTraining) = (images[i].Path, i < training);
            var key = Convert.ToHexString(hash);
            if (!first.TryGetValue(key, out var other))
            {
                first.Add(key, (path, isTraining));
            }
            else if (other.Path == path)
            {
                // One file in both parts is reported where the parts are read.
            }
            else if (other.IsTraining != isTraining)
            {
                problems.Add(ProblemKind.SharedImage, path, $"Has the same pixels as {other.Path} of the training part: validation is then too optimistic. Take one of them out.");
            }
            else
            {
                problems.Add(ProblemKind.RepeatedImage, path, $"Has the same pixels as {other.Path}, which is in the same part. Take one of them out, unless it is meant to count twice.");
            }
        }
    }
}
