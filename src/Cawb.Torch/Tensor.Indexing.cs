using Cawb.Torch.Interop;

namespace Cawb.Torch;

public sealed partial class Tensor
{
    // More dimensions than libtorch's kernels take anyway.
    private const int MaxIndices = 64;

    private static readonly Operator IndexSelectOperator = new("aten::index_select");
    private static readonly Operator IndexOperator = new("aten::index", "Tensor");
    private static readonly Operator IndexPutOperator = new("aten::index_put");
    private static readonly Operator IndexPutInPlaceOperator = new("aten::index_put_");
    private static readonly Operator GatherOperator = new("aten::gather");
    private static readonly Operator MaskedSelectOperator = new("aten::masked_select");
    private static readonly Operator MaskedFillOperator = new("aten::masked_fill", "Scalar");
    private static readonly Operator NonZeroOperator = new("aten::nonzero");
    private static readonly Operator SortOperator = new("aten::sort", "stable");
    private static readonly Operator ArgSortOperator = new("aten::argsort", "stable");
    private static readonly Operator TopKOperator = new("aten::topk");

    /// <summary>Entries along a dimension, in any order, repeated or left out.</summary>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <param name="indices">int64 or int32, one dimension; each from 0 to below the dimension's length.</param>
    /// <returns>A new tensor.</returns>
    public Tensor IndexSelect(int dimension, Tensor indices) => IndexSelectOperator.Invoke(this, dimension, indices);

    /// <summary>Elements picked by one index tensor for each leading dimension, which broadcast among each other.</summary>
    /// <param name="indices">int64, from 0 or negative from the end; bool masks; null takes a whole dimension.</param>
    /// <returns>A new tensor: the indices' common shape in place of the indexed dimensions.</returns>
    public Tensor Index(params ReadOnlySpan<Tensor?> indices) => Indexed(IndexOperator, indices, values: null, accumulate: false);

    /// <summary>A copy in which the elements that <see cref="Index"/> would pick are replaced.</summary>
    /// <param name="indices">As for <see cref="Index"/>.</param>
    /// <param name="values">Broadcasts to what <see cref="Index"/> would give.</param>
    /// <param name="accumulate">Add instead of replacing; an element that is named twice then gets both. Without it, the last one in order stays on one thread.</param>
    /// <returns>A new tensor.</returns>
    public Tensor IndexPut(ReadOnlySpan<Tensor?> indices, Tensor values, bool accumulate = false) =>
        Indexed(IndexPutOperator, indices, values, accumulate);

    /// <summary>Replaces the elements that <see cref="Index"/> would pick.</summary>
    /// <param name="indices">As for <see cref="Index"/>.</param>
    /// <param name="values">Broadcasts to what <see cref="Index"/> would give.</param>
    /// <param name="accumulate">Add instead of replacing; an element that is named twice then gets both. Without it, the last one in order stays on one thread.</param>
    /// <returns>This tensor.</returns>
    public unsafe Tensor IndexPutInPlace(ReadOnlySpan<Tensor?> indices, Tensor values, bool accumulate = false)
    {
        var handles = stackalloc nint[MaxIndices];
        CopyHandles(indices, handles);
        IndexPutInPlaceOperator.Run(this, Argument.Tensors(handles, indices.Length), values, accumulate);
        return this;
    }

    /// <summary>Along a dimension, the elements at the given places: <c>out[i, j] = this[i, index[i, j]]</c> for dimension 1.</summary>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <param name="indices">int64; as many dimensions as this tensor.</param>
    /// <returns>A new tensor of the indices' shape.</returns>
    public Tensor Gather(int dimension, Tensor indices) => GatherOperator.Invoke(this, dimension, indices);

    /// <summary>The elements where a mask is true, in row-major order.</summary>
    /// <param name="mask">bool; its shape broadcasts with this one's.</param>
    /// <returns>A new tensor of one dimension.</returns>
    public Tensor MaskedSelect(Tensor mask) => MaskedSelectOperator.Invoke(this, mask);

    /// <summary>A copy with one value where a mask is true.</summary>
    /// <param name="mask">bool; its shape broadcasts to this one's.</param>
    /// <param name="value">The value.</param>
    /// <returns>A new tensor.</returns>
    public Tensor MaskedFill(Tensor mask, Scalar value) => MaskedFillOperator.Invoke(this, mask, value);

    /// <summary>The places of all elements that are not 0, in row-major order.</summary>
    /// <returns>(count, dimensions) int64, a new tensor.</returns>
    public Tensor NonZero() => NonZeroOperator.Invoke(this);

    /// <summary>Sorts along a dimension; NaN counts as the largest.</summary>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <param name="descending">Largest first.</param>
    /// <param name="stable">Equal elements keep their order.</param>
    /// <returns>Two new tensors: the sorted values and, int64, where each came from.</returns>
    public (Tensor Values, Tensor Indices) Sort(int dimension = -1, bool descending = false, bool stable = true) =>
        SortOperator.InvokePair(this, stable, dimension, descending);

    /// <summary>Where the elements come from that <see cref="Sort"/> would give.</summary>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <param name="descending">Largest first.</param>
    /// <param name="stable">Equal elements keep their order.</param>
    /// <returns>A new tensor of int64.</returns>
    public Tensor ArgSort(int dimension = -1, bool descending = false, bool stable = true) =>
        ArgSortOperator.Invoke(this, stable, dimension, descending);

    /// <summary>The largest (or smallest) elements along a dimension, sorted, and where they are. The order of equal elements is not defined.</summary>
    /// <param name="count">How many; at most the dimension's length.</param>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <param name="largest">The largest, or else the smallest.</param>
    /// <returns>Two new tensors; the indices are int64.</returns>
    public (Tensor Values, Tensor Indices) TopK(long count, int dimension = -1, bool largest = true) =>
        TopKOperator.InvokePair(this, count, dimension, largest);

    private unsafe Tensor Indexed(Operator operation, ReadOnlySpan<Tensor?> indices, Tensor? values, bool accumulate)
    {
        var handles = stackalloc nint[MaxIndices];
        CopyHandles(indices, handles);
        var list = Argument.Tensors(handles, indices.Length);
        return values is null ? operation.Invoke(this, list) : operation.Invoke(this, list, values, accumulate);
    }

    private static unsafe void CopyHandles(ReadOnlySpan<Tensor?> tensors, nint* handles)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tensors.Length, MaxIndices, nameof(tensors));
        for (var i = 0; i < tensors.Length; i++)
        {
            handles[i] = tensors[i]?.Handle ?? 0;
        }
    }
}
