using System.CommandLine;
using System.Globalization;
using Cawb.Cli.Detection;
using Cawb.Cli.Schedules;
using Cawb.Cli.Typing;
using Cawb.Detection.Inference;
using Cawb.Detection.Pictures;
using Cawb.Training;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb detect</c>: finds objects on images.</summary>
internal static class DetectCommand
{
    private const string Help = """
        Finds objects on images. It draws boxes with class and score, writes detections.json (a COCO result file with names beside) and, if asked, YOLO's text files and the objects cut out.
        Image ids are the numbers that the files are named by, if all are numbers, else the positions from 1; category ids are class indices from 0.

        Examples:
          cawb detect runs/train/exp data/digits/images/val
          cawb detect yolov5s.pt photos/*.jpg 'more/**/*.png' --conf 0.4 --classes person dog --txt --out found
          cawb detect --weights yolov5s.safetensors --source list.txt --save-crop --line-width 2 --hide-conf
        """;

    private static readonly Argument<string> Weights = WeightsArgument.Create(isNeeded: false);

    private static readonly Argument<string[]> Images = new("IMAGES")
    {
        Description = "Files, folders, patterns ('photos/*.jpg', 'photos/**/*.png'), lists (.txt, a path on each line).",
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

    private static readonly Option<string?> Names = WeightsArgument.NamesOption();

    private static readonly Option<bool> Text = new("--txt", "--save-txt") { Description = "Write labels/NAME.txt for each image: class, centre x, centre y, width, height as fractions of the image, score." };

    private static readonly Option<bool> Crops = new("--save-crop") { Description = "Write each object, cut out with a margin, as crops/CLASS/NAME.jpg." };

    private static readonly Option<bool> NoImages = new("--no-images", "--nosave") { Description = "Do not write the images with their boxes." };

    private static readonly Option<int?> LineWidth = new("--line-width") { Description = "Width of the boxes' lines in pixels. [default: one that suits the image's size]", HelpName = "PIXELS" };

    private static readonly Option<bool> HideLabels = new("--hide-labels") { Description = "Draw boxes without class and score." };

    private static readonly Option<bool> HideScores = new("--hide-conf") { Description = "Draw boxes with the class alone." };

    private static readonly Option<bool> Augment = DetectionOptions.Augment();

    private static readonly Option<bool> NoFuse = DetectionOptions.NoFuse();

    private static readonly ComputeOptions Compute = new();

    private static readonly OutputFolder Out = new("detect");

    private static readonly Option<bool> Json = new("--json") { Description = "Print the content of detections.json instead of a line for each image." };

    public static Command Create()
    {
        var command = new Command("detect", Help)
        {
            Weights, Images, WeightsOption, Source, Confidence, Overlap, MaxDetections, ImageSize, Classes, Names, Text, Crops, NoImages, LineWidth, HideLabels, HideScores, Augment, NoFuse, Json,
        };
        Out.AddTo(command);
        Compute.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        using var interruption = new Interruption();
        var classes = result.GetValue(Classes) ?? [];
        RefuseWithoutEffect(result);
        var suppression = DetectionOptions.Suppression(SuppressionOptions.Display, result, Confidence, Overlap, MaxDetections);
        var device = Compute.Apply(result, out _);
        var words = new GivenWords("detect", [result.GetValue(Weights), .. result.GetValue(Images) ?? []]);
        var given = words.Take(result.GetValue(WeightsOption), "WEIGHTS", WeightsOption.Name);
        string[] sources = [.. words.Left, .. result.GetValue(Source) ?? []];
        if (sources.Length == 0)
        {
            throw new InputException("cawb detect needs IMAGES, by themselves or behind --source. See: cawb detect --help");
        }

        _ = Out.Read(result);
        var weights = WeightsArgument.Describe(WeightsArgument.Meant(result, given));
        var names = WeightsArgument.ClassNames(weights, result.GetValue(Names));
        suppression = suppression with { Classes = [.. classes.Select(word => ClassIndex(word, names))] };
        var side = DetectionOptions.SideOf(result.GetValue(ImageSize), weights);
        var paths = ImageList.Of(sources, sentence => result.InvocationConfiguration.Error.WriteLine($"Note: {sentence}"));
        using var model = WeightsArgument.Read(weights.Path, device, fused: !result.GetValue(NoFuse));
        var folder = Out.Make(result);
        var outputs = new DetectionOutputs
        {
            Folder = folder,
            Names = names,
            HasText = result.GetValue(Text),
            Painter = result.GetValue(NoImages) ? null : new BoxPainter(names) { LineWidth = result.GetValue(LineWidth), HasLabels = !result.GetValue(HideLabels), HasScores = !result.GetValue(HideScores) },
            Crops = result.GetValue(Crops) ? new CropFolder(Path.Combine(folder, "crops"), names) : null,
        };
        var detection = new ImageDetection(new ImageDetector(model, side, suppression, TimeProvider.System), outputs, result.InvocationConfiguration);
        return detection.Run(paths, isJson: result.GetValue(Json), interruption.Token);
    }

    private static void RefuseWithoutEffect(ParseResult result)
    {
        DetectionOptions.RefuseAugment(result, Augment);
        UselessFlags.Refuse(result, result.GetValue(NoImages), "--no-images writes no image", LineWidth, HideLabels, HideScores);
        UselessFlags.Refuse(result, result.GetValue(HideLabels), "--hide-labels hides the score as well", HideScores);
        if (result.GetValue(LineWidth) is { } width)
        {
            WholeNumber.Require("--line-width", width, 1, 1000);
        }
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
}
