namespace Cawb.Expressions;

internal enum TokenKind
{
    End,
    Number,
    Name,
    Symbol,
}

/// <summary>A word, sign or number of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Column">Where it starts, from 1.</param>
/// <param name="Text">As written; empty at the end.</param>
/// <param name="Value">The value of a number.</param>
internal readonly record struct Token(TokenKind Kind, int Column, string Text, Constant Value)
{
    /// <summary>For messages.</summary>
    public override string ToString() => Kind == TokenKind.End ? "the end" : $"'{Text}'";

    public bool Is(string text) => Kind is TokenKind.Symbol or TokenKind.Name && string.Equals(Text, text, StringComparison.Ordinal);

    /// <summary>The comparison that it stands for; none for all else.</summary>
    public ComparisonOperator? Comparison => Kind != TokenKind.Symbol ? null : Text switch
    {
        "<" => ComparisonOperator.Less,
        "<=" => ComparisonOperator.LessOrEqual,
        ">" => ComparisonOperator.Greater,
        ">=" => ComparisonOperator.GreaterOrEqual,
        "==" => ComparisonOperator.Equal,
        "!=" => ComparisonOperator.NotEqual,
        _ => null,
    };

    /// <summary>The product or quotient that it stands for; none for all else.</summary>
    public BinaryOperator? Product => Kind != TokenKind.Symbol ? null : Text switch
    {
        "*" => BinaryOperator.Multiply,
        "/" => BinaryOperator.Divide,
        "//" => BinaryOperator.FloorDivide,
        "%" => BinaryOperator.Modulo,
        _ => null,
    };
}
