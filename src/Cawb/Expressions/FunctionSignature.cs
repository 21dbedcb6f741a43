
namespace Cawb.Expressions;

internal enum MathFunction
{
    Absolute,
    Minimum,
    Maximum,
    RoundHalfToEven,
    Truncate,
    ToFloat,
    Power,
    Acos,
    Acosh,
    Asin,
    Asinh,
    Atan,
    Atan2,
    Atanh,
    Cbrt,
    Ceiling,
    CopySign,
    Cos,
    Cosh,
    Degrees,
    Exp,
    Exp2,
    Expm1,
    Floor,
    Fmod,
    Hypot,
    Log,
    Log10,
    Log1p,
    Log2,
    FloatPower,
    Radians,
    Remainder,
    Sin,
    Sinh,
    Sqrt,
    Tan,
    Tanh,
}

/// <summary>A function that an expression may call: its name in Python, and how many arguments it takes.</summary>
/// <param name="CanonicalName">The name with the prefix <c>math.</c> if Python has it in that module.</param>
/// <param name="Function">What it computes.</param>
/// <param name="MinArguments">Fewest arguments.</param>
/// <param name="MaxArguments">Most arguments; <see cref="int.MaxValue"/> for any number.</param>
/// <param name="GivesInteger">Python's result is an int, so that a zero has no sign.</param>
internal sealed record FunctionSignature(string CanonicalName, MathFunction Function, int MinArguments, int MaxArguments, bool GivesInteger)
{
    /// <summary>Functions that Python has without an import.</summary>
    public static IReadOnlyDictionary<string, FunctionSignature> BuiltIn { get; } = new Dictionary<string, FunctionSignature>(StringComparer.Ordinal)
    {
        ["abs"] = new("abs", MathFunction.Absolute, 1, 1, false),
        ["float"] = new("float", MathFunction.ToFloat, 1, 1, false),
        ["int"] = new("int", MathFunction.Truncate, 1, 1, true),
        ["max"] = new("max", MathFunction.Maximum, 2, int.MaxValue, false),
        ["min"] = new("min", MathFunction.Minimum, 2, int.MaxValue, false),
        ["pow"] = new("pow", MathFunction.Power, 2, 2, false),
        ["round"] = new("round", MathFunction.RoundHalfToEven, 1, 1, true),
    };

    /// <summary>Functions of Python's module <c>math</c>, by their names without the prefix.</summary>
    public static IReadOnlyDictionary<string, FunctionSignature> Math { get; } = new Dictionary<string, FunctionSignature>(StringComparer.Ordinal)
    {
        ["acos"] = Float("acos", MathFunction.Acos),
        ["acosh"] = Float("acosh", MathFunction.Acosh),
        ["asin"] = Float("asin", MathFunction.Asin),
        ["asinh"] = Float("asinh", MathFunction.Asinh),
        ["atan"] = Float("atan", MathFunction.Atan),
        ["atan2"] = Float("atan2", MathFunction.Atan2, 2, 2),
        ["atanh"] = Float("atanh", MathFunction.Atanh),
        ["cbrt"] = Float("cbrt", MathFunction.Cbrt),
        ["ceil"] = new("math.ceil", MathFunction.Ceiling, 1, 1, true),
        ["copysign"] = Float("copysign", MathFunction.CopySign, 2, 2),
        ["cos"] = Float("cos", MathFunction.Cos),
        ["cosh"] = Float("cosh", MathFunction.Cosh),
        ["degrees"] = Float("degrees", MathFunction.Degrees),
        ["exp"] = Float("exp", MathFunction.Exp),
        ["exp2"] = Float("exp2", MathFunction.Exp2),
        ["expm1"] = Float("expm1", MathFunction.Expm1),
        ["fabs"] = Float("fabs", MathFunction.Absolute),
        ["floor"] = new("math.floor", MathFunction.Floor, 1, 1, true),
        ["fmod"] = Float("fmod", MathFunction.Fmod, 2, 2),
        ["hypot"] = Float("hypot", MathFunction.Hypot, 2, 2),
        ["log"] = Float("log", MathFunction.Log, 1, 2),
        ["log10"] = Float("log10", MathFunction.Log10),
        ["log1p"] = Float("log1p", MathFunction.Log1p),
        ["log2"] = Float("log2", MathFunction.Log2),
        ["pow"] = Float("pow", MathFunction.FloatPower, 2, 2),
        ["radians"] = Float("radians", MathFunction.Radians),
        ["remainder"] = Float("remainder", MathFunction.Remainder, 2, 2),
        ["sin"] = Float("sin", MathFunction.Sin),
        ["sinh"] = Float("sinh", MathFunction.Sinh),
        ["sqrt"] = Float("sqrt", MathFunction.Sqrt),
        ["tan"] = Float("tan", MathFunction.Tan),
        ["tanh"] = Float("tanh", MathFunction.Tanh),
        ["trunc"] = new("math.trunc", MathFunction.Truncate, 1, 1, true),
    };

    private static FunctionSignature Float(string name, MathFunction function, int min = 1, int max = 1) => new($"math.{name}", function, min, max, false);
}
