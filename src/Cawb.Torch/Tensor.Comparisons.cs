using Cawb.Torch.Interop;

namespace Cawb.Torch;

public sealed partial class Tensor
{
    private static readonly Operator GreaterOperator = new("aten::gt", "Tensor");
    private static readonly Operator GreaterScalarOperator = new("aten::gt", "Scalar");
    private static readonly Operator GreaterEqualOperator = new("aten::ge", "Tensor");
    private static readonly Operator GreaterEqualScalarOperator = new("aten::ge", "Scalar");
    private static readonly Operator LessOperator = new("aten::lt", "Tensor");
    private static readonly Operator LessScalarOperator = new("aten::lt", "Scalar");
    private static readonly Operator LessEqualOperator = new("aten::le", "Tensor");
    private static readonly Operator LessEqualScalarOperator = new("aten::le", "Scalar");
    private static readonly Operator EqualOperator = new("aten::eq", "Tensor");
    private static readonly Operator EqualScalarOperator = new("aten::eq", "Scalar");
    private static readonly Operator NotEqualOperator = new("aten::ne", "Tensor");
    private static readonly Operator NotEqualScalarOperator = new("aten::ne", "Scalar");
    private static readonly Operator LogicalAndOperator = new("aten::logical_and");
    private static readonly Operator LogicalOrOperator = new("aten::logical_or");
    private static readonly Operator LogicalXorOperator = new("aten::logical_xor");
    private static readonly Operator LogicalNotOperator = new("aten::logical_not");
    private static readonly Operator WhereOperator = new("aten::where", "self");
    private static readonly Operator WhereScalarOtherOperator = new("aten::where", "ScalarOther");
    private static readonly Operator WhereScalarSelfOperator = new("aten::where", "ScalarSelf");

    /// <summary>Where an element is larger than the other tensor's.</summary>
    /// <param name="left">The tensor.</param>
    /// <param name="right">What it is compared with.</param>
    public static Tensor operator >(Tensor left, Tensor right) => left.Greater(right);

    /// <summary>Where an element is larger than a number.</summary>
    /// <param name="left">The tensor.</param>
    /// <param name="right">What it is compared with.</param>
    public static Tensor operator >(Tensor left, Scalar right) => left.Greater(right);

    /// <summary>Where an element is smaller than the other tensor's.</summary>
    /// <param name="left">The tensor.</param>
    /// <param name="right">What it is compared with.</param>
    public static Tensor operator <(Tensor left, Tensor right) => left.Less(right);

    /// <summary>Where an element is smaller than a number.</summary>
    /// <param name="left">The tensor.</param>
    /// <param name="right">What it is compared with.</param>
    public static Tensor operator <(Tensor left, Scalar right) => left.Less(right);

    /// <summary>Where an element is larger than or equal to the other tensor's.</summary>
    /// <param name="left">The tensor.</param>
    /// <param name="right">What it is compared with.</param>
    public static Tensor operator >=(Tensor left, Tensor right) => left.GreaterEqual(right);

    /// <summary>Where an element is larger than or equal to a number.</summary>
    /// <param name="left">The tensor.</param>
    /// <param name="right">What it is compared with.</param>
    public static Tensor operator >=(Tensor left, Scalar right) => left.GreaterEqual(right);

    /// <summary>Where an element is smaller than or equal to the other tensor's.</summary>
    /// <param name="left">The tensor.</param>
    /// <param name="right">What it is compared with.</param>
    public static Tensor operator <=(Tensor left, Tensor right) => left.LessEqual(right);

    /// <summary>Where an element is smaller than or equal to a number.</summary>
    /// <param name="left">The tensor.</param>
    /// <param name="right">What it is compared with.</param>
    public static Tensor operator <=(Tensor left, Scalar right) => left.LessEqual(right);

    /// <summary>Where an element is larger than the other's. Comparisons with NaN are false.</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor Greater(Tensor other) => GreaterOperator.Invoke(this, other);

    /// <summary>Where an element is larger than a number.</summary>
    /// <param name="other">The number.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor Greater(Scalar other) => GreaterScalarOperator.Invoke(this, other);

    /// <summary>Where an element is larger than or equal to the other's. Comparisons with NaN are false.</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor GreaterEqual(Tensor other) => GreaterEqualOperator.Invoke(this, other);

    /// <summary>Where an element is larger than or equal to a number.</summary>
    /// <param name="other">The number.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor GreaterEqual(Scalar other) => GreaterEqualScalarOperator.Invoke(this, other);

    /// <summary>Where an element is smaller than the other's. Comparisons with NaN are false.</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor Less(Tensor other) => LessOperator.Invoke(this, other);

    /// <summary>Where an element is smaller than a number.</summary>
    /// <param name="other">The number.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor Less(Scalar other) => LessScalarOperator.Invoke(this, other);

    /// <summary>Where an element is smaller than or equal to the other's. Comparisons with NaN are false.</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor LessEqual(Tensor other) => LessEqualOperator.Invoke(this, other);

    /// <summary>Where an element is smaller than or equal to a number.</summary>
    /// <param name="other">The number.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor LessEqual(Scalar other) => LessEqualScalarOperator.Invoke(this, other);

    /// <summary>Where an element is equal to the other's. Comparisons with NaN are false.</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor Equal(Tensor other) => EqualOperator.Invoke(this, other);

    /// <summary>Where an element is equal to a number.</summary>
    /// <param name="other">The number.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor Equal(Scalar other) => EqualScalarOperator.Invoke(this, other);

    /// <summary>Where an element is different from the other's. Comparisons with NaN are true.</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor NotEqual(Tensor other) => NotEqualOperator.Invoke(this, other);

    /// <summary>Where an element is different from a number.</summary>
    /// <param name="other">The number.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor NotEqual(Scalar other) => NotEqualScalarOperator.Invoke(this, other);

    /// <summary>Where both elements are true (not 0).</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor LogicalAnd(Tensor other) => LogicalAndOperator.Invoke(this, other);

    /// <summary>Where one of the elements or both are true (not 0).</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor LogicalOr(Tensor other) => LogicalOrOperator.Invoke(this, other);

    /// <summary>Where exactly one of the elements is true (not 0).</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor of bool.</returns>
    public Tensor LogicalXor(Tensor other) => LogicalXorOperator.Invoke(this, other);

    /// <summary>Where an element is false (0).</summary>
    /// <returns>A new tensor of bool.</returns>
    public Tensor LogicalNot() => LogicalNotOperator.Invoke(this);

    /// <summary>Takes elements from one of two tensors. Shapes broadcast.</summary>
    /// <param name="condition">bool.</param>
    /// <param name="whenTrue">Where the condition is true.</param>
    /// <param name="whenFalse">Where it is false.</param>
    /// <returns>A new tensor.</returns>
    public static Tensor Where(Tensor condition, Tensor whenTrue, Tensor whenFalse) => WhereOperator.Invoke(condition, whenTrue, whenFalse);

    /// <summary>Takes elements from a tensor or a number. Shapes broadcast.</summary>
    /// <param name="condition">bool.</param>
    /// <param name="whenTrue">Where the condition is true.</param>
    /// <param name="whenFalse">Where it is false.</param>
    /// <returns>A new tensor.</returns>
    public static Tensor Where(Tensor condition, Tensor whenTrue, Scalar whenFalse) => WhereScalarOtherOperator.Invoke(condition, whenTrue, whenFalse);

    /// <summary>Takes elements from a number or a tensor. Shapes broadcast.</summary>
    /// <param name="condition">bool.</param>
    /// <param name="whenTrue">Where the condition is true.</param>
    /// <param name="whenFalse">Where it is false.</param>
    /// <returns>A new tensor.</returns>
    public static Tensor Where(Tensor condition, Scalar whenTrue, Tensor whenFalse) => WhereScalarSelfOperator.Invoke(condition, whenTrue, whenFalse);
}
