using static TorchSharp.torch;

namespace Cawb.Detection.Weights.Pickled;

/// <summary>A tensor as a file describes it; its elements were not read. It lies inside its storage and has no element twice.</summary>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, IReadOnlyList<long> Shape, IReadOnlyList<long> Strides)
{
    private const int MaxDimensions = 16;

    private static readonly PickledGlobal Maker = new("torch._utils", "_rebuild_tensor_v2");

    public ScalarType Type => Storage.Type;

    /// <summary>From the arguments of PyTorch's function for it.</summary>
    /// <param name="arguments">(storage, offset, shape, strides, ...).</param>
    /// <param name="path">For messages.</param>
    /// <returns>An inert object where the storage is one.</returns>
    /// <exception cref="WeightFileException">The arguments are no such, or the tensor leaves its storage or has elements twice.</exception>
    public static object Read(PickledList arguments, string path)
    {
        if (arguments.Items is [PickledObject, ..])
        {
            return new PickledObject(Maker, arguments);
        }

        if (arguments.Items is not [PickledStorage storage, long offset, PickledList sizes, PickledList steps, ..]
            || sizes.ToNumbers(MaxDimensions) is not { } shape || steps.ToNumbers(MaxDimensions) is not { } strides || strides.Length != shape.Length)
        {
            throw new WeightFileException(path, "describes a tensor without storage, offset, shape and strides. The file is damaged or hostile; get it anew.");
        }

        return Fault(storage.Count, offset, shape, strides) is { } fault
            ? throw new WeightFileException(
                path, $"has a tensor of shape [{string.Join(", ", shape)}] with strides [{string.Join(", ", strides)}] at element {offset} of {storage.Count}, {fault}. The file is damaged or hostile; get it anew.")
            : new PickledTensor(storage, offset, shape, strides);
    }

    private static string? Fault(long available, long offset, long[] shape, long[] strides)
    {
        if (offset < 0 || shape.Any(length => length < 0) || strides.Any(stride => stride < 0))
        {
            return "where no number can be below 0";
        }

        if (shape.Contains(0))
        {
            return offset <= available ? null : "which lies outside of it";
        }

        // From the narrowest stride to the widest: each step must reach beyond all elements that the narrower ones reach.
        var reach = 0L;
        foreach (var (stride, length) in strides.Zip(shape).Where(dimension => dimension.Second > 1).OrderBy(dimension => dimension.First))
        {
            if (stride <= reach)
            {
                return "which has elements twice";
            }

            if (stride > available || length > available || (Int128)stride * (length - 1) + reach >= available)
            {
                return "which lies outside of it";
            }

            reach += stride * (length - 1);
        }

        return offset < available - reach ? null : "which lies outside of it";
    }
}
