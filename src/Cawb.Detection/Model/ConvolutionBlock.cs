using Cawb.Torch;

namespace Cawb.Detection.Model;

/// <summary>Convolution without bias, batch normalisation, SiLU.</summary>
internal sealed class ConvolutionBlock
{
    private const double NormEpsilon = 1e-3;
    internal const double NormMomentum = 0.03;

    private readonly Tensor weight;
    private readonly Tensor normWeight;
    private readonly Tensor normBias;
    private readonly Tensor runningMean;
    private readonly Tensor runningVariance;
    private readonly int stride;
    private readonly int padding;

    public ConvolutionBlock(TensorRegistry registry, string name, int inputs, int outputs, int kernel = 1, int stride = 1, int? padding = null)
    {
        weight = registry.Add($"{name}.conv.weight", ParameterRole.ConvolutionWeight, [outputs, inputs, kernel, kernel]);
        normWeight = registry.Add($"{name}.bn.weight", ParameterRole.NormWeight, [outputs]);
        normBias = registry.Add($"{name}.bn.bias", ParameterRole.NormBias, [outputs]);
        runningMean = registry.Add($"{name}.bn.running_mean", ParameterRole.RunningMean, [outputs]);
        runningVariance = registry.Add($"{name}.bn.running_var", ParameterRole.RunningVariance, [outputs]);
        (this.stride, this.padding) = (stride, padding ?? kernel / 2);
    }

    /// <summary>(B, inputs, H, W) to (B, outputs, H / stride, W / stride); belongs to the open scope.</summary>
    public Tensor Forward(Tensor input, bool training)
    {
        using var scope = TensorScope.Begin();
        var convolved = Functional.Conv2d(input, weight, null, stride, padding);
        var normed = Functional.BatchNorm(convolved, normWeight, normBias, runningMean, runningVariance, training, NormMomentum, NormEpsilon);
        // Without autograd nobody needs the value before the activation, and its memory can take the result.
        return scope.Keep(Autograd.Enabled ? normed.Silu() : normed.SiluInPlace());
    }
}
