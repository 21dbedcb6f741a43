using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cawb.Detection.Model;

/// <summary>A batch normalisation: brings every channel to mean 0 and variance 1, then scales and shifts it.</summary>
/// <param name="input">(B, C, H, W).</param>
/// <param name="tensors">Of the C channels.</param>
/// <returns>The same shape; belongs to the open scope.</returns>
internal delegate Tensor Normalisation(Tensor input, NormTensors tensors);

/// <summary>The tensors of a batch normalisation, one number for each channel.</summary>
/// <param name="Weight">Scale.</param>
/// <param name="Bias">Shift.</param>
/// <param name="RunningMean">Of the batches so far.</param>
/// <param name="RunningVariance">Of the batches so far, as an estimate for all images.</param>
internal readonly record struct NormTensors(Tensor Weight, Tensor Bias, Tensor RunningMean, Tensor RunningVariance);

/// <summary>Where a batch normalisation takes mean and variance from.</summary>
internal static class Normalisations
{
    public const double Epsilon = 1e-3;

    private const string KernelEnding = ".conv.weight";

    /// <summary>From the running statistics: for evaluation.</summary>
    public static Tensor OfRunningStatistics(Tensor input, NormTensors tensors) => Normalised(input, tensors, training: false);

    /// <summary>From the batch, which the running statistics follow: for training. A batch without images has none, and goes on as it is.</summary>
    public static Tensor OfBatch(Tensor input, NormTensors tensors) => input.size(0) == 0 ? input : Normalised(input, tensors, training: true);

    /// <summary>From the parts of a batch that all ranks have, which the running statistics follow.</summary>
    public static Normalisation OfAllRanks(SumOverRanks sum) => (input, tensors) => SharedNorm.Of(input, tensors, sum);

    /// <summary>Multiplies every kernel by its normalisation's factor and makes the shift a bias; the normalisations then change nothing.</summary>
    /// <param name="tensors">Of a whole network; changed in place.</param>
    public static void Fold(IEnumerable<NamedTensor> tensors)
    {
        using var noGrad = no_grad();
        var named = tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Value, StringComparer.Ordinal);
        foreach (var (name, kernel) in named.Where(tensor => tensor.Key.EndsWith(KernelEnding, StringComparison.Ordinal)))
        {
            using var scope = NewDisposeScope();
            var norm = $"{name[..^KernelEnding.Length]}.bn.";
            var (scale, shift, mean, variance) = (named[norm + "weight"], named[norm + "bias"], named[norm + "running_mean"], named[norm + "running_var"]);
            var factor = scale.to(ScalarType.Float64) / variance.to(ScalarType.Float64).Plus(Epsilon).sqrt();
            kernel.copy_(kernel.to(ScalarType.Float64) * factor.view(-1, 1, 1, 1));
            shift.copy_(shift.to(ScalarType.Float64) - (mean.to(ScalarType.Float64) * factor));
            scale.Fill_(1);
            mean.Fill_(0);
            variance.Fill_(1 - Epsilon);
        }
    }

    private static Tensor Normalised(Tensor input, NormTensors tensors, bool training) =>
        batch_norm(input, tensors.RunningMean, tensors.RunningVariance, tensors.Weight, tensors.Bias, training, YoloModel.NormMomentum, Epsilon);
}
