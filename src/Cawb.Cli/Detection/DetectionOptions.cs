using System.CommandLine;
using System.Globalization;
using Cawb.Detection.Inference;
using Cawb.Detection.Weights;
using Cawb.Training;

namespace Cawb.Cli.Detection;

/// <summary>The options of suppression and image size, the same for every command that detects.</summary>
internal static class DetectionOptions
{
    private const int UsualSide = 640;

    public static Option<int?> ImageSize() => new("--image-size", "--img", "--imgsz", "--img-size")
    {
        Description = "Longer side of the network's input in pixels, a multiple of 32. [default: that of the training, or 640 where the weights do not say]",
        HelpName = "PIXELS",
    };

    public static Option<double> Confidence(SuppressionOptions usual) =>
        new("--conf", "--conf-thres") { Description = "Boxes of this score or less are left out.", DefaultValueFactory = _ => usual.MinConfidence, HelpName = "SCORE" };

    public static Option<double> Overlap(SuppressionOptions usual) =>
        new("--iou", "--iou-thres") { Description = "A box that overlaps a better one of its class by more than this is left out.", DefaultValueFactory = _ => usual.MaxOverlap, HelpName = "IOU" };

    public static Option<int> MaxDetections(SuppressionOptions usual) =>
        new("--max-det") { Description = "Boxes kept per image.", DefaultValueFactory = _ => usual.MaxDetections, HelpName = "N" };

    public static Option<bool> NoFuse() => new("--no-fuse") { Description = "Keep batch normalisations apart from the convolutions: the same boxes up to rounding, slower." };

    /// <summary>Hidden: its name is known to everybody who comes from YOLOv5, so that a sentence about it is worth having.</summary>
    public static Option<bool> Augment() => new("--augment") { Hidden = true };

    /// <exception cref="InputException">It was typed.</exception>
    public static void RefuseAugment(ParseResult result, Option<bool> augment)
    {
        if (result.GetValue(augment))
        {
            throw new InputException("--augment is not offered: each image is looked at once, without flipped or scaled copies of it. Leave it out.");
        }
    }

    public static SuppressionOptions Suppression(SuppressionOptions usual, ParseResult result, Option<double> confidence, Option<double> overlap, Option<int> maxDetections)
    {
        RequireShare("--conf", result.GetValue(confidence));
        RequireShare("--iou", result.GetValue(overlap));
        WholeNumber.Require("--max-det", result.GetValue(maxDetections), 1, 30_000);
        return usual with { MinConfidence = result.GetValue(confidence), MaxOverlap = result.GetValue(overlap), MaxDetections = result.GetValue(maxDetections) };
    }

    /// <summary>What was asked for, else what the weights were trained with, else what YOLOv5 takes.</summary>
    public static int SideOf(int? asked, WeightDescription weights)
    {
        if (asked is { } side)
        {
            WholeNumber.Require("--image-size", side, 32, 8192);
            return side % 32 == 0 ? side : throw new InputException($"--image-size is {side}; it must be a multiple of 32, the stride of the coarsest level, for example {(side / 32 * 32) + 32}.");
        }

        return weights.ImageSize ?? UsualSide;
    }

    private static void RequireShare(string flag, double value)
    {
        if (!(value is >= 0 and <= 1))
        {
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{flag} is {value}; it must be between 0 and 1."));
        }
    }
}
