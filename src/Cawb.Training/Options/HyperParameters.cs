using System.Text.Json.Serialization;
using Cawb.Detection.Data.Augmentation;
using Cawb.Detection.Loss;

namespace Cawb.Training.Options;

/// <summary>The numbers of a training that are not its length or its schedule, those of the augmentation included, under YOLOv5's names in JSON.</summary>
/// <remarks>Defaults are YOLOv5's "scratch-low" set, and every name of it is here. Names that YOLOv5 does not have are marked "ours".</remarks>
public sealed record HyperParameters : AugmentationOptions
{
    /// <summary>Base learning rate, above 0 (<c>lr0</c>). Schedules scale it.</summary>
    [JsonPropertyName("lr0")]
    public double LearningRate { get; init; } = 0.01;

    /// <summary>What the rate falls to under YOLOv5's own schedule, as a factor of the base, 0 to 1 (<c>lrf</c>). Other schedules say it themselves.</summary>
    [JsonPropertyName("lrf")]
    public double FinalFactor { get; init; } = 0.01;

    /// <summary>Nesterov momentum, 0 to 1, 1 excluded (<c>momentum</c>).</summary>
    [JsonPropertyName("momentum")]
    public double Momentum { get; init; } = 0.937;

    /// <summary>Weight decay of kernels at the nominal batch, 0 or more (<c>weight_decay</c>).</summary>
    [JsonPropertyName("weight_decay")]
    public double WeightDecay { get; init; } = 0.0005;

    /// <summary>Length of YOLOv5's warm-up in epochs, 0 or more (<c>warmup_epochs</c>); at least <see cref="WarmupMinBatches"/>.</summary>
    [JsonPropertyName("warmup_epochs")]
    public double WarmupEpochs { get; init; } = 3;

    /// <summary>Momentum at the start of YOLOv5's warm-up, 0 to 1, 1 excluded (<c>warmup_momentum</c>).</summary>
    [JsonPropertyName("warmup_momentum")]
    public double WarmupMomentum { get; init; } = 0.8;

    /// <summary>Learning rate of the biases at the start of YOLOv5's warm-up, absolute, 0 or more (<c>warmup_bias_lr</c>).</summary>
    [JsonPropertyName("warmup_bias_lr")]
    public double WarmupBiasLearningRate { get; init; } = 0.1;

    /// <summary>Ours: fewest batches of YOLOv5's warm-up, 0 or more (<c>warmup_min_batches</c>). YOLOv5 fixes 100 from version 6.2 on, 1000 before.</summary>
    [JsonPropertyName("warmup_min_batches")]
    public int WarmupMinBatches { get; init; } = 100;

    /// <summary>Ours: images per optimizer step that the rates are meant for; smaller batches accumulate up to it (<c>nominal_batch</c>). YOLOv5 fixes 64.</summary>
    [JsonPropertyName("nominal_batch")]
    public int NominalBatch { get; init; } = 64;

    /// <summary>Ours: gradients longer than this are shortened to it, above 0 (<c>max_gradient_norm</c>). YOLOv5 fixes 10.</summary>
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

    /// <summary>Ours: whether class and objectness gains are rescaled by classes / 80 and (image size / 640)², as YOLOv5 always does (<c>rescale_gains</c>).</summary>
    [JsonPropertyName("rescale_gains")]
    public bool RescaleGains { get; init; } = true;

    /// <summary>An IoU threshold, 0 to 1, which YOLOv5's files carry and its loss does not use; here as there it changes nothing (<c>iou_t</c>).</summary>
    [JsonPropertyName("iou_t")]
    public double IouThreshold { get; init; } = 0.2;

    /// <summary>Limit on the ratio of sides between a box and an anchor that takes it, above 1 (<c>anchor_t</c>).</summary>
    [JsonPropertyName("anchor_t")]
    public double AnchorRatio { get; init; } = 4.0;

    /// <summary>Exponent of the focal loss, 0 for none (<c>fl_gamma</c>).</summary>
    [JsonPropertyName("fl_gamma")]
    public double FocalGamma { get; init; }

    /// <summary>Label smoothing, 0 to 1 (<c>label_smoothing</c>; a switch of the command in YOLOv5).</summary>
    [JsonPropertyName("label_smoothing")]
    public double LabelSmoothing { get; init; }

    /// <summary>Probability of pasting outlined objects into other images (<c>copy_paste</c>). Must be 0: it needs outlines, and labels here are boxes.</summary>
    [JsonPropertyName("copy_paste")]
    public double CopyPaste { get; init; }

    /// <summary>Batches per optimizer step at a batch size: max(round(nominal / batch), 1), halves to even.</summary>
    public int Accumulation(int batchSize) => Math.Max((int)Math.Round((double)NominalBatch / batchSize, MidpointRounding.ToEven), 1);

    /// <summary>Weight decay at a batch size: scaled by the images of a step over the nominal batch.</summary>
    public double ScaledWeightDecay(int batchSize) => WeightDecay * batchSize * Accumulation(batchSize) / NominalBatch;

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

    /// <inheritdoc />
    public override IReadOnlyList<string> Problems() =>
    [
        .. Wrong(value => value > 0, "above 0", ("lr0", LearningRate), ("max_gradient_norm", MaxGradientNorm)),
        .. Wrong(value => value is >= 0 and < 1, "0 or more and below 1", ("momentum", Momentum), ("warmup_momentum", WarmupMomentum)),
        .. Wrong(value => value >= 1, "1 or more", ("nominal_batch", NominalBatch)),
        .. Wrong(value => value > 1, "above 1", ("anchor_t", AnchorRatio)),
        .. Wrong(
            value => value >= 0, "0 or more", ("weight_decay", WeightDecay), ("warmup_epochs", WarmupEpochs), ("warmup_bias_lr", WarmupBiasLearningRate),
            ("warmup_min_batches", WarmupMinBatches), ("box", Box), ("cls", Class), ("cls_pw", ClassPositiveWeight), ("obj", Objectness), ("obj_pw", ObjectnessPositiveWeight),
            ("fl_gamma", FocalGamma)),
        .. Wrong(value => value == 0, "0 here: it needs the outlines of objects, and labels here are boxes", ("copy_paste", CopyPaste)),
        .. NotBetween(0, 1, ("lrf", FinalFactor), ("iou_t", IouThreshold), ("label_smoothing", LabelSmoothing)),
        .. base.Problems(),
    ];
}
