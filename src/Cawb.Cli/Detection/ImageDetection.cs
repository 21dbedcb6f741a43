using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cawb.Detection;
using Cawb.Detection.Images;
using Cawb.Detection.Inference;
using Cawb.Reports.Files;
using Cawb.Training;

namespace Cawb.Cli.Detection;

/// <summary>
/// Looks at images one after another. While the network is busy with one, processors that it leaves free read the next ones and write the files of those before. Where it has all of them, one thing comes
/// after another: a thread that reads would hold up one of those that compute, for which the others wait.
/// </summary>
/// <param name="detector">Finds the boxes.</param>
/// <param name="outputs">Writes the files.</param>
/// <param name="streams">Get a line for each image, and notes.</param>
internal sealed class ImageDetection(ImageDetector detector, DetectionOutputs outputs, InvocationConfiguration streams)
{
    // Each holds a decoded image.
    private const int MostAhead = 2;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly int ahead = Math.Clamp(Environment.ProcessorCount - ComputeThreads.Count, 0, MostAhead);
    private readonly JsonArray found = [];
    private readonly Queue<Task> writing = new();
    private DetectionTimes times;
    private TimeSpan whole;
    private (int Width, int Height) largestInput;
    private int unreadable;

    /// <summary>Looks at all of them.</summary>
    /// <param name="paths">The images.</param>
    /// <param name="isJson">Whether the results are printed, instead of a line for each image.</param>
    /// <param name="cancellation">Ends it between two images.</param>
    /// <exception cref="InputException">Some could not be read; all that is said of the others is written.</exception>
    public int Run(IReadOnlyList<string> paths, bool isJson, CancellationToken cancellation)
    {
        var start = TimeProvider.System.GetTimestamp();
        try
        {
            Detect(paths, isJson ? TextWriter.Null : streams.Output, cancellation);
        }
        finally
        {
            // Nothing is left half written, nor goes on behind the program's back.
            Task.WhenAll(writing).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait(CancellationToken.None);
        }

        Finish(0);
        whole = TimeProvider.System.GetElapsedTime(start);
        var path = Path.Combine(outputs.Folder, "detections.json");
        AtomicFile.WriteText(path, found.ToJsonString(Compact) + "\n");
        streams.Output.Write(isJson ? found.ToJsonString(Compact) + "\n" : Summary(paths.Count - unreadable, path));
        return unreadable == 0
            ? ExitCode.Done
            : throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{unreadable} of {paths.Count} images cannot be read and were left out; see the lines above. Replace them."));
    }

    private void Detect(IReadOnlyList<string> paths, TextWriter lines, CancellationToken cancellation)
    {
        var ids = Ids(paths);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var reading = new Queue<Task<PreparedImage>>();
        using var progress = new CountProgress(streams.Error, "images", paths.Count, TimeProvider.System);
        for (var (next, i) = (0, 0); i < paths.Count; i++)
        {
            for (; next < paths.Count && next <= i + ahead; next++)
            {
                var path = paths[next];
                reading.Enqueue(Task.Run(() => detector.Prepare(path), CancellationToken.None));
            }

            cancellation.ThrowIfCancellationRequested();
            try
            {
                var image = detector.Detect(reading.Dequeue().GetAwaiter().GetResult());
                Keep(new ImageFindings(ids[i], paths[i], Unused(Path.GetFileNameWithoutExtension(paths[i]), names), image.Image.Width, image.Image.Height, image.Boxes), image, lines);
            }
            catch (ImageException exception) when (exception.Path == paths[i])
            {
                streams.Error.WriteLine($"Left out: {FaultReport.Paragraph(exception)}");
                unreadable++;
            }

            progress.Add(1);
        }
    }

    private void Keep(ImageFindings findings, DetectedImage image, TextWriter lines)
    {
        lines.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{findings.ToLine(outputs.Names)}; {image.Times.Inference.TotalMilliseconds:0.0} ms"));
        foreach (var element in findings.ToResults(outputs.Names))
        {
            found.Add((JsonNode)element);
        }

        times += image.Times;
        largestInput = image.InputWidth * image.InputHeight > largestInput.Width * largestInput.Height ? (image.InputWidth, image.InputHeight) : largestInput;
        writing.Enqueue(Task.Run(() => outputs.Write(findings, image.Image), CancellationToken.None));
        Finish(ahead);
    }

    /// <summary>Waits until only so many images are still being written.</summary>
    private void Finish(int left)
    {
        while (writing.Count > left)
        {
            writing.Dequeue().GetAwaiter().GetResult();
        }
    }

    private string Summary(int images, string path)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{found.Count} boxes on {images} images: {path}\n");
        return images == 0 ? text : text + string.Create(
            CultureInfo.InvariantCulture,
            $"{Mean(times.Preparing)} ms pre-process, {Mean(times.Inference)} ms inference, {Mean(times.Suppression)} ms NMS per image, at up to {largestInput.Width} x {largestInput.Height}; {images / whole.TotalSeconds:0.00} images/s with reading and writing\n");

        string Mean(TimeSpan all) => (all.TotalMilliseconds / images).ToString("0.0", CultureInfo.InvariantCulture);
    }

    /// <summary>The numbers that the files are named by, as COCO's are; if one is no number or two are the same, the positions from 1.</summary>
    private static long[] Ids(IReadOnlyList<string> paths)
    {
        var ids = new long[paths.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            if (!long.TryParse(Path.GetFileNameWithoutExtension(paths[i]), NumberStyles.None, CultureInfo.InvariantCulture, out ids[i]))
            {
                return Positions();
            }
        }

        return ids.Distinct().Count() == ids.Length ? ids : Positions();

        long[] Positions() => [.. Enumerable.Range(1, paths.Count)];
    }

    private static string Unused(string name, HashSet<string> used)
    {
        var unused = name;
        for (var number = 2; !used.Add(unused); number++)
        {
            unused = string.Create(CultureInfo.InvariantCulture, $"{name}-{number}");
        }

        return unused;
    }
}
