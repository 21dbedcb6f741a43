using Cawb.Detection;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cawb.Training.Loop;

/// <summary>What Adam and AdamW have in common. The numbers are PyTorch's; scalars are held until libtorch is done with them (see <see cref="Arithmetic"/>).</summary>
internal static class AdamStep
{
    /// <summary>
    /// <c>m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g²; p -= rate / (1 - beta1^n) m / (sqrt(v) / sqrt(1 - beta2^n) + epsilon)</c>, in PyTorch's order.
    /// </summary>
    /// <param name="parameter">p; changed in place.</param>
    /// <param name="gradient">g.</param>
    /// <param name="mean">m; changed in place.</param>
    /// <param name="square">v; changed in place.</param>
    /// <param name="number">n, 1 for the first step.</param>
    /// <param name="rate">0 or more.</param>
    /// <param name="betas">0 to 1, 1 excluded.</param>
    /// <param name="epsilon">Above 0.</param>
    public static void Apply(Parameter parameter, Tensor gradient, Tensor mean, Tensor square, long number, double rate, (double First, double Second) betas, double epsilon)
    {
        mean.Scale_(betas.First).Add_(gradient, 1 - betas.First);
        using (var share = (1 - betas.Second).ToScalar())
        {
            square.Scale_(betas.Second).addcmul_(gradient, gradient, share);
        }

        using var root = square.sqrt();
        using var denominator = root.Divide_(Math.Sqrt(1 - Math.Pow(betas.Second, number))).Plus(epsilon);
        using var step = (-rate / (1 - Math.Pow(betas.First, number))).ToScalar();
        parameter.addcdiv_(mean, denominator, step);
    }
}
