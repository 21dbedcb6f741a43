namespace Cawb.Expressions;

/// <summary>The token that a parser stands on, and the limits of an expression's size and depth.</summary>
internal sealed class TokenReader
{
    private readonly ExpressionScanner scanner;
    private int nesting;
    private int parts;

    public TokenReader(string text)
    {
        Text = text;
        scanner = new(text);
        Current = scanner.Next();
    }

    /// <summary>The whole expression.</summary>
    public string Text { get; }

    /// <summary>The first token that nobody has taken.</summary>
    public Token Current { get; private set; }

    /// <summary>Goes on to the next token.</summary>
    /// <returns>The column of the one that was taken.</returns>
    public int Take()
    {
        var column = Current.Column;
        Current = scanner.Next();
        return column;
    }

    /// <summary>Takes a symbol that has to stand here.</summary>
    /// <exception cref="ExpressionException">Another token stands here; <paramref name="problem"/> says so.</exception>
    public void Expect(string symbol, string problem)
    {
        if (!Current.Is(symbol))
        {
            throw Refuse(problem);
        }

        Take();
    }

    /// <summary>One level deeper, until <see cref="Leave"/>.</summary>
    /// <exception cref="ExpressionException">Too deep.</exception>
    public void Enter()
    {
        if (++nesting > AnnealingExpression.MaxNesting)
        {
            throw Refuse($"Nested more than {AnnealingExpression.MaxNesting} deep; split the expression or simplify it.");
        }
    }

    public void Leave() => nesting--;

    /// <summary>One number, name or operator more.</summary>
    /// <exception cref="ExpressionException">Too many.</exception>
    public void Count()
    {
        if (++parts > AnnealingExpression.MaxParts)
        {
            throw Refuse($"Has more than {AnnealingExpression.MaxParts} numbers, names and operators; simplify it.");
        }
    }

    /// <summary>A fault at the present token.</summary>
    public ExpressionException Refuse(string problem) => new(Text, Current.Column, problem);
}
