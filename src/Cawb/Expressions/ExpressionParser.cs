namespace Cawb.Expressions;

/// <summary>Reads an expression by Python's grammar: a ternary, or, and, not, comparisons, sums, products, signs, powers, and the atoms.</summary>
internal sealed partial class ExpressionParser
{
    private readonly TokenReader tokens;

    private ExpressionParser(string text) => tokens = new(text);

    /// <exception cref="ExpressionException">The text is not in the language or beyond its limits.</exception>
    public static Node Parse(string text)
    {
        var parser = new ExpressionParser(text);
        if (parser.tokens.Current.Kind == TokenKind.End)
        {
            throw parser.tokens.Refuse("The expression is empty; write a factor as a function of x and y, for example 1 - x / y.");
        }

        var node = parser.Ternary();
        if (parser.tokens.Current.Kind != TokenKind.End)
        {
            throw parser.tokens.Refuse(parser.tokens.Current.Is(")")
                ? "')' closes a parenthesis that was never opened."
                : $"Expected an operator or the end; found {parser.tokens.Current}.");
        }

        return node;
    }

    private Node Ternary()
    {
        tokens.Enter();
        var node = Or();
        if (tokens.Current.Is("if"))
        {
            var column = tokens.Take();
            var condition = Or();
            if (!tokens.Current.Is("else"))
            {
                throw tokens.Refuse($"Expected 'else' (a choice is 'a if condition else b'); found {tokens.Current}.");
            }

            tokens.Take();
            node = Counted(new ConditionalNode(column, node, condition, Ternary()));
        }

        tokens.Leave();
        return node;
    }

    private Node Or()
    {
        var left = And();
        while (tokens.Current.Is("or"))
        {
            left = Counted(new LogicalNode(tokens.Take(), false, left, And()));
        }

        return left;
    }

    private Node And()
    {
        var left = Not();
        while (tokens.Current.Is("and"))
        {
            left = Counted(new LogicalNode(tokens.Take(), true, left, Not()));
        }

        return left;
    }

    private Node Not()
    {
        if (!tokens.Current.Is("not"))
        {
            return Chain();
        }

        tokens.Enter();
        var node = Counted(new UnaryNode(tokens.Take(), UnaryOperator.Not, Not()));
        tokens.Leave();
        return node;
    }

    private Node Chain()
    {
        var first = Sum();
        List<Comparison>? links = null;
        while (tokens.Current.Comparison is { } comparison)
        {
            var column = tokens.Take();
            (links ??= []).Add(new(column, comparison, Sum()));
            tokens.Count();
        }

        return links is null ? first : new ComparisonNode(links[0].Column, first, links);
    }

    private Node Sum()
    {
        var left = Product();
        while (tokens.Current.Is("+") || tokens.Current.Is("-"))
        {
            var kind = tokens.Current.Is("+") ? BinaryOperator.Add : BinaryOperator.Subtract;
            left = Counted(new BinaryNode(tokens.Take(), kind, left, Product()));
        }

        return left;
    }

    private Node Product()
    {
        var left = Signed();
        while (tokens.Current.Product is { } kind)
        {
            left = Counted(new BinaryNode(tokens.Take(), kind, left, Signed()));
        }

        return left;
    }

    private Node Signed()
    {
        if (!tokens.Current.Is("+") && !tokens.Current.Is("-"))
        {
            return Power();
        }

        tokens.Enter();
        var kind = tokens.Current.Is("+") ? UnaryOperator.Plus : UnaryOperator.Minus;
        var node = Counted(new UnaryNode(tokens.Take(), kind, Signed()));
        tokens.Leave();
        return node;
    }

    // Binds tighter than a sign on its left and looser than one on its right: -2 ** -x is -(2 ** (-x)).
    private Node Power()
    {
        var @base = Atom();
        if (!tokens.Current.Is("**"))
        {
            return @base;
        }

        tokens.Enter();
        var node = Counted(new BinaryNode(tokens.Take(), BinaryOperator.Power, @base, Signed()));
        tokens.Leave();
        return node;
    }

    private Node Counted(Node node)
    {
        tokens.Count();
        return node;
    }
}
