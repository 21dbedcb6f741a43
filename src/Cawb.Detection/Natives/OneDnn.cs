using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
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
    private const string Library = "torch_cpu";

    // AOTITorchError of libtorch's aoti_torch/c/shim.h; declarations: shim_cpu.h beside it.
    private const int Success = 0;

    private static readonly Functions? Found = Find();

    /// <summary>SiLU of a convolution with bias; belongs to the open scope.</summary>
    /// <param name="input">(B, inputs, H, W).</param>
    /// <param name="kernel">(outputs, inputs, height, width).</param>
    /// <param name="bias">(outputs).</param>
    /// <param name="strides">Down and to the right.</param>
    /// <param name="paddings">Above and below, left and right.</param>
    /// <param name="result">(B, outputs, H', W').</param>
    /// <returns>Whether it was computed: only on the processor, in single precision, without autograd, and for shapes that fit.</returns>
    public static bool TryConvolve(Tensor input, Tensor kernel, Tensor bias, ReadOnlySpan<long> strides, ReadOnlySpan<long> paddings, [NotNullWhen(true)] out Tensor? result)
    {
        result = null;
        if (Found is not { } functions || !Suits(input, kernel))
        {
            return false;
        }

        // Handles are pointers to at::Tensor on both sides. What comes back is moved into a tensor of TorchSharp's.
        nint biasHandle = bias.Handle, made = 0;
        ReadOnlySpan<long> dilations = [1, 1];
        fixed (long* stride = strides, padding = paddings, dilation = dilations)
        fixed (byte* activation = "swish"u8)
        {
            var code = functions.Convolve(
                input.Handle, kernel.Handle, &biasHandle, padding, paddings.Length, stride, strides.Length, dilation, dilations.Length, 1, activation, null, 0, null, &made);
            GC.KeepAlive(input);
            GC.KeepAlive(kernel);
            GC.KeepAlive(bias);
            if (code != Success)
            {
                return false;
            }
        }

        result = empty(0);
        var moved = functions.Assign(made, result.Handle) == Success;
        functions.Delete(made);
        return moved;
    }

    private static bool Suits(Tensor input, Tensor kernel) =>
        input.device_type == DeviceType.CPU && input.dtype == ScalarType.Float32 && kernel.dtype == ScalarType.Float32 && !is_grad_enabled()
        && input.dim() == 4 && input.size(0) > 0 && input.size(1) == kernel.size(1);

    private static Functions? Find()
    {
        if (!NativeLibrary.TryLoad(Library, typeof(torch).Assembly, null, out var library)
            || !NativeLibrary.TryGetExport(library, "aoti_torch_cpu_mkldnn__convolution_pointwise", out var convolve)
            || !NativeLibrary.TryGetExport(library, "aoti_torch_assign_tensors", out var assign)
            || !NativeLibrary.TryGetExport(library, "aoti_torch_delete_tensor_object", out var delete))
        {
            return null;
        }

        return new Functions(
            (delegate* unmanaged<nint, nint, nint*, long*, long, long*, long, long*, long, long, byte*, double**, long, byte**, nint*, int>)convolve,
            (delegate* unmanaged<nint, nint, int>)assign, (delegate* unmanaged<nint, int>)delete);
    }

    /// <summary>Functions of libtorch.</summary>
    /// <param name="convolve">Input, kernel, bias, padding, stride, dilation (each with its length), groups, activation, its numbers, its algorithm, and where the result's handle goes.</param>
    /// <param name="assign">Makes the second tensor the first.</param>
    /// <param name="delete">Frees a handle.</param>
    private sealed class Functions(
        delegate* unmanaged<nint, nint, nint*, long*, long, long*, long, long*, long, long, byte*, double**, long, byte**, nint*, int> convolve,
        delegate* unmanaged<nint, nint, int> assign,
        delegate* unmanaged<nint, int> delete)
    {
        public int Convolve(
            nint input, nint kernel, nint* bias, long* padding, long paddings, long* stride, long strides, long* dilation, long dilations, long groups, byte* activation, double** numbers,
            long count, byte** algorithm, nint* result) =>
            convolve(input, kernel, bias, padding, paddings, stride, strides, dilation, dilations, groups, activation, numbers, count, algorithm, result);

        public int Assign(nint source, nint target) => assign(source, target);

        public int Delete(nint handle) => delete(handle);
    }
}
