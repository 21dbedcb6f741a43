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
}
