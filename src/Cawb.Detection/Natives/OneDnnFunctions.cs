using System.Runtime.InteropServices;
using TorchSharp;

namespace Cawb.Detection.Natives;

/// <summary>C functions of libtorch by which networks that are compiled ahead of time reach its operators. Tensors are handles; 0 stands for what could not be made.</summary>
/// <remarks>Declarations: libtorch's torch/csrc/inductor/aoti_torch/c/shim.h and shim_cpu.h, torch/csrc/stable/c/shim.h.</remarks>
internal sealed unsafe class OneDnnFunctions
{
    private const string Library = "torch_cpu";
    private const int Success = 0;

    private readonly delegate* unmanaged<nint, nint, nint*, long*, long, long*, long, long*, long, long, byte*, double**, long, byte**, nint*, int> convolve;
    private readonly delegate* unmanaged<nint, nint, nint, nint*, long*, long, long*, long, long*, long, long, byte*, double*, byte**, double**, long, byte**, nint*, int> convolveAndAdd;
    private readonly delegate* unmanaged<nint, nint, int> assign;
    private readonly delegate* unmanaged<nint, int> delete;
    private readonly delegate* unmanaged<nint, nint*, int> copyHandle;
    private readonly delegate* unmanaged<byte*, byte*, ulong*, int> call;
    private readonly delegate* unmanaged<nuint, nint*, int> newList;
    private readonly delegate* unmanaged<nint, ulong, int> push;

    private OneDnnFunctions(nint library)
    {
        convolve = (delegate* unmanaged<nint, nint, nint*, long*, long, long*, long, long*, long, long, byte*, double**, long, byte**, nint*, int>)Export(library, "aoti_torch_cpu_mkldnn__convolution_pointwise");
        convolveAndAdd = (delegate* unmanaged<nint, nint, nint, nint*, long*, long, long*, long, long*, long, long, byte*, double*, byte**, double**, long, byte**, nint*, int>)Export(
            library, "aoti_torch_cpu_mkldnn__convolution_pointwise_binary");
        assign = (delegate* unmanaged<nint, nint, int>)Export(library, "aoti_torch_assign_tensors");
        delete = (delegate* unmanaged<nint, int>)Export(library, "aoti_torch_delete_tensor_object");
        copyHandle = (delegate* unmanaged<nint, nint*, int>)Export(library, "aoti_torch_new_tensor_handle");
        call = (delegate* unmanaged<byte*, byte*, ulong*, int>)Export(library, "aoti_torch_call_dispatcher");
        newList = (delegate* unmanaged<nuint, nint*, int>)Export(library, "torch_new_list_reserve_size");
        push = (delegate* unmanaged<nint, ulong, int>)Export(library, "torch_list_push_back");
    }

    /// <summary>Whether a convolution can add.</summary>
    public bool CanAdd => convolveAndAdd != null;

    /// <summary>Whether kernels can be packed.</summary>
    public bool CanPack => copyHandle != null && call != null && newList != null && push != null;

    /// <summary>The functions of the libtorch that is loaded; null if it has no oneDNN.</summary>
    public static OneDnnFunctions? Find()
    {
        if (!NativeLibrary.TryLoad(Library, typeof(torch).Assembly, null, out var library))
        {
            return null;
        }

        var functions = new OneDnnFunctions(library);
        return functions.convolve != null && functions.assign != null && functions.delete != null ? functions : null;
    }

    /// <summary>A convolution with bias, dilation 1 and one group, and its SiLU, which oneDNN calls swish.</summary>
    public nint Convolve(nint input, nint kernel, nint bias, ReadOnlySpan<long> strides, ReadOnlySpan<long> paddings)
    {
        nint made = 0;
        ReadOnlySpan<long> dilations = [1, 1];
        fixed (long* stride = strides, padding = paddings, dilation = dilations)
        fixed (byte* activation = "swish"u8)
        {
            return convolve(input, kernel, &bias, padding, paddings.Length, stride, strides.Length, dilation, dilations.Length, 1, activation, null, 0, null, &made) == Success ? made : 0;
        }
    }

    /// <summary>A convolution of 1 x 1 with bias, and the sum of its result and <paramref name="addend"/>.</summary>
    public nint ConvolveAndAdd(nint input, nint addend, nint kernel, nint bias)
    {
        nint made = 0;
        ReadOnlySpan<long> ones = [1, 1], zeros = [0, 0];
        fixed (long* one = ones, zero = zeros)
        fixed (byte* sum = "add"u8)
        {
            return convolveAndAdd(input, addend, kernel, &bias, zero, zeros.Length, one, ones.Length, one, ones.Length, 1, sum, null, null, null, 0, null, &made) == Success ? made : 0;
        }
    }

    /// <summary>The operator <c>mkldnn::_reorder_convolution_weight(kernel, padding, stride, dilation, groups, input size)</c>.</summary>
    public nint Pack(nint kernel, ReadOnlySpan<long> inputShape, ReadOnlySpan<long> strides, ReadOnlySpan<long> paddings)
    {
        // The operator takes over what it is given: the handle, the lists, and the place of the optional one.
        nint handle = 0;
        if (copyHandle(kernel, &handle) != Success)
        {
            return 0;
        }

        var size = (ulong*)NativeMemory.Alloc(sizeof(ulong));
        *size = List(inputShape);
        var arguments = stackalloc ulong[] { (ulong)handle, List(paddings), List(strides), List([1, 1]), 1, (ulong)size };
        fixed (byte* name = "mkldnn::_reorder_convolution_weight"u8)
        fixed (byte* overload = "\0"u8)
        {
            return call(name, overload, arguments) == Success ? (nint)arguments[0] : 0;
        }
    }

    /// <summary>Makes the second tensor the first, whose handle ends.</summary>
    public bool Move(nint source, nint target)
    {
        var moved = assign(source, target) == Success;
        delete(source);
        return moved;
    }

    private ulong List(ReadOnlySpan<long> values)
    {
        nint list = 0;
        newList((nuint)values.Length, &list);
        foreach (var value in values)
        {
            push(list, (ulong)value);
        }

        return (ulong)list;
    }

    private static nint Export(nint library, string name) => NativeLibrary.TryGetExport(library, name, out var function) ? function : 0;
}
