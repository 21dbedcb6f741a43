using Cawb.Detection.Images;

namespace Cawb.Detection.Data;

/// <summary>The headers of many files, read in parallel.</summary>
internal static class ImageHeaders
{
    private const int MinSide = 10;

    /// <summary>For each file its size and length, or null where it cannot be used, which is then in the problems.</summary>
    internal static FileSize?[] Read(IReadOnlyList<string> paths, ProblemList problems, CancellationToken cancellation)
    {
        var sizes = new FileSize?[paths.Count];
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, paths.Count, parallel, i => sizes[i] = Read(paths[i], problems));
        return sizes;
    }

    private static FileSize? Read(string path, ProblemList problems)
    {
        try
        {
            var header = ImageHeader.Read(path);
            if (Math.Min(header.Width, header.Height) >= MinSide)
            {
                if (header.Bits > 8)
                {
                    problems.Add(ProblemKind.DeepImage, path, $"Has {header.Bits} bits per channel, of which the upper 8 are kept; what uses only lower bits comes out black. Save it with 8 bits if that is not what you want.");
                }

                return new FileSize(header.Width, header.Height, new FileInfo(path).Length, header.HasSwappedSides);
            }

            problems.Add(ProblemKind.TinyImage, path, $"Has {header.Width} x {header.Height} pixels; each side must have {MinSide} or more. Take it out.");
        }
        catch (ImageException e)
        {
            problems.Add(ProblemKind.UnreadableImage, path, $"{e.Problem} Replace it or take it out of the data set.");
        }

        return null;
    }

    internal readonly record struct FileSize(int Width, int Height, long Bytes, bool IsTurned);
}
