namespace Cawb.Expressions;

/// <summary>A part of a parsed expression, with the column (from 1) of its operator or first character.</summary>
internal abstract record Node(int Column);

/// <summary>A number as written, or the result of a part that needs neither x nor y.</summary>
internal sealed record NumberNode(int Column, Constant Value) : Node(Column);

/// <summary>A constant with a name, which the canonical text keeps.</summary>
internal sealed record NamedConstantNode(int Column, string CanonicalName, Constant Value) : Node(Column);

/// <summary>x (epochs into the curve) or y (length of the curve).</summary>
internal sealed record VariableNode(int Column, bool IsX) : Node(Column);

internal enum UnaryOperator
{
    Plus,
    Minus,
    Not,
}

internal sealed record UnaryNode(int Column, UnaryOperator Operator, Node Operand) : Node(Column);

internal enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
}

internal sealed record BinaryNode(int Column, BinaryOperator Operator, Node Left, Node Right) : Node(Column);

internal enum ComparisonOperator
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,
}

/// <summary>One link of a chain of comparisons: the operator and what stands to its right.</summary>
internal readonly record struct Comparison(int Column, ComparisonOperator Operator, Node Right);

/// <summary><c>a &lt; b &lt; c</c>: true when every link is; b is evaluated once, and c only if the first link holds.</summary>
internal sealed record ComparisonNode(int Column, Node First, IReadOnlyList<Comparison> Links) : Node(Column);

/// <summary><c>and</c>, <c>or</c>: give one of their operands, as in Python.</summary>
internal sealed record LogicalNode(int Column, bool IsAnd, Node Left, Node Right) : Node(Column);

internal sealed record ConditionalNode(int Column, Node WhenTrue, Node Condition, Node WhenFalse) : Node(Column);

internal sealed record CallNode(int Column, FunctionSignature Function, IReadOnlyList<Node> Arguments) : Node(Column);
