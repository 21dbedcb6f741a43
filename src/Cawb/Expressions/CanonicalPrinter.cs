using System.Text;

namespace Cawb.Expressions;

/// <summary>Prints an expression with the fewest parentheses, one blank around operators of two operands, decimal numbers, and <c>math.</c> before the names of that module.</summary>
internal static class CanonicalPrinter
{
    // How tightly a node binds, loosest first, as in Python's grammar.
    private const int Ternary = 0;
    private const int Or = 1;
    private const int And = 2;
    private const int Not = 3;
    private const int Compare = 4;
    private const int Sum = 5;
    private const int Product = 6;
    private const int Sign = 7;
    private const int Power = 8;
    private const int Atom = 9;

    public static string Print(Node node)
    {
        var text = new StringBuilder();
        Print(node, Ternary, text);
        return text.ToString();
    }

    private static void Print(Node node, int weakest, StringBuilder text)
    {
        var binding = Binding(node);
        if (binding < weakest)
        {
            text.Append('(');
        }

        PrintBare(node, binding, text);
        if (binding < weakest)
        {
            text.Append(')');
        }
    }

    private static void PrintBare(Node node, int binding, StringBuilder text)
    {
        switch (node)
        {
            case NumberNode number:
                text.Append(number.Value.ToString());
                break;
            case NamedConstantNode named:
                text.Append(named.CanonicalName);
                break;
            case VariableNode variable:
                text.Append(variable.IsX ? 'x' : 'y');
                break;
            case UnaryNode unary:
                text.Append(unary.Operator switch { UnaryOperator.Plus => "+", UnaryOperator.Minus => "-", _ => "not " });
                Print(unary.Operand, binding, text);
                break;
            case BinaryNode { Operator: BinaryOperator.Power } power:
                Infix(power.Left, Atom, " ** ", power.Right, Sign, text);
                break;
            case BinaryNode binary:
                Infix(binary.Left, binding, Symbol(binary.Operator), binary.Right, binding + 1, text);
                break;
            case LogicalNode logical:
                Infix(logical.Left, binding, logical.IsAnd ? " and " : " or ", logical.Right, binding + 1, text);
                break;
            case ConditionalNode choice:
                Infix(choice.WhenTrue, Or, " if ", choice.Condition, Or, text);
                text.Append(" else ");
                Print(choice.WhenFalse, Ternary, text);
                break;
            case ComparisonNode chain:
                Print(chain.First, Sum, text);
                foreach (var link in chain.Links)
                {
                    text.Append(Symbol(link.Operator));
                    Print(link.Right, Sum, text);
                }

                break;
            case CallNode call:
                Call(call, text);
                break;
            default:
                throw new InvalidOperationException($"No form is known for {node.GetType().Name}.");
        }
    }

    private static void Infix(Node left, int weakestLeft, string symbol, Node right, int weakestRight, StringBuilder text)
    {
        Print(left, weakestLeft, text);
        text.Append(symbol);
        Print(right, weakestRight, text);
    }

    private static void Call(CallNode call, StringBuilder text)
    {
        text.Append(call.Function.CanonicalName).Append('(');
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            text.Append(i == 0 ? "" : ", ");
            Print(call.Arguments[i], Ternary, text);
        }

        text.Append(')');
    }

    private static int Binding(Node node) => node switch
    {
        ConditionalNode => Ternary,
        LogicalNode { IsAnd: false } => Or,
        LogicalNode => And,
        UnaryNode { Operator: UnaryOperator.Not } => Not,
        ComparisonNode => Compare,
        BinaryNode { Operator: BinaryOperator.Add or BinaryOperator.Subtract } => Sum,
        BinaryNode { Operator: BinaryOperator.Power } => Power,
        BinaryNode => Product,
        UnaryNode => Sign,
        _ => Atom,
    };

    private static string Symbol(BinaryOperator kind) => kind switch
    {
        BinaryOperator.Add => " + ",
        BinaryOperator.Subtract => " - ",
        BinaryOperator.Multiply => " * ",
        BinaryOperator.Divide => " / ",
        BinaryOperator.FloorDivide => " // ",
        BinaryOperator.Modulo => " % ",
        _ => " ** ",
    };

    private static string Symbol(ComparisonOperator kind) => kind switch
    {
        ComparisonOperator.Less => " < ",
        ComparisonOperator.LessOrEqual => " <= ",
        ComparisonOperator.Greater => " > ",
        ComparisonOperator.GreaterOrEqual => " >= ",
        ComparisonOperator.Equal => " == ",
        _ => " != ",
    };
}
