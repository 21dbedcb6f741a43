using Cawb.Torch.Interop;

namespace Cawb.Torch;

// Shapes of two tensors broadcast as everywhere in the field: missing leading dimensions and those of length 1 are repeated.
public sealed partial class Tensor
{
    private static readonly Operator AddOperator = new("aten::add", "Tensor");
    private static readonly Operator AddScalarOperator = new("aten::add", "Scalar");
    private static readonly Operator SubOperator = new("aten::sub", "Tensor");
    private static readonly Operator SubScalarOperator = new("aten::sub", "Scalar");
    private static readonly Operator ReverseSubOperator = new("aten::rsub", "Scalar");
    private static readonly Operator MulOperator = new("aten::mul", "Tensor");
    private static readonly Operator MulScalarOperator = new("aten::mul", "Scalar");
    private static readonly Operator DivOperator = new("aten::div", "Tensor");
    private static readonly Operator DivScalarOperator = new("aten::div", "Scalar");
    private static readonly Operator FmodOperator = new("aten::fmod", "Tensor");
    private static readonly Operator FmodScalarOperator = new("aten::fmod", "Scalar");
    private static readonly Operator PowOperator = new("aten::pow", "Tensor_Scalar");
    private static readonly Operator PowTensorOperator = new("aten::pow", "Tensor_Tensor");
    private static readonly Operator ClampOperator = new("aten::clamp");
    private static readonly Operator MinimumOperator = new("aten::minimum");
    private static readonly Operator MaximumOperator = new("aten::maximum");
    private static readonly Operator MatMulOperator = new("aten::matmul");

    /// <summary>Adds element by element.</summary>
    /// <param name="left">One addend.</param>
    /// <param name="right">The other.</param>
    public static Tensor operator +(Tensor left, Tensor right) => AddOperator.Invoke(left, right);

    /// <summary>Adds a number to every element.</summary>
    /// <param name="left">The tensor.</param>
    /// <param name="right">The number.</param>
    public static Tensor operator +(Tensor left, Scalar right) => AddScalarOperator.Invoke(left, right);

    /// <summary>Adds a number to every element.</summary>
    /// <param name="left">The number.</param>
    /// <param name="right">The tensor.</param>
    public static Tensor operator +(Scalar left, Tensor right) => AddScalarOperator.Invoke(right, left);

    /// <summary>Subtracts element by element.</summary>
    /// <param name="left">What is subtracted from.</param>
    /// <param name="right">What is subtracted.</param>
    public static Tensor operator -(Tensor left, Tensor right) => SubOperator.Invoke(left, right);

    /// <summary>Subtracts a number from every element.</summary>
    /// <param name="left">The tensor.</param>
    /// <param name="right">The number.</param>
    public static Tensor operator -(Tensor left, Scalar right) => SubScalarOperator.Invoke(left, right);

    /// <summary>Subtracts every element from a number.</summary>
    /// <param name="left">The number.</param>
    /// <param name="right">The tensor.</param>
    public static Tensor operator -(Scalar left, Tensor right) => ReverseSubOperator.Invoke(right, left);

    /// <summary>Changes every sign.</summary>
    /// <param name="tensor">The tensor.</param>
    public static Tensor operator -(Tensor tensor) => tensor.Negate();

    /// <summary>Multiplies element by element.</summary>
    /// <param name="left">One factor.</param>
    /// <param name="right">The other.</param>
    public static Tensor operator *(Tensor left, Tensor right) => MulOperator.Invoke(left, right);

    /// <summary>Multiplies every element with a number.</summary>
    /// <param name="left">The tensor.</param>
    /// <param name="right">The number.</param>
    public static Tensor operator *(Tensor left, Scalar right) => MulScalarOperator.Invoke(left, right);

    /// <summary>Multiplies every element with a number.</summary>
    /// <param name="left">The number.</param>
    /// <param name="right">The tensor.</param>
    public static Tensor operator *(Scalar left, Tensor right) => MulScalarOperator.Invoke(right, left);

    /// <summary>Divides element by element; the result is floating point.</summary>
    /// <param name="left">The dividend.</param>
    /// <param name="right">The divisor.</param>
    public static Tensor operator /(Tensor left, Tensor right) => DivOperator.Invoke(left, right);

    /// <summary>Divides every element by a number; the result is floating point.</summary>
    /// <param name="left">The tensor.</param>
    /// <param name="right">The number.</param>
    public static Tensor operator /(Tensor left, Scalar right) => DivScalarOperator.Invoke(left, right);

    /// <summary>A number times the reciprocal of every element.</summary>
    /// <param name="left">The number.</param>
    /// <param name="right">The tensor.</param>
    public static Tensor operator /(Scalar left, Tensor right)
    {
        using var reciprocal = right.Reciprocal();
        return MulScalarOperator.Invoke(reciprocal, left);
    }

    /// <summary><c>this + alpha * other</c>.</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <param name="alpha">A factor for <paramref name="other"/>.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Add(Tensor other, Scalar alpha) => AddOperator.Invoke(this, other, alpha);

    /// <summary><c>this + other</c>.</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Add(Tensor other) => AddOperator.Invoke(this, other);

    /// <summary><c>this + other</c>.</summary>
    /// <param name="other">A number.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Add(Scalar other) => AddScalarOperator.Invoke(this, other);

    /// <summary><c>this - alpha * other</c>.</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <param name="alpha">A factor for <paramref name="other"/>.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Sub(Tensor other, Scalar alpha) => SubOperator.Invoke(this, other, alpha);

    /// <summary><c>this - other</c>.</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Sub(Tensor other) => SubOperator.Invoke(this, other);

    /// <summary><c>this - other</c>.</summary>
    /// <param name="other">A number.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Sub(Scalar other) => SubScalarOperator.Invoke(this, other);

    /// <summary><c>this * other</c>, element by element.</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Mul(Tensor other) => MulOperator.Invoke(this, other);

    /// <summary><c>this * other</c>.</summary>
    /// <param name="other">A number.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Mul(Scalar other) => MulScalarOperator.Invoke(this, other);

    /// <summary><c>this / other</c>, element by element; floating point.</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Div(Tensor other) => DivOperator.Invoke(this, other);

    /// <summary><c>this / other</c>; floating point.</summary>
    /// <param name="other">A number.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Div(Scalar other) => DivScalarOperator.Invoke(this, other);

    /// <summary>What a division that is cut towards 0 leaves over; it has this tensor's sign.</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Fmod(Tensor other) => FmodOperator.Invoke(this, other);

    /// <summary>What a division that is cut towards 0 leaves over; it has this tensor's sign.</summary>
    /// <param name="other">A number.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Fmod(Scalar other) => FmodScalarOperator.Invoke(this, other);

    /// <summary><c>this ^ exponent</c>.</summary>
    /// <param name="exponent">A number.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Pow(Scalar exponent) => PowOperator.Invoke(this, exponent);

    /// <summary><c>this ^ exponent</c>, element by element.</summary>
    /// <param name="exponent">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Pow(Tensor exponent) => PowTensorOperator.Invoke(this, exponent);

    /// <summary>Moves elements that are outside a range to its nearer end. NaN stays NaN.</summary>
    /// <param name="min">The lower end; null for none.</param>
    /// <param name="max">The upper end; null for none.</param>
    /// <returns>A new tensor.</returns>
    /// <exception cref="TorchException">Both ends are null.</exception>
    public Tensor Clamp(Scalar? min = null, Scalar? max = null) => ClampOperator.Invoke(this, min, max);

    /// <summary><c>max(this, min)</c>. NaN stays NaN.</summary>
    /// <param name="min">The lower end.</param>
    /// <returns>A new tensor.</returns>
    public Tensor ClampMin(Scalar min) => ClampOperator.Invoke(this, min);

    /// <summary><c>min(this, max)</c>. NaN stays NaN.</summary>
    /// <param name="max">The upper end.</param>
    /// <returns>A new tensor.</returns>
    public Tensor ClampMax(Scalar max) => ClampOperator.Invoke(this, Argument.None, max);

    /// <summary>The smaller of two elements; NaN if either is.</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Minimum(Tensor other) => MinimumOperator.Invoke(this, other);

    /// <summary>The larger of two elements; NaN if either is.</summary>
    /// <param name="other">A tensor whose shape broadcasts with this one's.</param>
    /// <returns>A new tensor.</returns>
    public Tensor Maximum(Tensor other) => MaximumOperator.Invoke(this, other);

    /// <summary>The matrix product of the last two dimensions; leading ones broadcast. Tensors of one dimension count as row and column.</summary>
    /// <param name="other">(..., k, m) for this tensor's (..., n, k).</param>
    /// <returns>(..., n, m), a new tensor.</returns>
    public Tensor MatMul(Tensor other) => MatMulOperator.Invoke(this, other);
}
