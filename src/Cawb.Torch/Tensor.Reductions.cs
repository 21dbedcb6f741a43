using Cawb.Torch.Interop;

namespace Cawb.Torch;

// `keep` leaves the reduced dimension in place with length 1.
public sealed partial class Tensor
{
    private static readonly Operator SumOperator = new("aten::sum");
    private static readonly Operator SumAlongOperator = new("aten::sum", "dim_IntList");
    private static readonly Operator MeanOperator = new("aten::mean");
    private static readonly Operator MeanAlongOperator = new("aten::mean", "dim");
    private static readonly Operator VarianceOperator = new("aten::var", "dim");
    private static readonly Operator MaxOperator = new("aten::max");
    private static readonly Operator MaxAlongOperator = new("aten::max", "dim");
    private static readonly Operator MinOperator = new("aten::min");
    private static readonly Operator MinAlongOperator = new("aten::min", "dim");
    private static readonly Operator AmaxOperator = new("aten::amax");
    private static readonly Operator AminOperator = new("aten::amin");
    private static readonly Operator ArgMaxOperator = new("aten::argmax");
    private static readonly Operator NormOperator = new("aten::norm", "Scalar");
    private static readonly Operator AnyOperator = new("aten::any");
    private static readonly Operator AnyAlongOperator = new("aten::any", "dim");
    private static readonly Operator AllOperator = new("aten::all");
    private static readonly Operator AllAlongOperator = new("aten::all", "dim");
    private static readonly Operator CumulativeSumOperator = new("aten::cumsum");
    private static readonly Operator ItemOperator = new("aten::item");

    /// <summary>The sum of all elements.</summary>
    /// <returns>A new tensor without dimensions.</returns>
    public Tensor Sum() => SumOperator.Invoke(this);

    /// <summary>Sums along one dimension.</summary>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <param name="keep">Leave it with length 1.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Sum(int dimension, bool keep = false) => Along(SumAlongOperator, [dimension], keep);

    /// <summary>Sums along several dimensions.</summary>
    /// <param name="dimensions">From 0, or negative from the end; none stands for all.</param>
    /// <param name="keep">Leave them with length 1.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Sum(ReadOnlySpan<long> dimensions, bool keep = false) => Along(SumAlongOperator, dimensions, keep);

    /// <summary>The mean of all elements; NaN for none.</summary>
    /// <returns>A new tensor without dimensions.</returns>
    public Tensor Mean() => MeanOperator.Invoke(this);

    /// <summary>Means along one dimension.</summary>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <param name="keep">Leave it with length 1.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Mean(int dimension, bool keep = false) => Along(MeanAlongOperator, [dimension], keep);

    /// <summary>Means along several dimensions.</summary>
    /// <param name="dimensions">From 0, or negative from the end; none stands for all.</param>
    /// <param name="keep">Leave them with length 1.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Mean(ReadOnlySpan<long> dimensions, bool keep = false) => Along(MeanAlongOperator, dimensions, keep);

    /// <summary>The mean squared deviation from the mean along several dimensions.</summary>
    /// <param name="dimensions">From 0, or negative from the end; none stands for all.</param>
    /// <param name="unbiased">Divide by n - 1 instead of n.</param>
    /// <param name="keep">Leave them with length 1.</param>
    /// <returns>A new tensor.</returns>
    public unsafe Tensor Variance(ReadOnlySpan<long> dimensions, bool unbiased, bool keep = false)
    {
        fixed (long* items = dimensions)
        {
            return VarianceOperator.Invoke(this, Argument.List(items, dimensions.Length), unbiased, keep);
        }
    }

    /// <summary>The largest element; NaN if there is one.</summary>
    /// <returns>A new tensor without dimensions.</returns>
    public Tensor Max() => MaxOperator.Invoke(this);

    /// <summary>The largest elements along one dimension and where they are.</summary>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <param name="keep">Leave it with length 1.</param>
    /// <returns>Two new tensors; the indices are int64.</returns>
    public (Tensor Values, Tensor Indices) Max(int dimension, bool keep = false) => MaxAlongOperator.InvokePair(this, dimension, keep);

    /// <summary>The smallest element; NaN if there is one.</summary>
    /// <returns>A new tensor without dimensions.</returns>
    public Tensor Min() => MinOperator.Invoke(this);

    /// <summary>The smallest elements along one dimension and where they are.</summary>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <param name="keep">Leave it with length 1.</param>
    /// <returns>Two new tensors; the indices are int64.</returns>
    public (Tensor Values, Tensor Indices) Min(int dimension, bool keep = false) => MinAlongOperator.InvokePair(this, dimension, keep);

    /// <summary>The largest elements along several dimensions; the gradient is shared evenly among equals.</summary>
    /// <param name="dimensions">From 0, or negative from the end; none stands for all.</param>
    /// <param name="keep">Leave them with length 1.</param>
    /// <returns>A new tensor.</returns>
    public Tensor MaxOver(ReadOnlySpan<long> dimensions, bool keep = false) => Along(AmaxOperator, dimensions, keep);

    /// <summary>The smallest elements along several dimensions; the gradient is shared evenly among equals.</summary>
    /// <param name="dimensions">From 0, or negative from the end; none stands for all.</param>
    /// <param name="keep">Leave them with length 1.</param>
    /// <returns>A new tensor.</returns>
    public Tensor MinOver(ReadOnlySpan<long> dimensions, bool keep = false) => Along(AminOperator, dimensions, keep);

    /// <summary>Where the largest elements along a dimension are.</summary>
    /// <param name="dimension">From 0, or negative from the end; null for the index into the flattened tensor.</param>
    /// <param name="keep">Leave it with length 1.</param>
    /// <returns>A new tensor of int64.</returns>
    public Tensor ArgMax(int? dimension = null, bool keep = false) =>
        ArgMaxOperator.Invoke(this, dimension is { } given ? given : Argument.None, keep);

    /// <summary>The root of the sum of all squares.</summary>
    /// <returns>A new tensor without dimensions.</returns>
    public Tensor Norm() => NormOperator.Invoke(this);

    /// <summary>Whether any element is not 0.</summary>
    /// <returns>A new tensor of bool without dimensions.</returns>
    public Tensor Any() => AnyOperator.Invoke(this);

    /// <summary>Whether any element along a dimension is not 0.</summary>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <param name="keep">Leave it with length 1.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor Any(int dimension, bool keep = false) => AnyAlongOperator.Invoke(this, dimension, keep);

    /// <summary>Whether no element is 0.</summary>
    /// <returns>A new tensor of bool without dimensions.</returns>
    public Tensor All() => AllOperator.Invoke(this);

    /// <summary>Whether no element along a dimension is 0.</summary>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <param name="keep">Leave it with length 1.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor All(int dimension, bool keep = false) => AllAlongOperator.Invoke(this, dimension, keep);

    /// <summary>Running sums along a dimension.</summary>
    /// <param name="dimension">From 0, or negative from the end.</param>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor CumulativeSum(int dimension) => CumulativeSumOperator.Invoke(this, dimension);

    /// <summary>The only element, as a double. Waits for the device.</summary>
    /// <returns>The value; true is 1.</returns>
    /// <exception cref="TorchException">There is not exactly one element.</exception>
    public double ToDouble()
    {
        var item = ItemOperator.InvokeValue(this);
        return item.Tag == ArgumentTag.Double ? item.Real : item.Integer;
    }

    /// <summary>The only element, which must be a whole number by type. Waits for the device.</summary>
    /// <returns>The value; true is 1.</returns>
    /// <exception cref="TorchException">There is not exactly one element.</exception>
    /// <exception cref="InvalidOperationException">The elements are floating point.</exception>
    public long ToInt64()
    {
        var item = ItemOperator.InvokeValue(this);
        return item.Tag != ArgumentTag.Double
            ? item.Integer
            : throw new InvalidOperationException($"The tensor {this} holds no whole numbers; use ToDouble, or To(ElementType.Int64) to cut the fraction off.");
    }

    /// <summary>The only element, which must be a truth value. Waits for the device.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="TorchException">There is not exactly one element.</exception>
    /// <exception cref="InvalidOperationException">The elements are no truth values.</exception>
    public bool ToBoolean()
    {
        var item = ItemOperator.InvokeValue(this);
        return item.Tag == ArgumentTag.Bool
            ? item.Integer != 0
            : throw new InvalidOperationException($"The tensor {this} holds no truth values; compare it with something first.");
    }

    private unsafe Tensor Along(Operator operation, ReadOnlySpan<long> dimensions, bool keep)
    {
        fixed (long* items = dimensions)
        {
            return operation.Invoke(this, Argument.List(items, dimensions.Length), keep);
        }
    }
}
