using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Cawb.Files;

namespace Cawb.Detection.Data.Caching;

/// <summary>Keeps the labels, sizes and notes of a large part, so that a second start neither parses nor checks it again.</summary>
/// <remarks>
/// <para>
/// The key is a SHA-256 over what the part was made from: the text of the description, and path, length and time of change of every image and label file. It is computed anew at every
/// start; a cache of another key, of another version or with a wrong checksum is made anew. Parts with errors are never kept.
/// </para>
/// <para><see cref="DatasetCheck"/> does not use it.</para>
/// </remarks>
internal sealed class LabelCache(int fromImages)
{
    /// <summary>Parts below this are read faster than their files could be compared.</summary>
    internal const int DefaultFromImages = 1000;

    /// <summary>Keeps nothing.</summary>
    internal static LabelCache Off { get; } = new(int.MaxValue);

    /// <summary>The part from the cache, or read and kept for the next time.</summary>
    /// <param name="source">What it is made from.</param>
    /// <param name="problems">Gets the notes and warnings that the part was kept with, or what reading finds.</param>
    /// <param name="read">Reads the part.</param>
    internal DetectionDataset Open(LabelSource source, ProblemList problems, Func<ProblemList, DetectionDataset> read)
    {
        if (fromImages == int.MaxValue)
        {
            return read(problems);
        }

        // Both before reading: what changes meanwhile makes the cache stale and not wrong. The images of a description that lists them have only their sizes
        // in it, and an image of another size than the data set says is refused when it is decoded.
        var path = CacheFolder.FileOf(source.Description, source.Part, "labels");
        var listed = source.ListedFiles();
        var key = listed is null ? null : Key(source, listed);
        if (TryLoad(path, source, listed, key) is { } kept)
        {
            problems.Add(kept.Problems);
            return kept.Dataset;
        }

        var ownProblems = new ProblemList();
        var dataset = read(ownProblems);
        var groups = ownProblems.Groups;
        if (dataset.Images.Count >= fromImages && groups.All(group => group.Severity != ProblemSeverity.Error))
        {
            var files = listed ?? [.. dataset.Images.Select(image => image.Path)];
            TryKeep(path, source, new LabelCacheContent(key ?? Key(source, files), files, dataset, groups));
        }

        problems.Add(groups);
        return dataset;
    }

    private static LabelCacheContent? TryLoad(string path, LabelSource source, IReadOnlyList<string>? listed, byte[]? key)
    {
        try
        {
            return File.Exists(path) && LabelCacheContent.Parse(File.ReadAllBytes(path), source, listed) is { } content
                    && content.Key.AsSpan().SequenceEqual(key ?? Key(source, content.Files))
                ? content
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static void TryKeep(string path, LabelSource source, LabelCacheContent content)
    {
        try
        {
            Directory.CreateDirectory(CacheFolder.Of(source.Description));
            WholeFile.Write(path, stream => stream.Write(content.ToBytes()));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be written: the next start reads everything again.
        }
    }

    private static byte[] Key(LabelSource source, IReadOnlyList<string> files)
    {
        var lines = new string[files.Count];
        Parallel.For(0, files.Count, i => lines[i] = Line(files[i]));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(source.DescriptionHash);
        foreach (var line in lines)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
        }

        return hash.GetHashAndReset();
    }

    private static string Line(string path)
    {
        var file = new FileInfo(path);
        return file.Exists
            ? string.Create(CultureInfo.InvariantCulture, $"{path}\n{file.Length} {file.LastWriteTimeUtc.Ticks}\n")
            : $"{path}\n\n";
    }
}
