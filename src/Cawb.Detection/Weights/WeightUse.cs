namespace Cawb.Detection.Weights;

/// <summary>What weights are read for. A checkpoint of a YOLOv5 training that has not ended holds two networks, and YOLOv5 itself takes the one or the other.</summary>
public enum WeightUse
{
    /// <summary>To detect and validate: the averaged weights (<c>ema</c>) where there are any, else <c>model</c>.</summary>
    Detection,

    /// <summary>To start another training: the weights that the optimizer moved (<c>model</c>).</summary>
    Training,
}
