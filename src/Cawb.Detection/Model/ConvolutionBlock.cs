using static TorchSharp.torch;

namespace Cawb.Detection.Model;

/// <summary>Convolution without bias, batch normalisation, SiLU.</summary>
internal sealed class ConvolutionBlock : ILayer
{
    public ConvolutionBlock(TensorSource tensors, string name, int inputs, int outputs, int kernel = 1, int stride = 1, int? padding = null)
    {
        Name = name;
        Weight = tensors($"{name}.conv.weight", ParameterRole.ConvolutionWeight, outputs, inputs, kernel, kernel);
        Norm = new NormTensors(
            tensors($"{name}.bn.weight", ParameterRole.NormWeight, outputs),
            tensors($"{name}.bn.bias", ParameterRole.NormBias, outputs),
            tensors($"{name}.bn.running_mean", ParameterRole.RunningMean, outputs),
            tensors($"{name}.bn.running_var", ParameterRole.RunningVariance, outputs));
        Strides = [stride, stride];
        Paddings = [padding ?? kernel / 2, padding ?? kernel / 2];
    }

    public string Name { get; }

    public Tensor Weight { get; }

    public NormTensors Norm { get; }

    public long[] Strides { get; }

    public long[] Paddings { get; }

    public T Forward<T>(LayerOperators<T> operators, T input) => operators.Convolve(this, input);
}
