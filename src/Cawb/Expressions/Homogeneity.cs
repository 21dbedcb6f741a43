namespace Cawb.Expressions;

/// <summary>How an expression grows when x and y do.</summary>
internal static class Homogeneity
{
    /// <summary>Whether the value certainly stays when x and y are multiplied by the same number, as that of a function of x / y does.</summary>
    public static bool IsOfRatios(string text) => Degree(ExpressionParser.Parse(text)) == 0;

    // The power of the common factor that the node is multiplied by; null where that is not known.
    private static int? Degree(Node node) => node switch
    {
        VariableNode => 1,
        UnaryNode { Operator: UnaryOperator.Plus or UnaryOperator.Minus } unary => Degree(unary.Operand),
        BinaryNode { Operator: BinaryOperator.Multiply } product => Degree(product.Left) + Degree(product.Right),
        BinaryNode { Operator: BinaryOperator.Divide } quotient => Degree(quotient.Left) - Degree(quotient.Right),
        BinaryNode { Operator: BinaryOperator.Add or BinaryOperator.Subtract } sum => Degree(sum.Left) == Degree(sum.Right) ? Degree(sum.Left) : null,
        _ => Parts(node).All(part => Degree(part) == 0) ? 0 : null,
    };

    private static IEnumerable<Node> Parts(Node node) => node switch
    {
        UnaryNode unary => [unary.Operand],
        BinaryNode binary => [binary.Left, binary.Right],
        LogicalNode logical => [logical.Left, logical.Right],
        ConditionalNode choice => [choice.Condition, choice.WhenTrue, choice.WhenFalse],
        ComparisonNode chain => chain.Links.Select(link => link.Right).Prepend(chain.First),
        CallNode call => call.Arguments,
        _ => [],
    };
}
