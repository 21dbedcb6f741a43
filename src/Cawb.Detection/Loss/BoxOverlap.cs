using static TorchSharp.torch;

namespace Cawb.Detection.Loss;

/// <summary>How well boxes overlap, row by row, differentiable.</summary>
public static class BoxOverlap
{
    private const double Epsilon = 1e-7;

    // In cells. Far below any box, far above where the square of a ratio leaves single precision.
    private const double LeastHeight = 1e-9;

    /// <summary>Complete IoU: overlap, less the distance of the centres, less the difference of the aspect ratios.</summary>
    /// <param name="predicted">(N, 4): centre x, centre y, width, height.</param>
    /// <param name="target">(N, 4), the same form.</param>
    /// <returns>(N, 1), at most 1; belongs to the open scope.</returns>
    /// <remarks>
    /// <c>ciou = iou - rho2 / c2 - a v</c> with <c>v = (4 / pi2)(atan(w2 / h2) - atan(w1 / h1))2</c> and <c>a = v / (v - iou + 1 + e)</c>, constant in back-propagation;
    /// e = 1e-7 in union, diagonal and a. Source: arXiv:1911.08287; ε as in YOLOv5 7.0.
    /// Differs from it where a height is below 1e-9: YOLOv5's value or gradient is undefined there, and one such prediction ends a training in float32; ours counts
    /// the height as 1e-9 in v, and is finite.
    /// </remarks>
    public static Tensor CompleteIou(Tensor predicted, Tensor target)
    {
        using var scope = NewDisposeScope();
        var (first, second) = (predicted.chunk(4, 1), target.chunk(4, 1));
        var (overlapX, hullX) = Extents(first[0], first[2], second[0], second[2]);
        var (overlapY, hullY) = Extents(first[1], first[3], second[1], second[3]);

        var intersection = overlapX.AtLeast(0) * overlapY.AtLeast(0);
        var union = ((first[2] * first[3]).Plus(second[2] * second[3]) - intersection).Plus(Epsilon);
        var iou = intersection / union;

        var diagonal = hullX.Squared().Plus(hullY.Squared()).Plus(Epsilon);
        var distance = (second[0] - first[0]).Squared().Plus((second[1] - first[1]).Squared());
        var aspect = (AspectAngle(second) - AspectAngle(first)).Squared().Times(4 / (Math.PI * Math.PI));
        Tensor weight;
        using (no_grad())
        {
            weight = aspect / (aspect - iou).Plus(1 + Epsilon);
        }

        return (iou - (distance / diagonal).Plus(aspect * weight)).MoveToOuterDisposeScope();
    }

    private static Tensor AspectAngle(Tensor[] box) => (box[2] / box[3].AtLeast(LeastHeight)).atan();

    private static (Tensor Overlap, Tensor Hull) Extents(Tensor center1, Tensor size1, Tensor center2, Tensor size2)
    {
        var (half1, half2) = (size1.Times(0.5), size2.Times(0.5));
        var (low1, high1, low2, high2) = (center1 - half1, center1.Plus(half1), center2 - half2, center2.Plus(half2));
        return (high1.minimum(high2) - low1.maximum(low2), high1.maximum(high2) - low1.minimum(low2));
    }
}
