using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cawb.Cli.Detection;
using Cawb.Detection.Images;
using Cawb.Detection.Inference;
using Cawb.Reports.Files;
using Cawb.Training;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb detect</c>: finds objects on pictures.</summary>
internal static class DetectCommand
{
    private const string Help = """
        Finds objects on pictures. It draws boxes with class and score, writes detections.json (a COCO result file with names beside) and, if asked, YOLO's text files.
        Picture ids are the numbers that the files are named by, if all are numbers, else the positions from 1; category ids are class indices from 0.

        Examples:
          cawb detect runs/train/exp data/digits/images/val
          cawb detect --weights yolov5s.safetensors --source photos
          cawb detect yolov5s.safetensors photos/*.jpg 'more/**/*.png' --conf 0.4 --classes person dog --txt --out found
        """;

    private static readonly Argument<string> Weights = WeightsArgument.Create(isNeeded: false);

    private static readonly Argument<string[]> Pictures = new("IMAGES")
    {
        Description = "Files, folders, patterns ('photos/*.jpg', 'photos/**/*.png').",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> WeightsOption = WeightsArgument.CreateOption();

    private static readonly Option<string[]> Source = new("--source") { Description = "Images, in place of IMAGES.", HelpName = "IMAGES", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };

    private static readonly Option<double> Confidence = DetectionOptions.Confidence(SuppressionOptions.Display);

    private static readonly Option<double> Overlap = DetectionOptions.Overlap(SuppressionOptions.Display);

    private static readonly Option<int> MaxDetections = DetectionOptions.MaxDetections(SuppressionOptions.Display);

    private static readonly Option<int?> ImageSize = DetectionOptions.ImageSize();

    private static readonly Option<string[]> Classes = new("--classes")
    {
        Description = "Find these alone: names or indices.",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
        HelpName = "CLASS",
    };

    private static readonly Option<string?> Names = new("--names") { Description = "Text file with a class name on each line, for weights that have none.", HelpName = "FILE" };

    private static readonly Option<bool> Text = new("--txt", "--save-txt") { Description = "Write labels/NAME.txt for each picture: class, centre x, centre y, width, height as shares, score." };

    private static readonly Option<bool> NoPictures = new("--no-pictures", "--nosave") { Description = "Draw nothing." };

    private static readonly ComputeOptions Compute = new();

    private static readonly OutputFolder Out = new("detect");

    private static readonly Option<bool> Json = new("--json") { Description = "Print the content of detections.json instead of a line for each picture." };

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var command = new Command("detect", Help)
        {
            Weights, Pictures, WeightsOption, Source, Confidence, Overlap, MaxDetections, ImageSize, Classes, Names, Text, NoPictures, Json,
        };
        Out.AddTo(command);
        Compute.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        using var interruption = new Interruption();
        var suppression = DetectionOptions.Suppression(SuppressionOptions.Display, result, Confidence, Overlap, MaxDetections);
        var device = Compute.Apply(result, out _);
        var words = new GivenWords("detect", [result.GetValue(Weights), .. result.GetValue(Pictures) ?? []]);
        var given = words.Take(result.GetValue(WeightsOption), "WEIGHTS", WeightsOption.Name);
        string[] sources = [.. words.Left, .. result.GetValue(Source) ?? []];
        if (sources.Length == 0)
        {
            throw new InputException("cawb detect needs IMAGES, by themselves or behind --source. See: cawb detect --help");
        }

        _ = Out.Read(result);
        var weights = WeightsArgument.Describe(WeightsArgument.Meant(result, given));
        var names = WeightsArgument.ClassNames(weights, result.GetValue(Names));
        suppression = suppression with { Classes = [.. (result.GetValue(Classes) ?? []).Select(word => ClassIndex(word, names))] };
        var side = DetectionOptions.SideOf(result.GetValue(ImageSize), weights);
        var paths = PictureList.Of(sources);
        var (model, _) = WeightsArgument.Read(weights.Path, device);
        using (model)
        {
            var folder = Out.Make(result);
            var detector = new PictureDetector(model, side, suppression);
            var work = new Work(detector, names, folder, result.GetValue(Text), !result.GetValue(NoPictures), result.GetValue(Json) ? null : result.InvocationConfiguration.Output);
            return Detect(work, paths, result, interruption.Token);
        }
    }

    private static int Detect(Work work, IReadOnlyList<string> paths, ParseResult result, CancellationToken cancellation)
    {
        var (output, notes) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        var ids = Ids(paths);
        var found = new JsonArray();
        var (unreadable, boxes) = (0, 0);
        using (var progress = new CountProgress(notes, "pictures", paths.Count, TimeProvider.System))
        {
            var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            for (var i = 0; i < paths.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    foreach (var element in work.Detect(paths[i], ids[i], Unused(Path.GetFileNameWithoutExtension(paths[i]), names)))
                    {
                        found.Add(element);
                        boxes++;
                    }
                }
                catch (ImageException exception) when (exception.Path == paths[i])
                {
                    notes.WriteLine($"Left out: {FaultReport.Paragraph(exception)}");
                    unreadable++;
                }

                progress.Add(1);
            }
        }

        var path = Path.Combine(work.Folder, "detections.json");
        AtomicFile.WriteText(path, found.ToJsonString(Compact) + "\n");
        output.Write(result.GetValue(Json)
            ? found.ToJsonString(Compact) + "\n"
            : string.Create(CultureInfo.InvariantCulture, $"{boxes} boxes on {paths.Count - unreadable} pictures: {path}\n"));
        return unreadable == 0
            ? ExitCode.Done
            : throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{unreadable} of {paths.Count} pictures cannot be read and were left out; see the lines above. Replace them."));
    }

    private static int ClassIndex(string word, IReadOnlyList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i] == word)
            {
                return i;
            }
        }

        return int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < names.Count
            ? index
            : throw new InputException($"--classes {word}: the weights have no such class. They have {string.Join(", ", names.Take(10))}{(names.Count > 10 ? $" and {names.Count - 10} more (cawb info lists them)" : "")}.");
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

    /// <summary>What is done with each picture.</summary>
    private sealed record Work(PictureDetector Detector, IReadOnlyList<string> Names, string Folder, bool HasText, bool HasPictures, TextWriter? Lines)
    {
        public IEnumerable<JsonObject> Detect(string path, long id, string name)
        {
            var (image, boxes) = Detector.Detect(path);
            var findings = new PictureFindings(id, path, name, image.Width, image.Height, boxes);
            if (HasText)
            {
                var labels = Directory.CreateDirectory(Path.Combine(Folder, "labels")).FullName;
                AtomicFile.WriteText(Path.Combine(labels, name + ".txt"), findings.ToText());
            }

            if (HasPictures)
            {
                BoxPainter.Paint(image, boxes, Names);
                var isJpeg = Path.GetExtension(path).ToUpperInvariant() is ".JPG" or ".JPEG";
                ImageFile.Write(Path.Combine(Folder, name + (isJpeg ? ".jpg" : ".png")), image);
            }

            Lines?.WriteLine(findings.ToLine(Names));
            return findings.ToResults(Names);
        }
    }
}
