using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Cawb.Cli.Detection;
using Cawb.Detection.Data;
using Cawb.Detection.Model;
using Cawb.Training;

namespace Cawb.Cli.Commands;

/// <summary><c>cawb data anchors</c>: whether the usual anchors suit a data set, and better ones where they do not.</summary>
internal static class DataAnchorsCommand
{
    private const string Help = """
        Says whether COCO's anchors suit the labels of a data set, and looks for better ones where they do not.

        The best possible recall is the share of training labels that some anchor resembles: no side more than anchor-t times as long. At 0.98 or less nine
        anchors are sought by k-means and 1,000 mutations; they replace the others only if the recall rises. The same seed gives the same anchors.

        Examples:
          cawb data anchors data/digits --image-size 96
          cawb data anchors mine.yaml --json
        """;

    public static Command Create()
    {
        var data = new Argument<string>("DATA") { Description = "COCO folder or YOLO description (.yaml)." };
        var imageSize = new Option<int>("--image-size", "--img", "--imgsz", "--img-size") { Description = "Side of the network's input in pixels.", DefaultValueFactory = _ => 640, HelpName = "PIXELS" };
        var maxRatio = new Option<double>("--anchor-t") { Description = "Ratio of sides at which a label no longer matches; above 1.", DefaultValueFactory = _ => 4, HelpName = "RATIO" };
        var seed = DataCommand.Seed("Of the search.");
        var json = new Option<bool>("--json") { Description = "JSON instead of text." };
        var command = new Command("anchors", Help) { data, imageSize, maxRatio, seed, json };
        command.SetAction(result =>
        {
            using var interruption = new Interruption();
            var (size, ratio) = (result.GetValue(imageSize), result.GetValue(maxRatio));
            if (size is < 32 or > 8192)
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--image-size is {size}; it must be between 32 and 8192."));
            }

            if (!(ratio > 1 && double.IsFinite(ratio)))
            {
                throw new InputException(string.Create(CultureInfo.InvariantCulture, $"--anchor-t is {ratio}; it must be above 1."));
            }

            var path = result.GetRequiredValue(data);
            var opened = DetectionData.Open(path, interruption.Token);
            DataFindings.Write(opened, result.InvocationConfiguration.Error);
            var training = opened.Training;
            var boxes = training.Images.Sum(image => image.Boxes.Count);
            if (boxes == 0)
            {
                throw new InputException($"{path}: the training part has no label; anchors are found from labels.");
            }

            AnchorFit fit;
            using (var progress = new CountProgress(result.InvocationConfiguration.Error, "mutations", AnchorFit.Generations, TimeProvider.System))
            {
                fit = AnchorFit.Of(training, AnchorSet.Coco.ToPixels(), size, ratio, DataCommand.SeedOf(result.GetValue(seed)), progress, interruption.Token);
            }

            var output = result.InvocationConfiguration.Output;
            if (result.GetValue(json))
            {
                Output.WriteJson(output, ToJson(fit, size, ratio, boxes));
            }
            else
            {
                Write(fit, output, string.Create(CultureInfo.InvariantCulture, $"{path}: {training.Images.Count} training images, {boxes} boxes, at {size} pixels"));
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(AnchorFit fit, TextWriter output, string heading)
    {
        output.WriteLine(heading);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Best possible recall with COCO's anchors: {fit.GivenRecall:0.0000}"));
        output.WriteLine(
            fit.IsReplaced ? string.Create(CultureInfo.InvariantCulture, $"With those found for these labels:        {fit.Recall:0.0000}")
            : fit.GivenRecall > AnchorFit.EnoughRecall ? "They suit these labels."
            : "None better were found.");
        for (var level = 0; level < AnchorSet.Levels; level++)
        {
            var sizes = fit.Anchors.Skip(level * AnchorSet.PerLevel).Take(AnchorSet.PerLevel)
                .Select(anchor => string.Create(CultureInfo.InvariantCulture, $"{anchor.Width:0.#} x {anchor.Height:0.#}").PadRight(16));
            output.WriteLine($"  stride {AnchorSet.Strides[level].ToString(CultureInfo.InvariantCulture),2}: {string.Concat(sizes).TrimEnd()}");
        }
    }

    private static JsonObject ToJson(AnchorFit fit, int imageSize, double maxRatio, int boxes) => new()
    {
        ["imageSize"] = imageSize,
        ["anchorT"] = maxRatio,
        ["boxes"] = boxes,
        ["recallOfCocoAnchors"] = fit.GivenRecall,
        ["recall"] = fit.Recall,
        ["isReplaced"] = fit.IsReplaced,
        ["anchors"] = new JsonArray([.. fit.Anchors.Select(anchor => (JsonNode)Output.Array([anchor.Width, anchor.Height]))]),
    };
}
