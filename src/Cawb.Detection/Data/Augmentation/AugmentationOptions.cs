using System.Globalization;
using System.Text.Json.Serialization;

namespace Cawb.Detection.Data.Augmentation;

/// <summary>How training images are varied; names and defaults of YOLOv5's "scratch-low" hyper-parameters.</summary>
public record AugmentationOptions
{
    /// <summary>Nothing is varied: letterbox only.</summary>
    public static AugmentationOptions None { get; } = new()
    {
        HsvH = 0,
        HsvS = 0,
        HsvV = 0,
        Translate = 0,
        Scale = 0,
        FlipLeftRight = 0,
        Mosaic = 0,
    };

    /// <summary>Hue factor 1 ± this, 0 to 1.</summary>
    [JsonPropertyName("hsv_h")]
    public double HsvH { get; init; } = 0.015;

    /// <summary>Saturation factor 1 ± this, 0 to 1.</summary>
    [JsonPropertyName("hsv_s")]
    public double HsvS { get; init; } = 0.7;

    /// <summary>Value (brightness) factor 1 ± this, 0 to 1.</summary>
    [JsonPropertyName("hsv_v")]
    public double HsvV { get; init; } = 0.4;

    /// <summary>Rotation ± this, degrees, 0 to 180.</summary>
    [JsonPropertyName("degrees")]
    public double Degrees { get; init; }

    /// <summary>Shift ± this share of the image, 0 to 0.9.</summary>
    [JsonPropertyName("translate")]
    public double Translate { get; init; } = 0.1;

    /// <summary>Scale factor 1 ± this, 0 to 0.95.</summary>
    [JsonPropertyName("scale")]
    public double Scale { get; init; } = 0.5;

    /// <summary>Shear ± this, degrees, 0 to 80.</summary>
    [JsonPropertyName("shear")]
    public double Shear { get; init; }

    /// <summary>Perspective ± this, per pixel, 0 to 0.001.</summary>
    [JsonPropertyName("perspective")]
    public double Perspective { get; init; }

    /// <summary>Probability of top and bottom changing places, 0 to 1.</summary>
    [JsonPropertyName("flipud")]
    public double FlipUpDown { get; init; }

    /// <summary>Probability of left and right changing places, 0 to 1. 0 for things that a mirror changes, such as digits.</summary>
    [JsonPropertyName("fliplr")]
    public double FlipLeftRight { get; init; } = 0.5;

    /// <summary>Probability of an image being composed of four, 0 to 1.</summary>
    [JsonPropertyName("mosaic")]
    public double Mosaic { get; init; } = 1;

    /// <summary>Probability of a mosaic being blended with a second one, 0 to 1.</summary>
    [JsonPropertyName("mixup")]
    public double Mixup { get; init; }

    /// <summary>Whether colours stay as they are.</summary>
    internal bool KeepsColours => HsvH == 0 && HsvS == 0 && HsvV == 0;

    /// <summary>Every value that is out of its range, a sentence each; none when all is well.</summary>
    public virtual IReadOnlyList<string> Problems() =>
    [
        .. NotBetween(0, 1, ("hsv_h", HsvH), ("hsv_s", HsvS), ("hsv_v", HsvV), ("flipud", FlipUpDown), ("fliplr", FlipLeftRight), ("mosaic", Mosaic), ("mixup", Mixup)),
        .. NotBetween(0, 180, ("degrees", Degrees)),
        .. NotBetween(0, 0.9, ("translate", Translate)),
        .. NotBetween(0, 0.95, ("scale", Scale)),
        .. NotBetween(0, 80, ("shear", Shear)),
        .. NotBetween(0, 0.001, ("perspective", Perspective)),
    ];

    /// <summary>A sentence for each value that is not finite or lies outside a range whose ends belong to it.</summary>
    /// <summary>A complaint for each value that does not lie between two numbers.</summary>
    protected static IEnumerable<string> NotBetween(double least, double most, params (string Name, double Value)[] values) =>
        Wrong(value => value >= least && value <= most, string.Create(CultureInfo.InvariantCulture, $"between {least} and {most}"), values);

    /// <summary>A sentence for each value that is not finite or not allowed.</summary>
    /// <summary>A complaint for each value that is not allowed.</summary>
    protected static IEnumerable<string> Wrong(Func<double, bool> isAllowed, string allowed, params (string Name, double Value)[] values) =>
        values.Where(pair => !double.IsFinite(pair.Value) || !isAllowed(pair.Value))
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"\"{pair.Name}\" is {pair.Value}; it must be {allowed}."));
}
