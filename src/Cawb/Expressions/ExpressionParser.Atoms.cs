namespace Cawb.Expressions;

/// <content>What operators join: numbers, names, calls, parentheses.</content>
internal sealed partial class ExpressionParser
{
    private Node Atom()
    {
        tokens.Count();
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                tokens.Take();
                return ConstantFolder.Checked(tokens.Text, new NumberNode(token.Column, token.Value));
            case TokenKind.Name when !KnownNames.IsReserved(token.Text):
                tokens.Take();
                return Named(token);
            case TokenKind.Symbol when token.Is("("):
                tokens.Take();
                var inner = Ternary();
                tokens.Expect(")", tokens.Current.Is(",") ? "Expected ')'; found ',' (a list of values is not allowed here)." : $"Expected ')' or an operator; found {tokens.Current}.");
                return inner;
            default:
                throw tokens.Refuse($"Expected a number, a name or '('; found {token}.{KnownNames.ReservedAdvice(token)}");
        }
    }

    private Node Named(Token name)
    {
        var prefixed = tokens.Current.Is(".") && name.Text == "math";
        if (prefixed)
        {
            tokens.Take();
            if (tokens.Current.Kind != TokenKind.Name)
            {
                throw tokens.Refuse($"Expected a name of the module math, such as math.cos; found {tokens.Current}.");
            }

            name = tokens.Current with { Column = name.Column };
            tokens.Take();
        }

        if (!prefixed && name.Text == "math")
        {
            throw tokens.Refuse($"Expected '.' and a name of the module math, such as math.cos; found {tokens.Current}.");
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

        return tokens.Current.Is("(") ? throw tokens.Refuse($"{name} is a number, not a function; write {name.Text} * (...) for a product.") : node;
    }

    private CallNode Call(Token name, FunctionSignature function)
    {
        if (!tokens.Current.Is("("))
        {
            throw tokens.Refuse($"{name} is a function and needs its argument in parentheses; found {tokens.Current}.");
        }

        tokens.Take();
        List<Node> arguments = [];
        while (!tokens.Current.Is(")"))
        {
            arguments.Add(Ternary());
            if (!tokens.Current.Is(","))
            {
                break;
            }

            tokens.Take();
        }

        tokens.Expect(")", $"Expected ',' or ')' in the call of {name}; found {tokens.Current}.");
        if (arguments.Count < function.MinArguments || arguments.Count > function.MaxArguments)
        {
            var allowed = function.MaxArguments == function.MinArguments ? $"{function.MinArguments}"
                : function.MaxArguments == int.MaxValue ? $"{function.MinArguments} or more" : $"{function.MinArguments} or {function.MaxArguments}";
            throw new ExpressionException(tokens.Text, name.Column, $"{name} takes {allowed} argument{(allowed == "1" ? "" : "s")}; got {arguments.Count}.");
        }

        return new(name.Column, function, arguments);
    }

    private ExpressionException Unknown(Token name, bool prefixed)
    {
        var advice = KnownNames.Nearest(name.Text, prefixed) is { Length: > 0 } near ? $" did you mean '{near}'?" : "";
        return new(tokens.Text, name.Column, $"'{(prefixed ? "math." : "")}{name.Text}' is not a known name;{advice} {KnownNames.Summary}");
    }
}
