using System.CommandLine;
using Cawb.Cli.Detection;
using Cawb.Cli.Typing;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Data;
using Cawb.Detection.Evaluation;
using Cawb.Detection.Images;
using Cawb.Detection.Inference;
using Cawb.Detection.Model;
using Cawb.Detection.Weights;
using Cawb.Training.Pictures;
using Cawb.Training;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb val</c>: evaluates weights on a data set.</summary>
internal static class ValCommand
{
    private const string Help = """
        Evaluates weights on a data set, by COCO's rules and by YOLOv5's own. It prints the twelve lines, each class, what was taken for what, precision-recall curves, and where the time went.
        The folder that it makes holds results.json (a COCO result file), val.json, curves.svg, confusion.csv, and the plots that a run has, under YOLOv5's names: PR_curve.png, F1_curve.png,
        P_curve.png, R_curve.png, confusion_matrix.png, val_batch0_labels.jpg, val_batch0_pred.jpg and so on.

        Examples:
          cawb val runs/train/exp data/digits
          cawb val --weights yolov5s.pt --data coco --image-size 640 --iou 0.65 --json
        """;

    private static readonly Argument<string> Weights = WeightsArgument.Create(isNeeded: false);

    private static readonly Argument<string> Data = new("DATA") { Description = "COCO folder or YOLO description (.yaml).", Arity = ArgumentArity.ZeroOrOne };

    private static readonly Option<string?> WeightsOption = WeightsArgument.CreateOption();

    private static readonly Option<string?> DataOption = new("--data") { Description = "The data set, in place of DATA.", HelpName = "DATA" };

    private static readonly Option<string> Part = new Option<string>("--part", "--task") { Description = "Which images of the data set.", DefaultValueFactory = _ => "val" }
        .AcceptOnlyFromAmong("val", "train");

    private static readonly Option<int?> ImageSize = DetectionOptions.ImageSize();

    private static readonly Option<int> BatchSize = new("--batch-size", "--batch") { Description = "Images per batch.", DefaultValueFactory = _ => 32, HelpName = "N" };

    private static readonly Option<double> Confidence = DetectionOptions.Confidence(SuppressionOptions.Validation);

    private static readonly Option<double> Overlap = DetectionOptions.Overlap(SuppressionOptions.Validation);

    private static readonly Option<int> MaxDetections = DetectionOptions.MaxDetections(SuppressionOptions.Validation);

    private static readonly Option<double> ConfusionScore = ConfusionReport.ScoreOption();

    private static readonly Option<bool> Augment = DetectionOptions.Augment();

    private static readonly Option<bool> NoFuse = DetectionOptions.NoFuse();

    private static readonly ComputeOptions Compute = new();

    private static readonly Option<int?> Workers = new("--workers") { Description = "Threads that load images. The result does not depend on it. [default: half of --threads]", HelpName = "N" };

    private static readonly OutputFolder Out = new("val");

    private static readonly Option<bool> NoPlots = new("--no-plots") { Description = "Draw no plots but curves.svg." };

    private static readonly Option<bool> Json = new("--json") { Description = "Print all figures as JSON, unrounded." };

    public static Command Create()
    {
        var command = new Command("val", Help)
        {
            Weights, Data, WeightsOption, DataOption, Part, ImageSize, BatchSize, Confidence, Overlap, MaxDetections, ConfusionScore, Augment, NoFuse, NoPlots, Json, Workers,
        };
        Out.AddTo(command);
        Compute.AddTo(command);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult result)
    {
        using var interruption = new Interruption();
        DetectionOptions.RefuseAugment(result, Augment);
        WholeNumber.Require("--batch-size", result.GetValue(BatchSize), 1, 4096);
        ConfusionReport.RequireScore(result.GetValue(ConfusionScore));
        var suppression = DetectionOptions.Suppression(SuppressionOptions.Validation, result, Confidence, Overlap, MaxDetections);
        var device = Compute.Apply(result, out var workers);
        WholeNumber.Require("--workers", result.GetValue(Workers) ?? 1, 1, 1024);
        var words = new GivenWords("val", [result.GetValue(Weights), result.GetValue(Data)]);
        var path = WeightsArgument.Meant(result, words.Take(result.GetValue(WeightsOption), "WEIGHTS", WeightsOption.Name));
        var dataPath = words.Take(result.GetValue(DataOption), "DATA", DataOption.Name);
        words.RequireNoneLeft();
        _ = Out.Read(result);
        var description = WeightsArgument.Describe(path);
        var side = DetectionOptions.SideOf(result.GetValue(ImageSize), description);
        var data = DetectionData.Open(dataPath, interruption.Token);
        var dataset = result.GetValue(Part) == "train" ? data.Training : data.Validation;
        DataFindings.Write(data, result.InvocationConfiguration.Error);
        RequireSameClasses(description, dataset, result.InvocationConfiguration.Error);

        using (var model = WeightsArgument.Read(path, device, fused: !result.GetValue(NoFuse)))
        {
            var loading = new ValidationLoaderOptions { ImageSize = side, BatchSize = result.GetValue(BatchSize), Workers = result.GetValue(Workers) ?? workers };
            var hasPlots = !result.GetValue(NoPlots);
            List<(string Name, Image Image)> batches = [];
            var (outcome, times) = Validate(
                model, dataset, loading, suppression, (batch, found) => batches.AddRange(hasPlots ? ValidationPictures.Of(batch, found, dataset, hasLabels: true) : []), result.InvocationConfiguration.Error, interruption.Token);
            var report = new ValReport(description, dataset, dataPath, side, outcome, times, result.GetValue(ConfusionScore));
            var folder = Out.Make(result);
            report.WriteFiles(folder);
            if (hasPlots)
            {
                report.WritePlots(folder, batches);
            }

            result.InvocationConfiguration.Output.Write(result.GetValue(Json) ? report.Json() : report.Text());
        }

        return ExitCode.Done;
    }

    private static (ValidationOutcome Outcome, StageTimes Times) Validate(
        YoloModel model, DetectionDataset dataset, ValidationLoaderOptions loading, SuppressionOptions suppression, Action<ValidationBatch, IReadOnlyList<DetectedBox>[]> found, TextWriter notes, CancellationToken cancellation)
    {
        using var loader = new ValidationLoader(dataset, loading);
        using var progress = new CountProgress(notes, "images", dataset.Images.Count, TimeProvider.System);
        var times = new StageTimes(TimeProvider.System, progress, found);
        return (Validation.RunFully(new Detector(model, suppression), loader, dataset, times, cancellation), times);
    }

    private static void RequireSameClasses(WeightDescription weights, DetectionDataset dataset, TextWriter notes)
    {
        if (weights.ClassCount != dataset.ClassNames.Count)
        {
            throw new InputException(
                $"{weights.Path} was trained on {weights.ClassCount} classes, {dataset.Path} has {dataset.ClassNames.Count}. Weights can be evaluated on a data set of the same classes only.");
        }

        for (var i = 0; i < weights.ClassNames.Count; i++)
        {
            if (weights.ClassNames[i] != dataset.ClassNames[i])
            {
                notes.WriteLine($"Note: class {i} is '{weights.ClassNames[i]}' for the weights and '{dataset.ClassNames[i]}' in the data set. If that is more than a spelling, the figures mean nothing.");
                return;
            }
        }
    }
}
