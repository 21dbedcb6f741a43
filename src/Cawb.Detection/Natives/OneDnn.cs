using System.Diagnostics.CodeAnalysis;
using TorchSharp;
using static TorchSharp.torch;

namespace Cawb.Detection.Natives;

/// <summary>
/// oneDNN's convolution that adds the bias and takes SiLU while the result is still at hand, which spares a way through memory. TorchSharp does not bind it; libtorch offers it as a C function to
/// networks that are compiled ahead of time.
/// </summary>
/// <remarks>Where libtorch has no oneDNN, or oneDNN refuses, nothing is computed and the ordinary operators do it.</remarks>
internal static unsafe class OneDnn
{
    private static readonly OneDnnFunctions? Functions = OneDnnFunctions.Find();

    /// <summary>SiLU of a convolution with bias; belongs to the open scope.</summary>
    /// <param name="input">(B, inputs, H, W).</param>
    /// <param name="kernel">(outputs, inputs, height, width), as it is or packed.</param>
    /// <param name="bias">(outputs).</param>
    /// <param name="strides">Down and to the right.</param>
    /// <param name="paddings">Above and below, left and right.</param>
    /// <param name="result">(B, outputs, H', W').</param>
    /// <returns>Whether it was computed: only on the processor, in single precision, without autograd, and for shapes that fit.</returns>
    public static bool TryConvolve(Tensor input, Tensor kernel, Tensor bias, ReadOnlySpan<long> strides, ReadOnlySpan<long> paddings, [NotNullWhen(true)] out Tensor? result)
    {
        result = null;
        if (Functions is not { } functions || !Suits(input, kernel))
        {
            return false;
        }

        var made = functions.Convolve(input.Handle, kernel.Handle, bias.Handle, strides, paddings);
        GC.KeepAlive(input);
        GC.KeepAlive(kernel);
        GC.KeepAlive(bias);
        return TryTake(functions, made, out result);
    }

    /// <summary>A convolution of 1 x 1 with bias, and the sum of its result and another tensor; belongs to the open scope.</summary>
    /// <param name="input">(B, inputs, H, W).</param>
    /// <param name="kernel">(outputs, inputs, 1, 1).</param>
    /// <param name="bias">(outputs).</param>
    /// <param name="addend">(B, outputs, H, W).</param>
    /// <param name="result">The same shape.</param>
    /// <returns>Whether it was computed, as of <see cref="TryConvolve"/>.</returns>
    public static bool TryConvolveAndAdd(Tensor input, Tensor kernel, Tensor bias, Tensor addend, [NotNullWhen(true)] out Tensor? result)
    {
        result = null;
        if (Functions is not { CanAdd: true } functions || !Suits(input, kernel))
        {
            return false;
        }

        var made = functions.ConvolveAndAdd(input.Handle, addend.Handle, kernel.Handle, bias.Handle);
        GC.KeepAlive(input);
        GC.KeepAlive(addend);
        GC.KeepAlive(kernel);
        GC.KeepAlive(bias);
        return TryTake(functions, made, out result);
    }

    /// <summary>A kernel in the order that oneDNN computes with for images of some size, which it otherwise brings about in every convolution; belongs to the open scope.</summary>
    /// <param name="input">Such as will come; its elements do not matter.</param>
    /// <param name="kernel">(outputs, inputs, height, width).</param>
    /// <param name="strides">Down and to the right.</param>
    /// <param name="paddings">Above and below, left and right.</param>
    /// <param name="packed">The same shape; good for <see cref="TryConvolve"/> alone, with any input.</param>
    /// <returns>Whether it was made.</returns>
    public static bool TryPack(Tensor input, Tensor kernel, ReadOnlySpan<long> strides, ReadOnlySpan<long> paddings, [NotNullWhen(true)] out Tensor? packed)
    {
        packed = null;
        if (Functions is not { CanPack: true } functions || !Suits(input, kernel))
        {
            return false;
        }

        var made = functions.Pack(kernel.Handle, input.shape, strides, paddings);
        GC.KeepAlive(kernel);
        return TryTake(functions, made, out packed);
    }

    private static bool Suits(Tensor input, Tensor kernel) =>
        input.device_type == DeviceType.CPU && input.dtype == ScalarType.Float32 && kernel.dtype == ScalarType.Float32 && !is_grad_enabled()
        && input.dim() == 4 && input.size(0) > 0 && input.size(1) == kernel.size(1);

    // Handles are pointers to at::Tensor on both sides. What comes back is moved into a tensor of TorchSharp's.
    private static bool TryTake(OneDnnFunctions functions, nint made, [NotNullWhen(true)] out Tensor? taken)
    {
        taken = null;
        if (made == 0)
        {
            return false;
        }

        var target = empty(0);
        if (functions.Move(made, target.Handle))
        {
            taken = target;
            return true;
        }

        target.Dispose();
        return false;
    }
}
