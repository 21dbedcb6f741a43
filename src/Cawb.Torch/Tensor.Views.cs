using Cawb.Torch.Interop;

namespace Cawb.Torch;

// Operations on the shape. "A view" shares memory with its tensor: writing into one shows in the other.
public sealed partial class Tensor
{
    private static readonly Operator ReshapeOperator = new("aten::reshape");
    private static readonly Operator ViewOperator = new("aten::view");
    private static readonly Operator FlattenOperator = new("aten::flatten", "using_ints");
    private static readonly Operator PermuteOperator = new("aten::permute");
    private static readonly Operator TransposeOperator = new("aten::transpose", "int");
    private static readonly Operator SqueezeOperator = new("aten::squeeze");
    private static readonly Operator SqueezeAlongOperator = new("aten::squeeze", "dim");
    private static readonly Operator UnsqueezeOperator = new("aten::unsqueeze");
    private static readonly Operator ExpandOperator = new("aten::expand");
    private static readonly Operator RepeatOperator = new("aten::repeat");
    private static readonly Operator FlipOperator = new("aten::flip");
    private static readonly Operator CatOperator = new("aten::cat");
    private static readonly Operator StackOperator = new("aten::stack");
    private static readonly Operator SplitOperator = new("aten::split", "Tensor");
    private static readonly Operator SplitSizesOperator = new("aten::split_with_sizes");
    private static readonly Operator ChunkOperator = new("aten::chunk");
    private static readonly Operator UnbindOperator = new("aten::unbind", "int");
    private static readonly Operator SelectOperator = new("aten::select", "int");
    private static readonly Operator NarrowOperator = new("aten::narrow");
    private static readonly Operator SliceOperator = new("aten::slice", "Tensor");

    /// <summary>The same elements in row-major order under another shape; a view where the memory allows it, else a copy.</summary>
    /// <param name="lengths">The new shape; one entry may be -1 and takes what is left.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Reshape(params ReadOnlySpan<long> lengths) => WithList(ReshapeOperator, lengths);

    /// <summary>A view under another shape; fails where <see cref="Reshape"/> would have to copy.</summary>
    /// <param name="lengths">The new shape; one entry may be -1 and takes what is left.</param>
    /// <returns>A view.</returns>
    public Tensor View(params ReadOnlySpan<long> lengths) => WithList(ViewOperator, lengths);

    /// <summary>Joins neighbouring dimensions into one; a view where the memory allows it.</summary>
    /// <param name="first">The first of them, from 0 or negative from the end.</param>
    /// <param name="last">The last of them, included.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Flatten(int first = 0, int last = -1) => FlattenOperator.Invoke(this, first, last);

    /// <summary>Another order of the dimensions.</summary>
    /// <param name="dimensions">For each new dimension the old one.</param>
    /// <returns>A view.</returns>
    public Tensor Permute(params ReadOnlySpan<long> dimensions) => WithList(PermuteOperator, dimensions);

    /// <summary>Exchanges two dimensions.</summary>
    /// <param name="first">From 0, or negative from the end.</param>
    /// <param name="second">From 0, or negative from the end.</param>
    /// <returns>A view.</returns>
    public Tensor Transpose(int first, int second) => TransposeOperator.Invoke(this, first, second);

    /// <summary>Takes away all dimensions of length 1.</summary>
    /// <returns>A view.</returns>
    public Tensor Squeeze() => SqueezeOperator.Invoke(this);

    /// <summary>Takes a dimension away if its length is 1.</summary>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <returns>A view.</returns>
    public Tensor Squeeze(int dimension) => SqueezeAlongOperator.Invoke(this, dimension);

    /// <summary>Puts in a dimension of length 1.</summary>
    /// <param name="dimension">Where it will be; -1 is behind the last.</param>
    /// <returns>A view.</returns>
    public Tensor Unsqueeze(int dimension) => UnsqueezeOperator.Invoke(this, dimension);

    /// <summary>Repeats dimensions of length 1 without copying.</summary>
    /// <param name="lengths">The new shape; -1 leaves a length as it is.</param>
    /// <returns>A view; elements that share memory must not be written to.</returns>
    public Tensor Expand(params ReadOnlySpan<long> lengths) => WithList(ExpandOperator, lengths);

    /// <summary>Puts copies of the tensor beside each other.</summary>
    /// <param name="counts">How often along each dimension.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Repeat(params ReadOnlySpan<long> counts) => WithList(RepeatOperator, counts);

    /// <summary>Turns the order along dimensions around.</summary>
    /// <param name="dimensions">From 0, or negative from the end.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Flip(params ReadOnlySpan<long> dimensions) => WithList(FlipOperator, dimensions);

    /// <summary>Joins tensors along a dimension they have.</summary>
    /// <param name="tensors">At least one; equal shapes but for that dimension.</param>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <returns>A new tensor.</returns>
    public static Tensor Cat(ReadOnlySpan<Tensor> tensors, int dimension = 0) => Joined(CatOperator, tensors, dimension);

    /// <summary>Joins tensors along a new dimension.</summary>
    /// <param name="tensors">At least one; equal shapes.</param>
    /// <param name="dimension">Where the new dimension will be.</param>
    /// <returns>A new tensor.</returns>
    public static Tensor Stack(ReadOnlySpan<Tensor> tensors, int dimension = 0) => Joined(StackOperator, tensors, dimension);

    /// <summary>Cuts into pieces of one length; the last may be shorter.</summary>
    /// <param name="length">1 or more.</param>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <returns>Views.</returns>
    public Tensor[] Split(long length, int dimension = 0) => SplitOperator.InvokeList(this, length, dimension);

    /// <summary>Cuts into pieces of given lengths.</summary>
    /// <param name="lengths">Their sum is the dimension's length.</param>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <returns>Views.</returns>
    public unsafe Tensor[] Split(ReadOnlySpan<long> lengths, int dimension = 0)
    {
        fixed (long* items = lengths)
        {
            return SplitSizesOperator.InvokeList(this, Argument.List(items, lengths.Length), dimension);
        }
    }

    /// <summary>Cuts into at most so many pieces of one length; the last may be shorter.</summary>
    /// <param name="count">1 or more.</param>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <returns>Views.</returns>
    public Tensor[] Chunk(long count, int dimension = 0) => ChunkOperator.InvokeList(this, count, dimension);

    /// <summary>Cuts into its entries along a dimension, which goes away.</summary>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <returns>Views.</returns>
    public Tensor[] Unbind(int dimension = 0) => UnbindOperator.InvokeList(this, dimension);

    /// <summary>One entry along a dimension, which goes away.</summary>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <param name="index">From 0, or negative from the end.</param>
    /// <returns>A view.</returns>
    public Tensor Select(int dimension, long index) => SelectOperator.Invoke(this, dimension, index);

    /// <summary>A run of entries along a dimension.</summary>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <param name="start">The first entry.</param>
    /// <param name="length">How many; must not pass the end.</param>
    /// <returns>A view.</returns>
    public Tensor Narrow(int dimension, long start, long length) => NarrowOperator.Invoke(this, dimension, start, length);

    /// <summary>A run of entries along a dimension, as <c>start:end:step</c> elsewhere: ends outside the tensor are moved to its ends.</summary>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <param name="start">The first entry, from 0 or negative from the end.</param>
    /// <param name="end">Behind the last entry, from 0 or negative from the end.</param>
    /// <param name="step">1 or more.</param>
    /// <returns>A view.</returns>
    public Tensor Slice(int dimension, long start, long end = long.MaxValue, long step = 1) =>
        SliceOperator.Invoke(this, dimension, start, end, step);

    private unsafe Tensor WithList(Operator operation, ReadOnlySpan<long> items)
    {
        fixed (long* first = items)
        {
            return operation.Invoke(this, Argument.List(first, items.Length));
        }
    }

    private static unsafe Tensor Joined(Operator operation, ReadOnlySpan<Tensor> tensors, int dimension)
    {
        const int OnStack = 32;
        var handles = tensors.Length <= OnStack ? stackalloc nint[OnStack] : new nint[tensors.Length];
        for (var i = 0; i < tensors.Length; i++)
        {
            handles[i] = tensors[i].Handle;
        }

        fixed (nint* first = handles)
        {
            return operation.Invoke(Argument.Tensors(first, tensors.Length), dimension);
        }
    }
}
