using System.Numerics;

namespace Cawb.Expressions;

/// <summary>
/// Computes every part that needs neither x nor y: ints exactly, as Python does, floats with the operations that run later. A part that Python would refuse to compute, or
/// that is not a finite real number, is a fault of the expression.
/// </summary>
internal sealed class ConstantFolder
{
    private readonly string text;

    private ConstantFolder(string text) => this.text = text;

    public static Node Fold(string text, Node root) => new ConstantFolder(text).Fold(root);

    /// <summary>The node itself if its integer is within the limit.</summary>
    public static NumberNode Checked(string text, NumberNode node) =>
        node.Value.Integer.GetBitLength() <= AnnealingExpression.MaxIntegerBits ? node : throw TooLarge(text, node.Column);

    private Node Fold(Node node) => node switch
    {
        NamedConstantNode named => new NumberNode(named.Column, named.Value),
        UnaryNode unary => Unary(unary with { Operand = Fold(unary.Operand) }),
        BinaryNode binary => Binary(binary with { Left = Fold(binary.Left), Right = Fold(binary.Right) }),
        LogicalNode logical => Logical(logical with { Left = Fold(logical.Left), Right = Fold(logical.Right) }),
        ConditionalNode choice => Choice(choice with { Condition = Fold(choice.Condition), WhenTrue = Fold(choice.WhenTrue), WhenFalse = Fold(choice.WhenFalse) }),
        ComparisonNode chain => Chain(chain with { First = Fold(chain.First), Links = [.. chain.Links.Select(link => link with { Right = Fold(link.Right) })] }),
        CallNode call => Call(call with { Arguments = [.. call.Arguments.Select(Fold)] }),
        _ => node,
    };

    private Node Unary(UnaryNode node)
    {
        if (node.Operand is not NumberNode { Value: var value })
        {
            return node;
        }

        return Number(node, node.Operator switch
        {
            UnaryOperator.Plus => value,
            UnaryOperator.Minus => value.IsFloat ? Constant.OfFloat(-value.Float) : Constant.OfInteger(-value.Integer),
            _ => Constant.OfTruth(!value.IsTrue),
        });
    }

    private Node Binary(BinaryNode node)
    {
        if (node.Left is not NumberNode { Value: var left } || node.Right is not NumberNode { Value: var right })
        {
            return node;
        }

        if (node.Operator is BinaryOperator.Divide or BinaryOperator.FloorDivide or BinaryOperator.Modulo && !right.IsTrue)
        {
            throw new ExpressionException(text, node.Column, "Divides by zero wherever it is evaluated.");
        }

        return Number(node, left.IsFloat || right.IsFloat ? Float(node, left, right) : Integer(node, left.Integer, right.Integer));
    }

    private Constant Integer(Node node, BigInteger a, BigInteger b) => ((BinaryNode)node).Operator switch
    {
        BinaryOperator.Add => Constant.OfInteger(a + b),
        BinaryOperator.Subtract => Constant.OfInteger(a - b),
        BinaryOperator.Multiply => Constant.OfInteger(a * b),
        BinaryOperator.Divide => Constant.OfFloat(ExactIntegers.Divide(a, b)),
        BinaryOperator.FloorDivide => Constant.OfInteger(ExactIntegers.FloorDivide(a, b)),
        BinaryOperator.Modulo => Constant.OfInteger(ExactIntegers.Modulo(a, b)),
        _ => Power(node.Column, Constant.OfInteger(a), Constant.OfInteger(b)),
    };

    private Constant Float(BinaryNode node, Constant left, Constant right)
    {
        var a = Real(node.Column, left);
        var b = Real(node.Column, right);
        return node.Operator switch
        {
            BinaryOperator.Add => Constant.OfFloat(a + b),
            BinaryOperator.Subtract => Constant.OfFloat(a - b),
            BinaryOperator.Multiply => Constant.OfFloat(a * b),
            BinaryOperator.Divide => Constant.OfFloat(a / b),
            BinaryOperator.FloorDivide => Constant.OfFloat(PythonArithmetic.FloorDivide(a, b)),
            BinaryOperator.Modulo => Constant.OfFloat(PythonArithmetic.Modulo(a, b)),
            _ => Power(node.Column, left, right),
        };
    }

    private Constant Power(int column, Constant @base, Constant exponent)
    {
        if (@base.IsFloat || exponent.IsFloat || exponent.Integer.Sign < 0)
        {
            return PythonArithmetic.TryPower(Real(column, @base), Real(column, exponent), out var power)
                ? Constant.OfFloat(power)
                : throw NotReal(column);
        }

        // Estimated before it is computed: 9 ** 9 ** 9 has 370 million digits.
        var bits = BigInteger.Abs(@base.Integer).GetBitLength();
        return bits <= 1 || (exponent.Integer <= AnnealingExpression.MaxIntegerBits && (bits - 1) * (long)exponent.Integer <= AnnealingExpression.MaxIntegerBits)
            ? Constant.OfInteger(bits > 1 ? BigInteger.Pow(@base.Integer, (int)exponent.Integer) : SmallPower(@base.Integer, exponent.Integer))
            : throw TooLarge(text, column);
    }

    // The base is -1, 0 or 1, the exponent of any size.
    private static BigInteger SmallPower(BigInteger @base, BigInteger exponent) => exponent.IsEven ? (exponent.IsZero ? BigInteger.One : @base * @base) : @base;

    private static Node Logical(LogicalNode node) =>
        node.Left is NumberNode { Value: var left } ? (left.IsTrue == node.IsAnd ? node.Right : node.Left) : node;

    private static Node Choice(ConditionalNode node) =>
        node.Condition is NumberNode { Value: var condition } ? (condition.IsTrue ? node.WhenTrue : node.WhenFalse) : node;

    private static Node Chain(ComparisonNode node)
    {
        if (node.First is not NumberNode { Value: var left } || node.Links.Any(link => link.Right is not NumberNode))
        {
            return node;
        }

        var holds = true;
        foreach (var link in node.Links)
        {
            var right = ((NumberNode)link.Right).Value;
            var order = left.CompareTo(right);
            holds &= link.Operator switch
            {
                ComparisonOperator.Less => order < 0,
                ComparisonOperator.LessOrEqual => order <= 0,
                ComparisonOperator.Greater => order > 0,
                ComparisonOperator.GreaterOrEqual => order >= 0,
                ComparisonOperator.Equal => order == 0,
                _ => order != 0,
            };
            left = right;
        }

        return new NumberNode(node.Column, Constant.OfTruth(holds));
    }

    private Node Call(CallNode node)
    {
        if (node.Arguments.Any(argument => argument is not NumberNode))
        {
            return node;
        }

        Constant[] values = [.. node.Arguments.Select(argument => ((NumberNode)argument).Value)];
        return Number(node, node.Function.Function switch
        {
            MathFunction.Power => Power(node.Column, values[0], values[1]),
            MathFunction.Minimum => values.Aggregate((least, next) => next.CompareTo(least) < 0 ? next : least),
            MathFunction.Maximum => values.Aggregate((most, next) => next.CompareTo(most) > 0 ? next : most),
            MathFunction.Absolute when !values[0].IsFloat && node.Function.CanonicalName == "abs" => Constant.OfInteger(BigInteger.Abs(values[0].Integer)),
            _ when node.Function.GivesInteger && !values[0].IsFloat => values[0],
            _ => Computed(node, values),
        });
    }

    private Constant Computed(CallNode node, Constant[] values)
    {
        var first = Real(node.Column, values[0]);
        var real = values.Length == 1
            ? PythonArithmetic.TryCall(node.Function.Function, first, out var result)
            : PythonArithmetic.TryCall(node.Function.Function, first, Real(node.Column, values[1]), out result);
        return !real ? throw NotReal(node.Column) : node.Function.GivesInteger ? Constant.OfInteger(new BigInteger(result)) : Constant.OfFloat(result);
    }

    private NumberNode Number(Node origin, Constant value) => value switch
    {
        { IsFloat: true } when !double.IsFinite(value.Float) => throw NotReal(origin.Column),
        { IsFloat: false } when value.Integer.GetBitLength() > AnnealingExpression.MaxIntegerBits => throw TooLarge(text, origin.Column),
        _ => new NumberNode(origin.Column, value),
    };

    private double Real(int column, Constant value) => value.ToDouble() is var real && double.IsFinite(real) ? real : throw TooLarge(text, column);

    private ExpressionException NotReal(int column) =>
        new(text, column, "Is never a finite real number (division by zero, overflow, or outside the function's domain); x and y cannot change that.");

    private static ExpressionException TooLarge(string text, int column) =>
        new(text, column, $"The integer is too large: whole numbers have at most {AnnealingExpression.MaxIntegerBits} bits, and at most about 1.8e308 where they meet a fraction, x or y.");
}
