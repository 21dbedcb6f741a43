using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cawb.Cli.Detection;
using Cawb.Coco;
using Cawb.Detection.Data;
using Cawb.Detection.Evaluation;
using Cawb.Detection.Images;
using Cawb.Detection.Weights;
using Cawb.Reports.Charts;
using Cawb.Reports.Files;
using Cawb.Reports.Tables;
using Cawb.Training.Pictures;

namespace Cawb.Cli.Commands;

/// <summary>What <c>cawb val</c> shows and leaves behind.</summary>
/// <param name="weights">That were evaluated.</param>
/// <param name="dataset">On which.</param>
/// <param name="data">Its path as it was typed.</param>
/// <param name="side">Longer side of the network's input, pixels.</param>
/// <param name="outcome">The figures.</param>
/// <param name="times">Of the stages.</param>
/// <param name="confusionScore">Detections of this score or more are in the confusion matrix.</param>
internal sealed class ValReport(
    WeightDescription weights, DetectionDataset dataset, string data, int side, ValidationOutcome outcome, StageTimes times, double confusionScore)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly CocoConfusionMatrix confusion = CocoConfusionMatrix.Count(dataset.GroundTruth, outcome.Detections, confusionScore);
    private string resultPath = "";
    private bool hasPlots;
    private string truthPath = dataset.GroundTruth.Path;

    /// <summary>Writes the result file and what belongs to it. Labels that came from no COCO file are written as one, so that any tool can compare.</summary>
    public void WriteFiles(string folder)
    {
        resultPath = Path.Combine(folder, "results.json");
        if (truthPath.Length == 0)
        {
            truthPath = Path.Combine(folder, "instances.json");
            WeightsArgument.Writing(truthPath, () => dataset.GroundTruth.Write(truthPath));
        }

        WeightsArgument.Writing(resultPath, () => outcome.Detections.Write(resultPath));
        CocoCategoryEvaluation[] drawn = [.. outcome.Coco.Categories.Where(category => category.HasTruth)];
        ChartFile.Write(CocoEvalReport.Curves(outcome.Coco, drawn, className: ""), Path.Combine(folder, "curves.svg"), ChartSize.Readme);
        AtomicFile.WriteText(Path.Combine(folder, "confusion.csv"), ConfusionReport.Csv(confusion));
        AtomicFile.WriteText(Path.Combine(folder, "val.json"), Json());
    }

    /// <summary>Writes the plots that a run has, too.</summary>
    /// <param name="folder">Of the files.</param>
    /// <param name="batches">Drawn while the validation went on.</param>
    public void WritePlots(string folder, IEnumerable<(string Name, Image Image)> batches)
    {
        ValidationPictures.Write(new PictureFolder(folder), batches, outcome.Yolo, confusion, confusionScore, dataset.ClassNames, "");
        hasPlots = true;
    }

    public string Text()
    {
        var text = new StringBuilder();
        var images = dataset.Images.Count;
        text.Append(CultureInfo.InvariantCulture, $"{weights.Path}: YOLOv5{weights.Size.Name} at {side} pixels on {images} images of {data}\n\n");
        text.Append(outcome.Coco.AveragePrecision < 0 ? "AP is not defined: the images have no labels.\n\n" : "");
        text.Append(CocoEvalReport.Text(outcome.Coco, dataset.GroundTruth, confusion, confusionScore));
        text.Append(CultureInfo.InvariantCulture, $"By YOLOv5's own rule; P and R at confidence {outcome.Yolo.Confidence:F3}, where the mean F1 is highest:\n");
        text.Append(YoloTable().ToText());
        text.Append("\nWhere the time went:\n").Append(times.ToText(images));
        text.Append(CultureInfo.InvariantCulture, $"\n{Path.GetDirectoryName(resultPath)} holds results.json, val.json, curves.svg{(hasPlots ? ", confusion.csv and the plots" : " and confusion.csv")}. The same numbers from the files:\n");
        return text.Append(CultureInfo.InvariantCulture, $"  ./cawb coco-eval --gt {truthPath} --dt {resultPath}\n").ToString();
    }

    public string Json() => new JsonObject
    {
        ["weights"] = weights.Path,
        ["model"] = weights.Size.Name,
        ["data"] = data,
        ["imageSize"] = side,
        ["seconds"] = times.ToJson(),
        ["results"] = resultPath,
        ["groundTruth"] = truthPath,
        ["coco"] = JsonNode.Parse(CocoEvalReport.Json(outcome.Coco, dataset.GroundTruth, outcome.Detections, confusion, confusionScore)),
        ["yolov5"] = new JsonObject
        {
            ["confidence"] = outcome.Yolo.Confidence,
            ["precision"] = outcome.Yolo.Precision,
            ["recall"] = outcome.Yolo.Recall,
            ["averagePrecision50"] = outcome.Yolo.AveragePrecision50,
            ["averagePrecision"] = outcome.Yolo.AveragePrecision,
            ["fitness"] = outcome.Yolo.Fitness,
            ["classes"] = new JsonArray([.. outcome.Yolo.Classes.Select(one => new JsonObject
            {
                ["name"] = dataset.ClassNames[one.ClassIndex],
                ["labels"] = one.Labels,
                ["precision"] = one.Precision,
                ["recall"] = one.Recall,
                ["averagePrecisionPerIou"] = Output.Array(one.AveragePrecisions),
            })]),
        },
    }.ToJsonString(Indented) + "\n";

    private TextTable YoloTable()
    {
        var (yolo, table) = (outcome.Yolo, new TextTable("<class", "labels", "P", "R", "mAP@.5", "mAP@.5:.95"));
        table.Add("all", Number(yolo.Classes.Sum(one => one.Labels)), Figure(yolo.Precision), Figure(yolo.Recall), Figure(yolo.AveragePrecision50), Figure(yolo.AveragePrecision));
        foreach (var one in yolo.Classes)
        {
            table.Add(
                dataset.ClassNames[one.ClassIndex], Number(one.Labels), Figure(one.Precision), Figure(one.Recall), Figure(one.AveragePrecision50), Figure(one.AveragePrecision));
        }

        return table;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Figure(double value) => value < 0 ? "-" : value.ToString("F3", CultureInfo.InvariantCulture);
}
