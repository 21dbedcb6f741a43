namespace Cawb.Training.Options;

/// <summary>Where a training's warm-up comes from.</summary>
public enum WarmupSource
{
    /// <summary>From the schedule alone: what it says is what every group trains with.</summary>
    Schedule,

    /// <summary>
    /// YOLOv5's, from the hyper-parameters: over its batches the rate of biases runs from <see cref="HyperParameters.WarmupBiasLearningRate"/>, the other rates from 0 to
    /// what the schedule says, momentum from <see cref="HyperParameters.WarmupMomentum"/>, and batches per optimizer step from 1.
    /// </summary>
    Yolov5,
}
