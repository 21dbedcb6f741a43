using Cawb.Torch.Interop;

namespace Cawb.Torch;

public sealed partial class Tensor
{
    private static readonly Operator NegateOperator = new("aten::neg");
    private static readonly Operator SigmoidOperator = new("aten::sigmoid");
    private static readonly Operator SiluOperator = new("aten::silu");
    private static readonly Operator SiluInPlaceOperator = new("aten::silu_");
    private static readonly Operator SigmoidInPlaceOperator = new("aten::sigmoid_");
    private static readonly Operator ExpOperator = new("aten::exp");
    private static readonly Operator LogOperator = new("aten::log");
    private static readonly Operator Log1pOperator = new("aten::log1p");
    private static readonly Operator SqrtOperator = new("aten::sqrt");
    private static readonly Operator ReciprocalOperator = new("aten::reciprocal");
    private static readonly Operator SquareOperator = new("aten::square");
    private static readonly Operator AbsOperator = new("aten::abs");
    private static readonly Operator SinOperator = new("aten::sin");
    private static readonly Operator CosOperator = new("aten::cos");
    private static readonly Operator TanOperator = new("aten::tan");
    private static readonly Operator AtanOperator = new("aten::atan");
    private static readonly Operator TanhOperator = new("aten::tanh");
    private static readonly Operator ReluOperator = new("aten::relu");
    private static readonly Operator SoftplusOperator = new("aten::softplus");
    private static readonly Operator FloorOperator = new("aten::floor");
    private static readonly Operator CeilingOperator = new("aten::ceil");
    private static readonly Operator TruncateOperator = new("aten::trunc");
    private static readonly Operator RoundOperator = new("aten::round");
    private static readonly Operator RoundInPlaceOperator = new("aten::round_");
    private static readonly Operator IsNaNOperator = new("aten::isnan");
    private static readonly Operator IsFiniteOperator = new("aten::isfinite");

    /// <summary><c>-x</c>.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Negate() => NegateOperator.Invoke(this);

    /// <summary><c>1 / (1 + e^-x)</c>.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Sigmoid() => SigmoidOperator.Invoke(this);

    /// <summary><c>x / (1 + e^-x)</c>.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Silu() => SiluOperator.Invoke(this);

    /// <summary><c>x / (1 + e^-x)</c>, written over x. Autograd keeps what it needs of the former values.</summary>
    /// <returns>This tensor.</returns>
    public Tensor SiluInPlace()
    {
        SiluInPlaceOperator.Run(this);
        return this;
    }

    /// <summary><c>1 / (1 + e^-x)</c>, written over x.</summary>
    /// <returns>This tensor.</returns>
    public Tensor SigmoidInPlace()
    {
        SigmoidInPlaceOperator.Run(this);
        return this;
    }

    /// <summary><c>e^x</c>.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Exp() => ExpOperator.Invoke(this);

    /// <summary>The natural logarithm; NaN below 0.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Log() => LogOperator.Invoke(this);

    /// <summary><c>ln(1 + x)</c>, exact for small x.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Log1p() => Log1pOperator.Invoke(this);

    /// <summary>The square root; NaN below 0.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Sqrt() => SqrtOperator.Invoke(this);

    /// <summary><c>1 / x</c>.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Reciprocal() => ReciprocalOperator.Invoke(this);

    /// <summary><c>x * x</c>.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Square() => SquareOperator.Invoke(this);

    /// <summary><c>|x|</c>.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Abs() => AbsOperator.Invoke(this);

    /// <summary>The sine of radians.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Sin() => SinOperator.Invoke(this);

    /// <summary>The cosine of radians.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Cos() => CosOperator.Invoke(this);

    /// <summary>The tangent of radians.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Tan() => TanOperator.Invoke(this);

    /// <summary>The arc tangent, in radians.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Atan() => AtanOperator.Invoke(this);

    /// <summary>The hyperbolic tangent.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Tanh() => TanhOperator.Invoke(this);

    /// <summary><c>max(x, 0)</c>.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Relu() => ReluOperator.Invoke(this);

    /// <summary><c>ln(1 + e^x)</c>.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Softplus() => SoftplusOperator.Invoke(this);

    /// <summary>The largest whole number that is not larger.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Floor() => FloorOperator.Invoke(this);

    /// <summary>The smallest whole number that is not smaller.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Ceiling() => CeilingOperator.Invoke(this);

    /// <summary>The whole number next to x on the way to 0.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Truncate() => TruncateOperator.Invoke(this);

    /// <summary>The nearest whole number; halves go to the even one.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor Round() => RoundOperator.Invoke(this);

    /// <summary>The nearest whole number, written over x; halves go to the even one.</summary>
    /// <returns>This tensor.</returns>
    public Tensor RoundInPlace()
    {
        RoundInPlaceOperator.Run(this);
        return this;
    }

    /// <summary>Where elements are not a number.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor IsNaN() => IsNaNOperator.Invoke(this);

    /// <summary>Where elements are neither infinite nor NaN.</summary>
    /// <returns>A new tensor of the same shape.</returns>
    public Tensor IsFinite() => IsFiniteOperator.Invoke(this);
}
