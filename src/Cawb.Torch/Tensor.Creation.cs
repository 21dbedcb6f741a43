using Cawb.Torch.Interop;

namespace Cawb.Torch;

public sealed partial class Tensor
{
    private static readonly Operator EmptyOperator = new("aten::empty", "memory_format");
    private static readonly Operator ZerosOperator = new("aten::zeros");
    private static readonly Operator OnesOperator = new("aten::ones");
    private static readonly Operator FullOperator = new("aten::full");
    private static readonly Operator ArangeOperator = new("aten::arange");

    /// <summary>A tensor of zeros in main memory.</summary>
    /// <param name="shape">The length of every dimension; empty for a single number.</param>
    /// <param name="type">The kind of the elements.</param>
    /// <returns>A new tensor.</returns>
    public static unsafe Tensor Zeros(ReadOnlySpan<long> shape, ElementType type = ElementType.Float32)
    {
        fixed (long* lengths = shape)
        {
            return ZerosOperator.Invoke(Argument.List(lengths, shape.Length), type);
        }
    }

    /// <summary>A tensor of ones in main memory.</summary>
    /// <param name="shape">The length of every dimension; empty for a single number.</param>
    /// <param name="type">The kind of the elements.</param>
    /// <returns>A new tensor.</returns>
    public static unsafe Tensor Ones(ReadOnlySpan<long> shape, ElementType type = ElementType.Float32)
    {
        fixed (long* lengths = shape)
        {
            return OnesOperator.Invoke(Argument.List(lengths, shape.Length), type);
        }
    }

    /// <summary>A tensor in main memory whose elements all have one value.</summary>
    /// <param name="shape">The length of every dimension; empty for a single number.</param>
    /// <param name="value">The value, rounded to the type.</param>
    /// <param name="type">The kind of the elements.</param>
    /// <returns>A new tensor.</returns>
    public static unsafe Tensor Full(ReadOnlySpan<long> shape, Scalar value, ElementType type = ElementType.Float32)
    {
        fixed (long* lengths = shape)
        {
            return FullOperator.Invoke(Argument.List(lengths, shape.Length), value, type);
        }
    }

    /// <summary>A tensor in main memory whose elements are whatever the memory holds; to be overwritten.</summary>
    /// <param name="shape">The length of every dimension; empty for a single number.</param>
    /// <param name="type">The kind of the elements.</param>
    /// <returns>A new tensor.</returns>
    public static unsafe Tensor Empty(ReadOnlySpan<long> shape, ElementType type = ElementType.Float32)
    {
        fixed (long* lengths = shape)
        {
            return EmptyOperator.Invoke(Argument.List(lengths, shape.Length), type);
        }
    }

    /// <summary>The numbers 0, 1, 2, ... below an end.</summary>
    /// <param name="end">The number of elements, 0 or more.</param>
    /// <param name="type">The kind of the elements.</param>
    /// <returns>A new tensor of one dimension.</returns>
    public static Tensor Arange(long end, ElementType type = ElementType.Int64) => ArangeOperator.Invoke(end, type);

    /// <summary>A copy of managed memory.</summary>
    /// <typeparam name="T">float, double, long, int, short, sbyte, byte, bool or <see cref="Half"/>; decides the element type.</typeparam>
    /// <param name="data">The elements in row-major order.</param>
    /// <param name="shape">The length of every dimension; their product is the length of <paramref name="data"/>.</param>
    /// <returns>A new tensor in main memory.</returns>
    /// <exception cref="ArgumentException">The shape asks for another number of elements.</exception>
    public static Tensor FromSpan<T>(ReadOnlySpan<T> data, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        var type = ElementTypes.Of<T>();
        var wanted = ShapeArithmetic.ElementCount(shape);
        if (wanted != data.Length)
        {
            throw new ArgumentException($"The shape [{string.Join(", ", shape.ToArray())}] has {wanted} elements; the data has {data.Length}.", nameof(shape));
        }

        var tensor = Empty(shape, type);
        data.CopyTo(tensor.DataSpan<T>());
        return tensor;
    }

    /// <summary>A copy of managed memory with one dimension.</summary>
    /// <typeparam name="T">As for <see cref="FromSpan{T}(ReadOnlySpan{T}, ReadOnlySpan{long})"/>.</typeparam>
    /// <param name="data">The elements.</param>
    /// <returns>A new tensor in main memory.</returns>
    public static Tensor FromSpan<T>(ReadOnlySpan<T> data)
        where T : unmanaged => FromSpan(data, [data.Length]);

    /// <summary>A tensor without dimensions that holds one number.</summary>
    /// <param name="value">The number, rounded to the type.</param>
    /// <param name="type">The kind of the element.</param>
    /// <returns>A new tensor in main memory.</returns>
    public static Tensor FromScalar(Scalar value, ElementType type = ElementType.Float32) => Full([], value, type);

    /// <summary>The elements in row-major order, copied from wherever they lie.</summary>
    /// <typeparam name="T">The C# type of <see cref="Type"/>; nothing is converted.</typeparam>
    /// <returns>A new array.</returns>
    /// <exception cref="InvalidOperationException">The elements have another type; convert with <see cref="To(ElementType)"/> first.</exception>
    public T[] ToArray<T>()
        where T : unmanaged
    {
        var elements = new T[ElementCount];
        CopyTo<T>(elements);
        return elements;
    }

    /// <summary>Copies the elements in row-major order into managed memory.</summary>
    /// <typeparam name="T">The C# type of <see cref="Type"/>; nothing is converted.</typeparam>
    /// <param name="destination">At least <see cref="ElementCount"/> long.</param>
    /// <exception cref="InvalidOperationException">The elements have another type; convert with <see cref="To(ElementType)"/> first.</exception>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public void CopyTo<T>(Span<T> destination)
        where T : unmanaged
    {
        var meta = Checked<T>();
        if (destination.Length < meta.Elements)
        {
            throw new ArgumentException($"The tensor {this} has {meta.Elements} elements; the destination has room for {destination.Length}.", nameof(destination));
        }

        if (meta.DeviceType == (int)DeviceKind.Cpu && meta.IsContiguous != 0)
        {
            DataSpan<T>().CopyTo(destination);
            return;
        }

        using var scope = TensorScope.Begin();
        Detach().To(Device.Cpu).Contiguous().DataSpan<T>().CopyTo(destination);
    }

    /// <summary>The elements themselves: what is written here is in the tensor, unseen by autograd.</summary>
    /// <typeparam name="T">The C# type of <see cref="Type"/>.</typeparam>
    /// <returns>
    /// Native memory, valid until the last tensor that shares it is disposed. Nothing guards against later use, so do not store it and do not
    /// let the tensor's scope close before the last access.
    /// </returns>
    /// <exception cref="InvalidOperationException">The elements have another type, do not lie in main memory, or are not contiguous.</exception>
    public unsafe Span<T> DataSpan<T>()
        where T : unmanaged
    {
        var meta = Checked<T>();
        if (meta.DeviceType != (int)DeviceKind.Cpu || meta.IsContiguous == 0)
        {
            throw new InvalidOperationException($"The tensor {this} is not contiguous in main memory; use To(Device.Cpu) and Contiguous() first.");
        }

        return new Span<T>(meta.Data, checked((int)meta.Elements));
    }

    /// <summary>The bytes of <see cref="DataSpan{T}"/>, whatever the type.</summary>
    internal unsafe Span<byte> DataBytes()
    {
        var meta = TensorMeta.Of(Handle);
        if (meta.DeviceType != (int)DeviceKind.Cpu || meta.IsContiguous == 0)
        {
            throw new InvalidOperationException($"The tensor {this} is not contiguous in main memory; use To(Device.Cpu) and Contiguous() first.");
        }

        return new Span<byte>(meta.Data, checked((int)(meta.Elements * ((ElementType)meta.ElementType).SizeInBytes())));
    }

    private TensorMeta Checked<T>()
        where T : unmanaged
    {
        var wanted = ElementTypes.Of<T>();
        var meta = TensorMeta.Of(Handle);
        return meta.ElementType == (int)wanted
            ? meta
            : throw new InvalidOperationException($"The tensor {this} does not hold {TensorText.Name(wanted)}; use To(ElementType.{wanted}) first.");
    }
}
