using System.Text.Json.Serialization;

namespace Cawb.Detection.Data.Augmentation;

/// <summary>How training pictures are varied; names and defaults of YOLOv5's "scratch-low" hyper-parameters.</summary>
public sealed record AugmentationOptions
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
    public double HsvH
    {
        get;
        init => field = Within(value, 1, "hsv_h");
    } = 0.015;

    /// <summary>Saturation factor 1 ± this, 0 to 1.</summary>
    [JsonPropertyName("hsv_s")]
    public double HsvS
    {
        get;
        init => field = Within(value, 1, "hsv_s");
    } = 0.7;

    /// <summary>Value (brightness) factor 1 ± this, 0 to 1.</summary>
    [JsonPropertyName("hsv_v")]
    public double HsvV
    {
        get;
        init => field = Within(value, 1, "hsv_v");
    } = 0.4;

    /// <summary>Rotation ± this, degrees, 0 to 180.</summary>
    [JsonPropertyName("degrees")]
    public double Degrees
    {
        get;
        init => field = Within(value, 180, "degrees");
    }

    /// <summary>Shift ± this share of the picture, 0 to 0.9.</summary>
    [JsonPropertyName("translate")]
    public double Translate
    {
        get;
        init => field = Within(value, 0.9, "translate");
    } = 0.1;

    /// <summary>Scale factor 1 ± this, 0 to 0.95.</summary>
    [JsonPropertyName("scale")]
    public double Scale
    {
        get;
        init => field = Within(value, 0.95, "scale");
    } = 0.5;

    /// <summary>Shear ± this, degrees, 0 to 80.</summary>
    [JsonPropertyName("shear")]
    public double Shear
    {
        get;
        init => field = Within(value, 80, "shear");
    }

    /// <summary>Perspective ± this, per pixel, 0 to 0.001.</summary>
    [JsonPropertyName("perspective")]
    public double Perspective
    {
        get;
        init => field = Within(value, 0.001, "perspective");
    }

    /// <summary>Probability of top and bottom changing places, 0 to 1.</summary>
    [JsonPropertyName("flipud")]
    public double FlipUpDown
    {
        get;
        init => field = Within(value, 1, "flipud");
    }

    /// <summary>Probability of left and right changing places, 0 to 1. 0 for things that a mirror changes, such as digits.</summary>
    [JsonPropertyName("fliplr")]
    public double FlipLeftRight
    {
        get;
        init => field = Within(value, 1, "fliplr");
    } = 0.5;

    /// <summary>Probability of a picture being composed of four, 0 to 1.</summary>
    [JsonPropertyName("mosaic")]
    public double Mosaic
    {
        get;
        init => field = Within(value, 1, "mosaic");
    } = 1;

    /// <summary>Probability of a mosaic being blended with a second one, 0 to 1.</summary>
    [JsonPropertyName("mixup")]
    public double Mixup
    {
        get;
        init => field = Within(value, 1, "mixup");
    }

    /// <summary>Whether colours stay as they are.</summary>
    internal bool KeepsColours => HsvH == 0 && HsvS == 0 && HsvV == 0;

    // A comparison that is false for NaN, so that NaN is refused too.
    private static double Within(double value, double max, string name) => value >= 0 && value <= max
        ? value
        : throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"Must be between 0 and {max}."));
}
