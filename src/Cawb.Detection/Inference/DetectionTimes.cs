namespace Cawb.Detection.Inference;

/// <summary>How long one image took, its file apart.</summary>
/// <param name="Preparing">Resizing, padding, and the tensor of the pixels.</param>
/// <param name="Inference">The network and the decoding of its maps.</param>
/// <param name="Suppression">Non-maximum suppression, and the way back to the image's own pixels.</param>
public readonly record struct DetectionTimes(TimeSpan Preparing, TimeSpan Inference, TimeSpan Suppression)
{
    /// <summary>The times of both together.</summary>
    public static DetectionTimes operator +(DetectionTimes first, DetectionTimes second) =>
        new(first.Preparing + second.Preparing, first.Inference + second.Inference, first.Suppression + second.Suppression);
}
