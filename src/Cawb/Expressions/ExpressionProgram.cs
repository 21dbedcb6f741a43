namespace Cawb.Expressions;

/// <summary>A compiled expression: steps over a stack of doubles.</summary>
internal sealed class ExpressionProgram(Instruction[] steps, double[] constants, int stackDepth)
{
    // Deep enough for nearly every expression; a stack of constant size is cheaper to set up.
    private const int UsualDepth = 16;

    public ReadOnlySpan<Instruction> Steps => steps;

    public ReadOnlySpan<double> Constants => constants;

    /// <summary>The value; not a number where Python raises.</summary>
    public double Run(double x, double y)
    {
        var stack = stackDepth <= UsualDepth ? stackalloc double[UsualDepth] : stackalloc double[stackDepth];
        var top = -1;
        var next = 0;
        while (next < steps.Length)
        {
            var step = steps[next++];
            switch (step.Operation)
            {
                case Operation.PushX:
                    stack[++top] = x;
                    break;
                case Operation.PushY:
                    stack[++top] = y;
                    break;
                case Operation.PushConstant:
                    stack[++top] = constants[step.Operand];
                    break;
                case Operation.Negate:
                    stack[top] = -stack[top];
                    break;
                case Operation.Not:
                    stack[top] = Truth(stack[top] == 0);
                    break;
                case Operation.UnsignZero:
                    stack[top] += 0.0;
                    break;
                case Operation.Jump:
                    next = step.Operand;
                    break;
                case Operation.JumpIfFalse:
                    next = stack[top--] == 0 ? step.Operand : next;
                    break;
                case Operation.JumpIfFalseElsePop:
                case Operation.JumpIfTrueElsePop:
                    if ((stack[top] == 0) == (step.Operation == Operation.JumpIfFalseElsePop))
                    {
                        next = step.Operand;
                    }
                    else
                    {
                        top--;
                    }

                    break;
                case Operation.KeepRight:
                    (stack[top - 1], stack[top], stack[top + 1]) = (stack[top], stack[top - 1], stack[top]);
                    top++;
                    break;
                case Operation.DropSecond:
                    stack[top - 1] = stack[top];
                    top--;
                    break;
                case Operation.CallWithOne:
                    if (!PythonArithmetic.TryCall((MathFunction)step.Operand, stack[top], out stack[top]))
                    {
                        return double.NaN;
                    }

                    break;
                default:
                    top--;
                    if (!TryCombine(step, stack[top], stack[top + 1], out stack[top]))
                    {
                        return double.NaN;
                    }

                    break;
            }
        }

        return stack[0];
    }

    private static bool TryCombine(Instruction step, double a, double b, out double result)
    {
        switch (step.Operation)
        {
            case Operation.Add:
                result = a + b;
                return true;
            case Operation.Subtract:
                result = a - b;
                return true;
            case Operation.Multiply:
                result = a * b;
                return true;
            case Operation.Divide:
                result = a / b;
                return b != 0;
            case Operation.FloorDivide:
                result = PythonArithmetic.FloorDivide(a, b);
                return b != 0;
            case Operation.Modulo:
                result = PythonArithmetic.Modulo(a, b);
                return b != 0;
            case Operation.Power:
                return PythonArithmetic.TryPower(a, b, out result);
            case Operation.CallWithTwo:
                return PythonArithmetic.TryCall((MathFunction)step.Operand, a, b, out result);
            default:
                result = Truth(step.Operation switch
                {
                    Operation.Less => a < b,
                    Operation.LessOrEqual => a <= b,
                    Operation.Greater => a > b,
                    Operation.GreaterOrEqual => a >= b,
                    Operation.Equal => a == b,
                    Operation.NotEqual => a != b,
                    _ => throw new InvalidOperationException($"Unknown step {step.Operation}."),
                });
                return true;
        }
    }

    private static double Truth(bool value) => value ? 1 : 0;
}
