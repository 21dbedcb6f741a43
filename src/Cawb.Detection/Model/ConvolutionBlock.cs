using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cawb.Detection.Model;

/// <summary>Convolution without bias, batch normalisation, SiLU.</summary>
internal sealed class ConvolutionBlock
{
    private readonly string name;
    private readonly Tensor weight;
    private readonly NormTensors norm;
    private readonly long[] stride;
    private readonly long[] padding;

    public ConvolutionBlock(TensorSource tensors, string name, int inputs, int outputs, int kernel = 1, int stride = 1, int? padding = null)
    {
        this.name = name;
        weight = tensors($"{name}.conv.weight", ParameterRole.ConvolutionWeight, outputs, inputs, kernel, kernel);
        norm = new NormTensors(
            tensors($"{name}.bn.weight", ParameterRole.NormWeight, outputs),
            tensors($"{name}.bn.bias", ParameterRole.NormBias, outputs),
            tensors($"{name}.bn.running_mean", ParameterRole.RunningMean, outputs),
            tensors($"{name}.bn.running_var", ParameterRole.RunningVariance, outputs));
        this.stride = [stride, stride];
        this.padding = [padding ?? kernel / 2, padding ?? kernel / 2];
    }

    /// <summary>(B, inputs, H, W) to (B, outputs, H / stride, W / stride); belongs to the open scope.</summary>
    public Tensor Forward(Tensor input, Normalisation normalise)
    {
        using var scope = NewDisposeScope();
        try
        {
            var x = conv2d(input, weight, strides: stride, padding: padding);
            x = normalise(x, norm);
            // Without autograd nobody needs the value before the activation, and its memory can take the result.
            return (is_grad_enabled() ? x.silu() : x.silu_()).MoveToOuterDisposeScope();
        }
        catch (Exception fault) when (EngineException.Annotate(fault, name, input, weight))
        {
            throw;
        }
    }
}
