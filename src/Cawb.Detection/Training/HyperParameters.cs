using System.Globalization;
using System.Text.Json.Serialization;
using Cawb.Detection.Data.Augmentation;
using Cawb.Detection.Loss;

namespace Cawb.Detection.Training;

/// <summary>The numbers of a training that are not its length or its schedule, under the release's names in JSON.</summary>
/// <remarks>Defaults are the release's "scratch-low" set. Names that the release does not have are marked "ours".</remarks>
public sealed record HyperParameters
{
    /// <summary>Base learning rate, above 0 (<c>lr0</c>). Schedules scale it.</summary>
    [JsonPropertyName("lr0")]
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Nesterov momentum, 0 to 1, 1 excluded (<c>momentum</c>).</summary>
    [JsonPropertyName("momentum")]
    public double Momentum { get; init; } = 0.937;

    /// <summary>Weight decay of kernels at the nominal batch, 0 or more (<c>weight_decay</c>).</summary>
    [JsonPropertyName("weight_decay")]
    public double WeightDecay { get; init; } = 0.0005;

    /// <summary>Ours: pictures per optimizer step that the rates are meant for; smaller batches accumulate up to it (<c>nominal_batch</c>). The release fixes 64.</summary>
    [JsonPropertyName("nominal_batch")]
    public int NominalBatch { get; init; } = 64;

    /// <summary>Ours: gradients longer than this are shortened to it, above 0 (<c>max_gradient_norm</c>). The release fixes 10.</summary>
    [JsonPropertyName("max_gradient_norm")]
    public double MaxGradientNorm { get; init; } = 10.0;

    /// <summary>Gain of the box term (<c>box</c>).</summary>
    [JsonPropertyName("box")]
    public double Box { get; init; } = 0.05;

    /// <summary>Gain of the class term (<c>cls</c>).</summary>
    [JsonPropertyName("cls")]
    public double Class { get; init; } = 0.5;

    /// <summary>Weight of positives in the class term (<c>cls_pw</c>).</summary>
    [JsonPropertyName("cls_pw")]
    public double ClassPositiveWeight { get; init; } = 1.0;

    /// <summary>Gain of the objectness term (<c>obj</c>).</summary>
    [JsonPropertyName("obj")]
    public double Objectness { get; init; } = 1.0;

    /// <summary>Weight of positives in the objectness term (<c>obj_pw</c>).</summary>
    [JsonPropertyName("obj_pw")]
    public double ObjectnessPositiveWeight { get; init; } = 1.0;

    /// <summary>Ours: whether class and objectness gains are rescaled by classes / 80 and (image size / 640)², as the release always does (<c>rescale_gains</c>).</summary>
    [JsonPropertyName("rescale_gains")]
    public bool RescaleGains { get; init; } = true;

    /// <summary>Limit on the ratio of sides between a box and an anchor that takes it, above 1 (<c>anchor_t</c>).</summary>
    [JsonPropertyName("anchor_t")]
    public double AnchorRatio { get; init; } = 4.0;

    /// <summary>Exponent of the focal loss, 0 for none (<c>fl_gamma</c>).</summary>
    [JsonPropertyName("fl_gamma")]
    public double FocalGamma { get; init; }

    /// <summary>Label smoothing, 0 to 1 (<c>label_smoothing</c>; a switch of the command in the release).</summary>
    [JsonPropertyName("label_smoothing")]
    public double LabelSmoothing { get; init; }

    /// <summary>Hue jitter, a share of the circle, 0 to 1 (<c>hsv_h</c>).</summary>
    [JsonPropertyName("hsv_h")]
    public double HueGain { get; init; } = 0.015;

    /// <summary>Saturation jitter, 0 to 1 (<c>hsv_s</c>).</summary>
    [JsonPropertyName("hsv_s")]
    public double SaturationGain { get; init; } = 0.7;

    /// <summary>Brightness jitter, 0 to 1 (<c>hsv_v</c>).</summary>
    [JsonPropertyName("hsv_v")]
    public double ValueGain { get; init; } = 0.4;

    /// <summary>Rotation, plus or minus degrees, 0 to 180 (<c>degrees</c>).</summary>
    [JsonPropertyName("degrees")]
    public double Degrees { get; init; }

    /// <summary>Shift, plus or minus a share of the side, 0 to 1 (<c>translate</c>).</summary>
    [JsonPropertyName("translate")]
    public double Translate { get; init; } = 0.1;

    /// <summary>Scaling, plus or minus, 0 to 1, 1 excluded (<c>scale</c>).</summary>
    [JsonPropertyName("scale")]
    public double Scale { get; init; } = 0.5;

    /// <summary>Shear, plus or minus degrees, 0 to 90, 90 excluded (<c>shear</c>).</summary>
    [JsonPropertyName("shear")]
    public double Shear { get; init; }

    /// <summary>Perspective, plus or minus, 0 to 0.001 (<c>perspective</c>).</summary>
    [JsonPropertyName("perspective")]
    public double Perspective { get; init; }

    /// <summary>Probability of turning a picture upside down (<c>flipud</c>).</summary>
    [JsonPropertyName("flipud")]
    public double FlipUpDown { get; init; }

    /// <summary>Probability of mirroring a picture (<c>fliplr</c>).</summary>
    [JsonPropertyName("fliplr")]
    public double FlipLeftRight { get; init; } = 0.5;

    /// <summary>Probability of composing a sample of four pictures (<c>mosaic</c>).</summary>
    [JsonPropertyName("mosaic")]
    public double Mosaic { get; init; } = 1.0;

    /// <summary>Probability of blending a composed sample with a second one (<c>mixup</c>).</summary>
    [JsonPropertyName("mixup")]
    public double Mixup { get; init; }

    /// <summary>Batches per optimizer step at a batch size: max(round(nominal / batch), 1), halves to even.</summary>
    public int Accumulation(int batchSize) => Math.Max((int)Math.Round((double)NominalBatch / batchSize, MidpointRounding.ToEven), 1);

    /// <summary>Weight decay at a batch size: scaled by the pictures of a step over the nominal batch.</summary>
    public double ScaledWeightDecay(int batchSize) => WeightDecay * batchSize * Accumulation(batchSize) / NominalBatch;

    /// <summary>How training samples are altered.</summary>
    public AugmentationOptions ToAugmentation() => new()
    {
        HsvH = HueGain,
        HsvS = SaturationGain,
        HsvV = ValueGain,
        Degrees = Degrees,
        Translate = Translate,
        Scale = Scale,
        Shear = Shear,
        Perspective = Perspective,
        FlipUpDown = FlipUpDown,
        FlipLeftRight = FlipLeftRight,
        Mosaic = Mosaic,
        Mixup = Mixup,
    };

    /// <summary>The settings of the loss for a data set.</summary>
    /// <param name="classCount">Classes of the data set.</param>
    /// <param name="imageSize">Training size in pixels.</param>
    public LossGains ToLossGains(int classCount, int imageSize)
    {
        var gains = new LossGains
        {
            Box = Box,
            Objectness = Objectness,
            Class = Class,
            AnchorRatio = AnchorRatio,
            LabelSmoothing = LabelSmoothing,
            ClassPositiveWeight = ClassPositiveWeight,
            ObjectnessPositiveWeight = ObjectnessPositiveWeight,
            FocalGamma = FocalGamma,
        };
        return RescaleGains ? gains.Rescaled(classCount, imageSize) : gains;
    }

    /// <summary>Every value that is out of its range, a sentence each; none when all is well.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        Require("lr0", LearningRate, value => value > 0, "above 0");
        Require("momentum", Momentum, value => value is >= 0 and < 1, "0 or more and below 1");
        Require("weight_decay", WeightDecay, value => value >= 0, "0 or more");
        Require("nominal_batch", NominalBatch, value => value >= 1, "1 or more");
        Require("max_gradient_norm", MaxGradientNorm, value => value > 0, "above 0");
        Require("anchor_t", AnchorRatio, value => value > 1, "above 1");
        Require("degrees", Degrees, value => value is >= 0 and <= 180, "between 0 and 180");
        Require("shear", Shear, value => value is >= 0 and < 90, "0 or more and below 90");
        Require("perspective", Perspective, value => value is >= 0 and <= 0.001, "between 0 and 0.001");
        Require("scale", Scale, value => value is >= 0 and < 1, "0 or more and below 1");
        foreach (var (name, value) in new[]
        {
            ("box", Box), ("cls", Class), ("cls_pw", ClassPositiveWeight), ("obj", Objectness), ("obj_pw", ObjectnessPositiveWeight), ("fl_gamma", FocalGamma),
        })
        {
            Require(name, value, value => value >= 0, "0 or more");
        }

        foreach (var (name, value) in new[]
        {
            ("label_smoothing", LabelSmoothing), ("hsv_h", HueGain), ("hsv_s", SaturationGain), ("hsv_v", ValueGain), ("translate", Translate),
            ("flipud", FlipUpDown), ("fliplr", FlipLeftRight), ("mosaic", Mosaic), ("mixup", Mixup),
        })
        {
            Require(name, value, value => value is >= 0 and <= 1, "between 0 and 1");
        }

        return problems;

        void Require(string name, double value, Func<double, bool> isAllowed, string allowed)
        {
            if (!double.IsFinite(value) || !isAllowed(value))
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"\"{name}\" is {value}; it must be {allowed}."));
            }
        }
    }
}
