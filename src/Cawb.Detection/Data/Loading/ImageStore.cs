using Cawb.Detection.Images;

namespace Cawb.Detection.Data.Loading;

/// <summary>The images of a data set at the size in which training takes them, decoded on demand and kept in memory as far as a budget allows, or in a file.</summary>
/// <remarks>
/// The long side becomes the image size S: r = S / max(w, h), new size truncated (w r, h r); bilinear for training or when enlarging, area averages otherwise. Images are kept
/// until the budget is used up, none is thrown out for another; what is kept changes the speed and never a byte.
/// </remarks>
internal sealed class ImageStore(DetectionDataset dataset, int imageSize, PixelInterpolation shrinking, long budgetBytes, string cacheFile) : IDisposable
{
    private readonly byte[]?[] kept = new byte[dataset.Images.Count][];
    private readonly PixelFile? file = cacheFile.Length == 0 ? null : PixelFile.Open(cacheFile, dataset, imageSize, shrinking);
    private long usedBytes;

    /// <summary>The size that <see cref="Get"/> gives, known without decoding.</summary>
    internal (int Width, int Height) SizeOf(int index) => SizeOf(dataset.Images[index], imageSize);

    /// <summary>The size at which an image is kept.</summary>
    internal static (int Width, int Height) SizeOf(DatasetImage image, int imageSize)
    {
        var ratio = (double)imageSize / Math.Max(image.Width, image.Height);
        return ratio == 1 ? (image.Width, image.Height) : (Math.Max(1, (int)(image.Width * ratio)), Math.Max(1, (int)(image.Height * ratio)));
    }

    /// <summary>The pixels, interleaved, blue first.</summary>
    /// <param name="index">Of the image.</param>
    /// <param name="scratch">Of the calling thread; holds an image that is not kept until the next call.</param>
    /// <exception cref="DatasetException">The file changed or vanished since the data set was opened, or cannot be decoded.</exception>
    internal ReadOnlySpan<byte> Get(int index, SampleScratch scratch)
    {
        if (Volatile.Read(ref this.kept[index]) is { } kept)
        {
            return kept;
        }

        var (width, height) = SizeOf(index);
        var bytes = Image.BytesOf(width, height);
        if (Interlocked.Add(ref usedBytes, bytes) <= budgetBytes)
        {
            var pixels = GC.AllocateUninitializedArray<byte>(bytes);
            Decode(index, width, height, pixels, scratch);

            // Two threads may decode the same image at once; both have the same bytes, and the budget counts it once.
            if (Interlocked.CompareExchange(ref this.kept[index], pixels, null) is { } other)
            {
                Interlocked.Add(ref usedBytes, -bytes);
                return other;
            }

            return pixels;
        }

        Interlocked.Add(ref usedBytes, -bytes);
        var passing = scratch.Decoded(width, height);
        Decode(index, width, height, passing, scratch);
        return passing;
    }

    public void Dispose() => file?.Dispose();

    private void Decode(int index, int width, int height, Span<byte> destination, SampleScratch scratch)
    {
        if (file is not null && file.TryRead(index, destination))
        {
            return;
        }

        DecodeFile(index, width, height, destination, scratch);
        file?.Write(index, destination);
    }

    private void DecodeFile(int index, int width, int height, Span<byte> destination, SampleScratch scratch)
    {
        var image = dataset.Images[index];
        try
        {
            using var decoded = ImageFile.DecodePixels(scratch.FileBytes(image.Path), image.Path);
            if (decoded.Width != image.Width || decoded.Height != image.Height)
            {
                throw new DatasetException(image.Path, $"Has {decoded.Width} x {decoded.Height} pixels now; it had {image.Width} x {image.Height} when the data set was opened. Do not change files during a training.");
            }

            var enlarges = imageSize > Math.Max(image.Width, image.Height);
            Resampling.Resize(decoded, destination, width, height, enlarges ? PixelInterpolation.Bilinear : shrinking);
        }
        catch (ImageException e)
        {
            throw new DatasetException(image.Path, $"{e.Problem} Replace it; `cawb data check` finds all such files before a training.", e);
        }
    }
}
