using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Cawb.Detection.Model;

/// <summary>Layers computed on tensors; results belong to the open scope.</summary>
internal sealed class TensorOperators : LayerOperators<Tensor>
{
    private readonly Func<ConvolutionBlock, Tensor, Tensor> convolve;
    private readonly FusedConvolutions? fused;

    private TensorOperators(Func<ConvolutionBlock, Tensor, Tensor> convolve, FusedConvolutions? fused = null) => (this.convolve, this.fused) = (convolve, fused);

    /// <summary>Of a network whose normalisations are part of its kernels (<see cref="YoloModel.Fuse"/>): the shift is the convolution's bias.</summary>
    public static TensorOperators Fused(FusedConvolutions convolutions) => new(convolutions.Convolve, convolutions);

    /// <summary>Normalises behind every convolution.</summary>
    public static TensorOperators Normalising(Normalisation normalise) =>
        new((block, input) => Activated(normalise(conv2d(input, block.Weight, strides: block.Strides, padding: block.Paddings), block.Norm)));

    /// <summary>SiLU. Without autograd nobody needs the value before, and its memory takes the result.</summary>
    public static Tensor Activated(Tensor x) => is_grad_enabled() ? x.silu() : x.silu_();

    public override Tensor Convolve(ConvolutionBlock block, Tensor input)
    {
        using var scope = NewDisposeScope();
        try
        {
            return convolve(block, input).MoveToOuterDisposeScope();
        }
        catch (Exception fault) when (EngineException.Annotate(fault, block.Name, input, block.Weight))
        {
            throw;
        }
    }

    // A convolution of 1 x 1 gives the same before and after enlarging, at a quarter of the places.
    public override (Tensor First, Tensor Second) ConvolveEnlarged(ConvolutionBlock first, ConvolutionBlock second, Tensor small, Tensor large)
    {
        return fused is null ? base.ConvolveEnlarged(first, second, small, large) : (Convolved(first), Convolved(second));

        Tensor Convolved(ConvolutionBlock block)
        {
            using var scope = NewDisposeScope();
            var (ofSmall, ofLarge) = fused.KernelsFor(block, small.size(1));
            return Activated(FusedConvolutions.Add(large, ofLarge, block.Norm.Bias, Enlarge(conv2d(small, ofSmall)))).MoveToOuterDisposeScope();
        }
    }

    public override Tensor Pool(Tensor input) => max_pool2d(input, kernel_size: 5, stride: 1, padding: 2);

    public override Tensor Enlarge(Tensor input) => interpolate(input, scale_factor: [2, 2], mode: InterpolationMode.Nearest);

    public override Tensor Join(params ReadOnlySpan<Tensor> parts) => cat(parts.ToArray(), 1);

    public override Tensor Add(Tensor first, Tensor second) => first.Plus(second);

    /// <summary>(B, anchor, y, x, outputs), a view of the convolution's output.</summary>
    public override Tensor Map(string name, Tensor input, Tensor weight, Tensor bias, int outputs)
    {
        var map = conv2d(input, weight, bias);
        return map.view(map.size(0), AnchorSet.PerLevel, outputs, map.size(2), map.size(3)).permute(0, 1, 3, 4, 2);
    }

    public override Tensor Block(Func<Tensor> layers)
    {
        using var scope = NewDisposeScope();
        return layers().MoveToOuterDisposeScope();
    }
}
