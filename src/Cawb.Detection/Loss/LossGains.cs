namespace Cawb.Detection.Loss;

/// <summary>Settings of the loss, under the names of YOLOv5's hyper-parameters.</summary>
/// <remarks>Gains are used as they stand. YOLOv5 rescales them once at the start of a training; see <see cref="Rescaled"/>.</remarks>
public sealed record LossGains
{
    /// <summary>Weight of the box term (<c>box</c>).</summary>
    public double Box { get; init; } = 0.05;

    /// <summary>Weight of the objectness term (<c>obj</c>).</summary>
    public double Objectness { get; init; } = 1.0;

    /// <summary>Weight of the class term (<c>cls</c>).</summary>
    public double Class { get; init; } = 0.5;

    /// <summary>An anchor takes a box whose sides differ from its own by less than this ratio (<c>anchor_t</c>).</summary>
    public double AnchorRatio { get; init; } = 4.0;

    /// <summary>Label smoothing, 0 to 1: positives aim at 1 − s/2, negatives at s/2.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>Weight of positive examples in the class term (<c>cls_pw</c>).</summary>
    public double ClassPositiveWeight { get; init; } = 1.0;

    /// <summary>Weight of positive examples in the objectness term (<c>obj_pw</c>).</summary>
    public double ObjectnessPositiveWeight { get; init; } = 1.0;

    /// <summary>Exponent of the focal loss; 0 switches it off (<c>fl_gamma</c>).</summary>
    public double FocalGamma { get; init; }

    /// <summary>The gains for a data set: the class term by classes / 80, the objectness term by (image size / 640)².</summary>
    /// <param name="classCount">Classes of the data set.</param>
    /// <param name="imageSize">Training size in pixels.</param>
    public LossGains Rescaled(int classCount, int imageSize)
    {
        var side = imageSize / 640.0;
        return this with { Class = Class * classCount / 80.0, Objectness = Objectness * side * side };
    }
}
