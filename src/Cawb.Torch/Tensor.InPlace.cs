using Cawb.Torch.Interop;

namespace Cawb.Torch;

// Each of these writes over its tensor and gives the same object back. On a leaf that requires a gradient they need Autograd.NoGrad().
public sealed partial class Tensor
{
    private static readonly Operator AddInPlaceOperator = new("aten::add_", "Tensor");
    private static readonly Operator AddScalarInPlaceOperator = new("aten::add_", "Scalar");
    private static readonly Operator SubInPlaceOperator = new("aten::sub_", "Tensor");
    private static readonly Operator MulInPlaceOperator = new("aten::mul_", "Tensor");
    private static readonly Operator MulScalarInPlaceOperator = new("aten::mul_", "Scalar");
    private static readonly Operator DivInPlaceOperator = new("aten::div_", "Tensor");
    private static readonly Operator DivScalarInPlaceOperator = new("aten::div_", "Scalar");
    private static readonly Operator ClampInPlaceOperator = new("aten::clamp_");
    private static readonly Operator FillInPlaceOperator = new("aten::fill_", "Scalar");
    private static readonly Operator ZeroInPlaceOperator = new("aten::zero_");
    private static readonly Operator CopyOperator = new("aten::copy_");
    private static readonly Operator LerpInPlaceOperator = new("aten::lerp_", "Scalar");

    /// <summary><c>this += alpha * other</c>.</summary>
    /// <param name="other">A tensor whose shape broadcasts to this one's.</param>
    /// <param name="alpha">A factor for <paramref name="other"/>.</param>
    /// <returns>This tensor.</returns>
    public Tensor AddInPlace(Tensor other, Scalar alpha) => Altered(AddInPlaceOperator, other, alpha);

    /// <summary><c>this += other</c>.</summary>
    /// <param name="other">A tensor whose shape broadcasts to this one's.</param>
    /// <returns>This tensor.</returns>
    public Tensor AddInPlace(Tensor other) => Altered(AddInPlaceOperator, other);

    /// <summary><c>this += other</c>.</summary>
    /// <param name="other">A number.</param>
    /// <returns>This tensor.</returns>
    public Tensor AddInPlace(Scalar other) => Altered(AddScalarInPlaceOperator, other);

    /// <summary><c>this -= other</c>.</summary>
    /// <param name="other">A tensor whose shape broadcasts to this one's.</param>
    /// <returns>This tensor.</returns>
    public Tensor SubInPlace(Tensor other) => Altered(SubInPlaceOperator, other);

    /// <summary><c>this *= other</c>.</summary>
    /// <param name="other">A tensor whose shape broadcasts to this one's.</param>
    /// <returns>This tensor.</returns>
    public Tensor MulInPlace(Tensor other) => Altered(MulInPlaceOperator, other);

    /// <summary><c>this *= other</c>.</summary>
    /// <param name="other">A number.</param>
    /// <returns>This tensor.</returns>
    public Tensor MulInPlace(Scalar other) => Altered(MulScalarInPlaceOperator, other);

    /// <summary><c>this /= other</c>.</summary>
    /// <param name="other">A tensor whose shape broadcasts to this one's.</param>
    /// <returns>This tensor.</returns>
    public Tensor DivInPlace(Tensor other) => Altered(DivInPlaceOperator, other);

    /// <summary><c>this /= other</c>.</summary>
    /// <param name="other">A number.</param>
    /// <returns>This tensor.</returns>
    public Tensor DivInPlace(Scalar other) => Altered(DivScalarInPlaceOperator, other);

    /// <summary><see cref="Clamp"/>, written over this tensor.</summary>
    /// <param name="min">The lower end; null for none.</param>
    /// <param name="max">The upper end; null for none.</param>
    /// <returns>This tensor.</returns>
    public Tensor ClampInPlace(Scalar? min = null, Scalar? max = null) => Altered(ClampInPlaceOperator, min, max);

    /// <summary>Sets every element to one value.</summary>
    /// <param name="value">The value, rounded to the type.</param>
    /// <returns>This tensor.</returns>
    public Tensor FillInPlace(Scalar value) => Altered(FillInPlaceOperator, value);

    /// <summary>Sets every element to 0.</summary>
    /// <returns>This tensor.</returns>
    public Tensor ZeroInPlace()
    {
        ZeroInPlaceOperator.Run(this);
        return this;
    }

    /// <summary>Copies the elements of another tensor, converting type and device.</summary>
    /// <param name="source">A tensor whose shape broadcasts to this one's.</param>
    /// <returns>This tensor.</returns>
    public Tensor CopyFrom(Tensor source) => Altered(CopyOperator, source);

    /// <summary><c>this += weight * (end - this)</c>.</summary>
    /// <param name="end">A tensor whose shape broadcasts to this one's.</param>
    /// <param name="weight">0 changes nothing, 1 copies <paramref name="end"/>.</param>
    /// <returns>This tensor.</returns>
    public Tensor LerpInPlace(Tensor end, Scalar weight) => Altered(LerpInPlaceOperator, end, weight);

    private Tensor Altered(Operator operation, Argument argument)
    {
        operation.Run(this, argument);
        return this;
    }

    private Tensor Altered(Operator operation, Argument first, Argument second)
    {
        operation.Run(this, first, second);
        return this;
    }
}
