using Cawb.Torch.Interop;

namespace Cawb.Torch;

/// <summary>The operations of neural networks that have parameters, as functions without state.</summary>
public static unsafe class Functional
{
    private static readonly Operator Conv2dOperator = new("aten::conv2d");
    private static readonly Operator BatchNormOperator = new("aten::batch_norm");
    private static readonly Operator MaxPool2dOperator = new("aten::max_pool2d");
    private static readonly Operator UpsampleNearest2dOperator = new("aten::upsample_nearest2d", "vec");
    private static readonly Operator UpsampleBilinear2dOperator = new("aten::upsample_bilinear2d", "vec");
    private static readonly Operator BinaryCrossEntropyOperator = new("aten::binary_cross_entropy_with_logits");
    private static readonly Operator LinearOperator = new("aten::linear");

    /// <summary>Convolution over height and width.</summary>
    /// <param name="input">(batch, channels in, height, width).</param>
    /// <param name="weight">(channels out, channels in / groups, kernel height, kernel width).</param>
    /// <param name="bias">(channels out), or null for none.</param>
    /// <param name="stride">Step of the kernel in pixels, both ways.</param>
    /// <param name="padding">Zeros on each side in pixels.</param>
    /// <param name="dilation">Distance between the kernel's elements in pixels.</param>
    /// <param name="groups">How many parts the channels fall into, each convolved on its own.</param>
    /// <returns>(batch, channels out, floor((height + 2 padding - dilation (kernel - 1) - 1) / stride) + 1, width likewise), a new tensor.</returns>
    public static Tensor Conv2d(Tensor input, Tensor weight, Tensor? bias = null, long stride = 1, long padding = 0, long dilation = 1, long groups = 1)
    {
        var lists = stackalloc long[6] { stride, stride, padding, padding, dilation, dilation };
        return Conv2dOperator.Invoke(
            input, weight, bias, Argument.List(lists, 2), Argument.List(lists + 2, 2), Argument.List(lists + 4, 2), groups);
    }

    /// <summary>
    /// Batch normalisation: <c>(x - mean) / sqrt(variance + epsilon) * weight + bias</c> for each channel, with the batch's own mean and (biased)
    /// variance in training and the running ones otherwise.
    /// </summary>
    /// <param name="input">(batch, channels, ...).</param>
    /// <param name="weight">(channels), or null for 1.</param>
    /// <param name="bias">(channels), or null for 0.</param>
    /// <param name="runningMean">(channels); in training it is written to.</param>
    /// <param name="runningVariance">(channels); in training it is written to, with the unbiased variance.</param>
    /// <param name="training">Whether the batch's own statistics are used.</param>
    /// <param name="momentum">The weight of the batch in the running statistics: <c>new = (1 - momentum) old + momentum batch</c>.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <returns>A new tensor of the input's shape and layout.</returns>
    public static Tensor BatchNorm(
        Tensor input, Tensor? weight, Tensor? bias, Tensor? runningMean, Tensor? runningVariance, bool training, double momentum, double epsilon) =>
        BatchNormOperator.Invoke(input, weight, bias, runningMean, runningVariance, training, momentum, epsilon, true);

    /// <summary>The largest element under a window that moves over height and width.</summary>
    /// <param name="input">(batch, channels, height, width).</param>
    /// <param name="kernel">Side of the window in pixels.</param>
    /// <param name="stride">Step of the window in pixels.</param>
    /// <param name="padding">Pixels on each side that count as minus infinity; at most half the kernel.</param>
    /// <returns>A new tensor.</returns>
    public static Tensor MaxPool2d(Tensor input, long kernel, long stride, long padding = 0)
    {
        var lists = stackalloc long[6] { kernel, kernel, stride, stride, padding, padding };
        return MaxPool2dOperator.Invoke(input, Argument.List(lists, 2), Argument.List(lists + 2, 2), Argument.List(lists + 4, 2));
    }

    /// <summary>Enlarges height and width by taking the nearest pixel.</summary>
    /// <param name="input">(batch, channels, height, width).</param>
    /// <param name="scale">The factor for both.</param>
    /// <returns>A new tensor.</returns>
    public static Tensor UpsampleNearest2d(Tensor input, double scale)
    {
        var factors = stackalloc double[2] { scale, scale };
        return UpsampleNearest2dOperator.Invoke(input, Argument.None, Argument.List(factors, 2));
    }

    /// <summary>Resizes height and width; each pixel blends the four nearest, whose places are counted from the middles of the pixels (<c>align_corners</c> off).</summary>
    /// <param name="input">(batch, channels, height, width).</param>
    /// <param name="height">Pixels, 1 or more.</param>
    /// <param name="width">Pixels, 1 or more.</param>
    /// <returns>(batch, channels, height, width), a new tensor in the input's memory layout.</returns>
    public static Tensor ResizeBilinear2d(Tensor input, long height, long width)
    {
        var size = stackalloc long[2] { height, width };
        return UpsampleBilinear2dOperator.Invoke(input, Argument.List(size, 2), false, Argument.None);
    }

    /// <summary>
    /// Binary cross-entropy of probabilities given as logits, computed without overflow:
    /// <c>-w (p y ln s(x) + (1 - y) ln(1 - s(x)))</c> with <c>s(x) = 1 / (1 + e^-x)</c>.
    /// </summary>
    /// <param name="input">The logits x.</param>
    /// <param name="target">The probabilities y, 0 to 1; the input's shape and type.</param>
    /// <param name="weight">A weight w that broadcasts to the input's shape; null for 1.</param>
    /// <param name="positiveWeight">A weight p of the positive part that broadcasts to the input's shape; null for 1.</param>
    /// <param name="reduction">What becomes of the elements.</param>
    /// <returns>A new tensor: of the input's shape for <see cref="Reduction.None"/>, else without dimensions.</returns>
    public static Tensor BinaryCrossEntropyWithLogits(
        Tensor input, Tensor target, Tensor? weight = null, Tensor? positiveWeight = null, Reduction reduction = Reduction.Mean) =>
        BinaryCrossEntropyOperator.Invoke(input, target, weight, positiveWeight, (long)reduction);

    /// <summary><c>input weight^T + bias</c>.</summary>
    /// <param name="input">(..., features in).</param>
    /// <param name="weight">(features out, features in).</param>
    /// <param name="bias">(features out), or null for none.</param>
    /// <returns>(..., features out), a new tensor.</returns>
    public static Tensor Linear(Tensor input, Tensor weight, Tensor? bias = null) => LinearOperator.Invoke(input, weight, bias);
}
