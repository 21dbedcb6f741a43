namespace Cawb.Expressions;

/// <summary>Turns a folded expression into steps for a stack.</summary>
internal sealed class ProgramCompiler
{
    private readonly string text;
    private readonly List<Instruction> steps = [];
    private readonly List<double> constants = [];
    private int depth;
    private int deepest;

    // What Python's result is an instance of, as far as it does not depend on x and y. Either: an int or a float, by the values.
    private enum Kind
    {
        Float,
        Integer,
        Either,
    }

    private ProgramCompiler(string text) => this.text = text;

    public static ExpressionProgram Compile(string text, Node folded)
    {
        var compiler = new ProgramCompiler(text);
        compiler.Emit(folded);
        return new([.. compiler.steps], [.. compiler.constants], compiler.deepest);
    }

    private Kind Emit(Node node) => node switch
    {
        NumberNode number => Number(number),
        VariableNode variable => Variable(variable),
        UnaryNode unary => Unary(unary),
        BinaryNode binary => Binary(binary),
        LogicalNode logical => Logical(logical),
        ConditionalNode choice => Choice(choice),
        ComparisonNode chain => Chain(chain),
        CallNode call => Call(call),
        _ => throw new InvalidOperationException($"Cannot compile {node.GetType().Name}."),
    };

    private Kind Number(NumberNode node)
    {
        var value = node.Value.ToDouble();
        if (!double.IsFinite(value))
        {
            throw new ExpressionException(text, node.Column, "The integer is too large for a fraction; the largest number is about 1.8e308.");
        }

        var index = constants.FindIndex(known => BitConverter.DoubleToInt64Bits(known) == BitConverter.DoubleToInt64Bits(value));
        if (index < 0)
        {
            index = constants.Count;
            constants.Add(value);
        }

        Step(Operation.PushConstant, index, +1);
        return node.Value.IsFloat ? Kind.Float : Kind.Integer;
    }

    private Kind Variable(VariableNode node)
    {
        Step(node.IsX ? Operation.PushX : Operation.PushY, 0, +1);
        return Kind.Float;
    }

    private Kind Unary(UnaryNode node)
    {
        var kind = Emit(node.Operand);
        switch (node.Operator)
        {
            case UnaryOperator.Minus:
                Step(Operation.Negate, 0, 0);
                return Unsigned(kind);
            case UnaryOperator.Not:
                Step(Operation.Not, 0, 0);
                return Kind.Integer;
            default:
                return kind;
        }
    }

    private Kind Binary(BinaryNode node)
    {
        var left = Emit(node.Left);
        var right = Emit(node.Right);
        Step((Operation)((int)Operation.Add + (int)node.Operator), 0, -1);
        var kind = left == Kind.Integer && right == Kind.Integer ? Kind.Integer : left == Kind.Float || right == Kind.Float ? Kind.Float : Kind.Either;
        return node.Operator switch
        {
            BinaryOperator.Divide => Kind.Float,
            BinaryOperator.Power => PowerOf(kind, node.Right),
            _ => Unsigned(kind),
        };
    }

    // An int to a negative power is a float.
    private static Kind PowerOf(Kind kind, Node exponent) =>
        kind == Kind.Integer && exponent is not NumberNode { Value.Integer.Sign: >= 0 } ? Kind.Either : kind;

    private Kind Logical(LogicalNode node)
    {
        var left = Emit(node.Left);
        var jump = Step(node.IsAnd ? Operation.JumpIfFalseElsePop : Operation.JumpIfTrueElsePop, 0, -1);
        var right = Emit(node.Right);
        Land(jump);
        return Join(left, right);
    }

    private Kind Choice(ConditionalNode node)
    {
        Emit(node.Condition);
        var otherwise = Step(Operation.JumpIfFalse, 0, -1);
        var whenTrue = Emit(node.WhenTrue);
        var end = Step(Operation.Jump, 0, -1);
        Land(otherwise);
        var whenFalse = Emit(node.WhenFalse);
        Land(end);
        return Join(whenTrue, whenFalse);
    }

    private Kind Chain(ComparisonNode node)
    {
        EmitCompared(node.First);
        List<int> exits = [];
        for (var i = 0; i < node.Links.Count; i++)
        {
            var link = node.Links[i];
            EmitCompared(link.Right);
            var last = i == node.Links.Count - 1;
            if (!last)
            {
                Step(Operation.KeepRight, 0, +1);
            }

            Step((Operation)((int)Operation.Less + (int)link.Operator), 0, -1);
            if (!last)
            {
                exits.Add(Step(Operation.JumpIfFalseElsePop, 0, -1));
            }
        }

        if (exits.Count > 0)
        {
            // A link that failed leaves its right side below the 0.
            var end = Step(Operation.Jump, 0, 0);
            exits.ForEach(Land);
            Step(Operation.DropSecond, 0, 0);
            Land(end);
        }

        return Kind.Integer;
    }

    private Kind Call(CallNode node)
    {
        var function = node.Function.Function;
        var compares = function is MathFunction.Minimum or MathFunction.Maximum;
        var kind = compares ? EmitCompared(node.Arguments[0]) : Emit(node.Arguments[0]);
        if (node.Arguments.Count == 1)
        {
            Step(Operation.CallWithOne, (int)function, 0);
        }

        foreach (var argument in node.Arguments.Skip(1))
        {
            var next = compares ? EmitCompared(argument) : Emit(argument);
            kind = compares ? Join(kind, next) : function == MathFunction.Power ? PowerOf(Join(kind, next), argument) : Kind.Float;
            Step(Operation.CallWithTwo, (int)function, -1);
        }

        return node.Function.GivesInteger ? Kind.Integer : compares || node.Function.CanonicalName is "abs" or "pow" ? kind : Kind.Float;
    }

    // Python compares an int with a float exactly; here the int becomes a double first, so it must be one.
    private Kind EmitCompared(Node node)
    {
        if (node is NumberNode { Value: var value } && !value.IsExactAsDouble())
        {
            throw new ExpressionException(text, node.Column, $"The integer {value} has no exact double to compare with; write {value.ToDouble():R}.");
        }

        return Emit(node);
    }

    private Kind Unsigned(Kind kind)
    {
        if (kind == Kind.Integer)
        {
            Step(Operation.UnsignZero, 0, 0);
        }

        return kind;
    }

    private static Kind Join(Kind a, Kind b) => a == b ? a : Kind.Either;

    private int Step(Operation operation, int operand, int growth)
    {
        depth += growth;
        // KeepRight and the pushes are the only steps that grow the stack, so the depth after a step is the deepest it was in it.
        deepest = Math.Max(deepest, depth);
        steps.Add(new(operation, operand));
        return steps.Count - 1;
    }

    private void Land(int jump) => steps[jump] = steps[jump] with { Operand = steps.Count };
}
