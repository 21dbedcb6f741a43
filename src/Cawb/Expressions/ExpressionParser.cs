namespace Cawb.Expressions;

/// <summary>Reads an expression by Python's grammar: a ternary, or, and, not, comparisons, sums, products, signs, powers, and the atoms.</summary>
internal sealed class ExpressionParser
{
    private readonly string _text;
    private readonly ExpressionScanner _scanner;
    private Token _token;
    private int _nesting;
    private int _nodes;

    private ExpressionParser(string text)
    {
        _text = text;
        _scanner = new(text);
        _token = _scanner.Next();
    }

    /// <exception cref="ExpressionException">The text is not in the language or beyond its limits.</exception>
    public static Node Parse(string text)
    {
        var parser = new ExpressionParser(text);
        if (parser._token.Kind == TokenKind.End)
        {
            throw parser.Refuse("The expression is empty; write a factor as a function of x and y, for example 1 - x / y.");
        }

        var node = parser.Ternary();
        if (parser._token.Kind != TokenKind.End)
        {
            throw parser.Refuse(parser._token.Is(")")
                ? "')' closes a parenthesis that was never opened."
                : $"Expected an operator or the end; found {parser._token}.");
        }

        return node;
    }

    private Node Ternary()
    {
        Enter();
        var node = Or();
        if (_token.Is("if"))
        {
            int column = Take();
            var condition = Or();
            if (!_token.Is("else"))
            {
                throw Refuse($"Expected 'else' (a choice is 'a if condition else b'); found {_token}.");
            }

            Take();
            node = Counted(new ConditionalNode(column, node, condition, Ternary()));
        }

        _nesting--;
        return node;
    }

    private Node Or()
    {
        var left = And();
        while (_token.Is("or"))
        {
            left = Counted(new LogicalNode(Take(), false, left, And()));
        }

        return left;
    }

    private Node And()
    {
        var left = Not();
        while (_token.Is("and"))
        {
            left = Counted(new LogicalNode(Take(), true, left, Not()));
        }

        return left;
    }

    private Node Not()
    {
        if (!_token.Is("not"))
        {
            return Chain();
        }

        Enter();
        var node = Counted(new UnaryNode(Take(), UnaryOperator.Not, Not()));
        _nesting--;
        return node;
    }

    private Node Chain()
    {
        var first = Sum();
        List<Comparison>? links = null;
        while (ComparisonOf(_token) is { } comparison)
        {
            int column = Take();
            (links ??= []).Add(new(column, comparison, Sum()));
            Count();
        }

        return links is null ? first : new ComparisonNode(links[0].Column, first, links);
    }

    private Node Sum()
    {
        var left = Product();
        while (_token.Is("+") || _token.Is("-"))
        {
            var kind = _token.Is("+") ? BinaryOperator.Add : BinaryOperator.Subtract;
            left = Counted(new BinaryNode(Take(), kind, left, Product()));
        }

        return left;
    }

    private Node Product()
    {
        var left = Signed();
        while (ProductOf(_token) is { } kind)
        {
            left = Counted(new BinaryNode(Take(), kind, left, Signed()));
        }

        return left;
    }

    private Node Signed()
    {
        if (!_token.Is("+") && !_token.Is("-"))
        {
            return Power();
        }

        Enter();
        var kind = _token.Is("+") ? UnaryOperator.Plus : UnaryOperator.Minus;
        var node = Counted(new UnaryNode(Take(), kind, Signed()));
        _nesting--;
        return node;
    }

    // Binds tighter than a sign on its left and looser than one on its right: -2 ** -x is -(2 ** (-x)).
    private Node Power()
    {
        var @base = Atom();
        if (!_token.Is("**"))
        {
            return @base;
        }

        Enter();
        var node = Counted(new BinaryNode(Take(), BinaryOperator.Power, @base, Signed()));
        _nesting--;
        return node;
    }

    private Node Atom()
    {
        Count();
        var token = _token;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Take();
                return ConstantFolder.Checked(_text, new NumberNode(token.Column, token.Value));
            case TokenKind.Name when !KnownNames.IsReserved(token.Text):
                Take();
                return Named(token);
            case TokenKind.Symbol when token.Is("("):
                Take();
                var inner = Ternary();
                Expect(")", _token.Is(",") ? "Expected ')'; found ',' (a list of values is not allowed here)." : $"Expected ')' or an operator; found {_token}.");
                return inner;
            default:
                throw Refuse($"Expected a number, a name or '('; found {token}.{KnownNames.ReservedAdvice(token)}");
        }
    }

    private Node Named(Token name)
    {
        bool prefixed = _token.Is(".") && name.Text == "math";
        if (prefixed)
        {
            Take();
            if (_token.Kind != TokenKind.Name)
            {
                throw Refuse($"Expected a name of the module math, such as math.cos; found {_token}.");
            }

            name = _token with { Column = name.Column };
            Take();
        }

        if (!prefixed && name.Text == "math")
        {
            throw Refuse($"Expected '.' and a name of the module math, such as math.cos; found {_token}.");
        }

        if (KnownNames.Function(name.Text, prefixed) is { } function)
        {
            return Call(name, function);
        }

        Node? node = !prefixed && name.Text is ("x" or "y") ? new VariableNode(name.Column, name.Text == "x") : KnownNames.Constant(name.Column, name.Text, prefixed);
        if (node is null)
        {
            throw Unknown(name, prefixed);
        }

        return _token.Is("(") ? throw Refuse($"{name} is a number, not a function; write {name.Text} * (...) for a product.") : node;
    }

    private CallNode Call(Token name, FunctionSignature function)
    {
        if (!_token.Is("("))
        {
            throw Refuse($"{name} is a function and needs its argument in parentheses; found {_token}.");
        }

        Take();
        List<Node> arguments = [];
        while (!_token.Is(")"))
        {
            arguments.Add(Ternary());
            if (!_token.Is(","))
            {
                break;
            }

            Take();
        }

        Expect(")", $"Expected ',' or ')' in the call of {name}; found {_token}.");
        if (arguments.Count < function.MinArguments || arguments.Count > function.MaxArguments)
        {
            string allowed = function.MaxArguments == function.MinArguments ? $"{function.MinArguments}"
                : function.MaxArguments == int.MaxValue ? $"{function.MinArguments} or more" : $"{function.MinArguments} or {function.MaxArguments}";
            throw new ExpressionException(_text, name.Column, $"{name} takes {allowed} argument{(allowed == "1" ? "" : "s")}; got {arguments.Count}.");
        }

        return new(name.Column, function, arguments);
    }

    private ExpressionException Unknown(Token name, bool prefixed)
    {
        string advice = KnownNames.Nearest(name.Text, prefixed) is { } near ? $" did you mean '{near}'?" : "";
        return new(_text, name.Column, $"'{(prefixed ? "math." : "")}{name.Text}' is not a known name;{advice} {KnownNames.Summary}");
    }

    private void Expect(string symbol, string problem)
    {
        if (!_token.Is(symbol))
        {
            throw Refuse(problem);
        }

        Take();
    }

    private int Take()
    {
        int column = _token.Column;
        _token = _scanner.Next();
        return column;
    }

    private void Enter()
    {
        if (++_nesting > AnnealingExpression.MaxNesting)
        {
            throw Refuse($"Nested more than {AnnealingExpression.MaxNesting} deep; split the expression or simplify it.");
        }
    }

    private Node Counted(Node node)
    {
        Count();
        return node;
    }

    private void Count()
    {
        if (++_nodes > AnnealingExpression.MaxParts)
        {
            throw Refuse($"Has more than {AnnealingExpression.MaxParts} numbers, names and operators; simplify it.");
        }
    }

    private ExpressionException Refuse(string problem) => new(_text, _token.Column, problem);

    private static ComparisonOperator? ComparisonOf(Token token) => token.Kind != TokenKind.Symbol ? null : token.Text switch
    {
        "<" => ComparisonOperator.Less,
        "<=" => ComparisonOperator.LessOrEqual,
        ">" => ComparisonOperator.Greater,
        ">=" => ComparisonOperator.GreaterOrEqual,
        "==" => ComparisonOperator.Equal,
        "!=" => ComparisonOperator.NotEqual,
        _ => null,
    };

    private static BinaryOperator? ProductOf(Token token) => token.Kind != TokenKind.Symbol ? null : token.Text switch
    {
        "*" => BinaryOperator.Multiply,
        "/" => BinaryOperator.Divide,
        "//" => BinaryOperator.FloorDivide,
        "%" => BinaryOperator.Modulo,
        _ => null,
    };
}
