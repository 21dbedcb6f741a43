namespace Cawb.Expressions;

internal enum Operation : byte
{
    PushX,
    PushY,

    /// <summary>Pushes the constant with the operand as index.</summary>
    PushConstant,
    Negate,
    Not,

    /// <summary>Takes the sign off a zero: Python's ints have none.</summary>
    UnsignZero,
    Add,
    Subtract,
    Multiply,
    Divide,
    FloorDivide,
    Modulo,
    Power,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Equal,
    NotEqual,

    /// <summary>Calls the <see cref="MathFunction"/> in the operand with one value.</summary>
    CallWithOne,

    /// <summary>Calls the <see cref="MathFunction"/> in the operand with two values.</summary>
    CallWithTwo,

    /// <summary>Goes to the operand.</summary>
    Jump,

    /// <summary>Pops; goes to the operand if it was zero.</summary>
    JumpIfFalse,

    /// <summary>Goes to the operand if the top is zero, else pops it.</summary>
    JumpIfFalseElsePop,

    /// <summary>Goes to the operand if the top is not zero, else pops it.</summary>
    JumpIfTrueElsePop,

    /// <summary>Swaps the two on top and puts a copy of the new second one above: (a b) becomes (b a b).</summary>
    KeepRight,

    /// <summary>Drops the second from the top.</summary>
    DropSecond,
}

/// <summary>One step of a compiled expression.</summary>
internal readonly record struct Instruction(Operation Operation, int Operand);
