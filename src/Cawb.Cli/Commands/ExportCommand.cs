using System.CommandLine;
using System.Globalization;
using Cawb.Cli.Detection;
using Cawb.Cli.Schedules;
using Cawb.Cli.Typing;
using Cawb.Detection.Export;
using Cawb.Detection.Inference;
using Cawb.Detection.Model;
using Cawb.Detection.Weights;
using Cawb.Reports.Files;
using Cawb.Training;
using static TorchSharp.torch;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb export</c>: writes weights in the format of another runtime.</summary>
internal static class ExportCommand
{
    private const string Help = """
        Exports weights to ONNX, for ONNX Runtime and whatever else reads it. The file takes any batch size and any image size that is a multiple of 32.
        Input: images (batch, 3, height, width), RGB from 0 to 1. Output: output0 (batch, rows, 5 + classes), as YOLOv5 exports it: centre x, centre y, width, height in pixels, objectness, classes.

        Examples:
          cawb export runs/train/exp --format onnx
          cawb export yolov5s.safetensors --nms --conf 0.4 --out yolov5s-nms.onnx
        """;

    private static readonly Argument<string> Weights = WeightsArgument.Create(isNeeded: false);

    private static readonly Option<string?> WeightsOption = WeightsArgument.CreateOption();

    private static readonly Option<string> Format = new Option<string>("--format", "--include") { Description = "Format of the file.", DefaultValueFactory = _ => "onnx" }.AcceptOnlyFromAmong("onnx");

    private static readonly Option<bool> Raw = new("--raw") { Description = "The raw maps of the three levels, logits, as output0 to output2 (batch, 3, y, x, 5 + classes)." };

    private static readonly Option<bool> Suppress = new("--nms")
    {
        Description = "Non-maximum suppression inside: output0 (batch, --max-det, 6) has left, top, right, bottom, score, class; best first, zeros behind the last.",
    };

    private static readonly Option<double> Confidence = DetectionOptions.Confidence(SuppressionOptions.Display);

    private static readonly Option<double> Overlap = DetectionOptions.Overlap(SuppressionOptions.Display);

    private static readonly Option<int> MaxDetections = DetectionOptions.MaxDetections(SuppressionOptions.Display);

    private static readonly Option<int?> ImageSize = DetectionOptions.ImageSize();

    private static readonly Option<string?> Names = WeightsArgument.NamesOption();

    private static readonly Option<bool> NoFuse = DetectionOptions.NoFuse();

    private static readonly Option<string?> Out = new("--out") { Description = "The file. [default: the name of the weights with .onnx, beside them]", HelpName = "FILE" };

    private static readonly Option<bool> ExistOk = new("--exist-ok") { Description = "Replace the file if it is there." };

    public static Command Create()
    {
        var command = new Command("export", Help) { Weights, WeightsOption, Format, Raw, Suppress, Confidence, Overlap, MaxDetections, ImageSize, Names, NoFuse, Out, ExistOk };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        var output = (result.GetValue(Raw), result.GetValue(Suppress)) switch
        {
            (true, true) => throw new InputException("--raw and --nms exclude each other: raw maps hold no boxes that could suppress each other. Leave one out."),
            (true, false) => OnnxOutput.RawMaps,
            (false, true) => OnnxOutput.Detections,
            _ => OnnxOutput.Boxes,
        };
        UselessFlags.Refuse(result, output != OnnxOutput.Detections, "it belongs to --nms", Confidence, Overlap, MaxDetections);
        var suppression = DetectionOptions.Suppression(SuppressionOptions.Display, result, Confidence, Overlap, MaxDetections);
        var words = new GivenWords("export", [result.GetValue(Weights)]);
        var weights = WeightsArgument.Describe(WeightsArgument.Meant(result, words.Take(result.GetValue(WeightsOption), "WEIGHTS", WeightsOption.Name)));
        words.RequireNoneLeft();
        var options = new OnnxOptions
        {
            ClassNames = WeightsArgument.ClassNames(weights, result.GetValue(Names)),
            ImageSize = DetectionOptions.SideOf(result.GetValue(ImageSize), weights),
            Output = output,
            Suppression = suppression,
        };
        var path = Target(result, weights);
        using (var model = WeightsArgument.Read(weights.Path, CPU, fused: !result.GetValue(NoFuse)))
        {
            AtomicFile.Write(path, stream => OnnxFile.Write(stream, model, options));
        }

        var lines = result.InvocationConfiguration.Output;
        lines.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}: YOLOv5{weights.Size.Name}, {Counted.Of(weights.ClassCount, "class", "classes")}, ONNX operator set {OnnxFile.OperatorSet}, {new FileInfo(path).Length / 1e6:0.0} MB"));
        lines.WriteLine("input   images (batch, 3, height, width), RGB from 0 to 1, sides multiples of 32");
        foreach (var line in Outputs(output, weights.ClassCount, suppression.MaxDetections))
        {
            lines.WriteLine($"output  {line}");
        }

        return ExitCode.Done;
    }

    private static string Target(ParseResult result, WeightDescription weights)
    {
        var path = result.GetValue(Out) ?? Path.ChangeExtension(weights.Path, ".onnx");
        if (Directory.Exists(path))
        {
            throw new InputException($"--out {path}: is a folder. Name the file, such as {Path.Combine(path, "best.onnx")}.");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
        {
            throw new InputException($"--out {path}: there is no folder {folder}. Make it, or name another file.");
        }

        return !File.Exists(path) || result.GetValue(ExistOk)
            ? path
            : throw new InputException($"{path} is there already. Replace it with --exist-ok, or name another file with --out.");
    }

    private static IEnumerable<string> Outputs(OnnxOutput output, int classCount, int limit) => output switch
    {
        OnnxOutput.RawMaps => AnchorSet.Strides.Select((stride, level) => string.Create(
            CultureInfo.InvariantCulture, $"output{level} (batch, 3, height / {stride}, width / {stride}, {5 + classCount}): x, y, w, h, objectness, classes, all logits")),
        OnnxOutput.Detections => [string.Create(CultureInfo.InvariantCulture, $"output0 (batch, {limit}, 6): left, top, right, bottom in pixels, score, class; best first, zeros behind the last")],
        _ => [string.Create(CultureInfo.InvariantCulture, $"output0 (batch, rows, {5 + classCount}): centre x, centre y, width, height in pixels, objectness, classes")],
    };
}
