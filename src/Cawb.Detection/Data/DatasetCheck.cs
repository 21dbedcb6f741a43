using Cawb.Detection.Data.Caching;
using Cawb.Detection.Images;
using Cawb.Detection.Images.Jpeg;

namespace Cawb.Detection.Data;

/// <summary>Looks at everything in a data set and lists what is wrong.</summary>
public static class DatasetCheck
{
    /// <summary>Reads all labels and decodes every image.</summary>
    /// <param name="path">As for <see cref="DetectionData.Open(string, CancellationToken)"/>.</param>
    /// <param name="progress">Told how far it is, every hundred images.</param>
    /// <param name="cancellation">Ends the check.</param>
    /// <exception cref="DatasetException">The description itself cannot be used, so that nothing more can be looked at.</exception>
    public static DatasetReport Run(string path, IProgress<DatasetCheckProgress>? progress, CancellationToken cancellation)
    {
        var problems = new ProblemList();
        var data = DatasetSource.Open(path, problems, LabelCache.Off, cancellation);
        var images = data.Training.Images.Concat(data.Validation.Images).ToArray();
        var contents = new ImageContents(images.Length);
        var done = 0;
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, images.Length, parallel, i =>
        {
            Decode(images[i], i, contents, problems);
            if (Interlocked.Increment(ref done) is var count && count % 100 == 0)
            {
                progress?.Report(new DatasetCheckProgress(count, images.Length));
            }
        });
        contents.Report(images, data.Training.Images.Count, problems);
        return new DatasetReport(PartStatistics.Of(data.Training), PartStatistics.Of(data.Validation), data.ClassNames, problems.Groups);
    }

    private static void Decode(DatasetImage image, int index, ImageContents contents, ProblemList problems)
    {
        try
        {
            var bytes = ImageFile.ReadBytes(image.Path);
            using (var pixels = ImageFile.DecodePixels(bytes, image.Path))
            {
                contents.Take(index, pixels);
            }

            if (JpegDamage.IsIn(bytes))
            {
                problems.Add(ProblemKind.DamagedImage, image.Path, "Is damaged: a part of it cannot be decoded and comes out grey or shifted. Replace it or take it out of the data set.");
            }
        }
        catch (ImageException e)
        {
            problems.Add(ProblemKind.UnreadableImage, image.Path, $"{e.Problem} Replace it or take it out of the data set.");
        }
    }
}
