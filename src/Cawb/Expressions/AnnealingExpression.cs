namespace Cawb.Expressions;

/// <summary>
/// An annealing function written as a formula of x and y in Python's syntax, for example <c>(((1 + math.cos(x * math.pi / y)) / 2) ** 1.0) * 0.65 + 0.35</c>.
/// </summary>
/// <remarks>
/// <para><b>The language</b> is a part of Python's: numbers (<c>1_000</c>, <c>.5</c>, <c>1e-3</c>, <c>0x1f</c>), <c>+ - * / // % **</c>, parentheses, <c>&lt; &lt;= &gt; &gt;= == !=</c> (chained as
/// in Python), <c>and or not</c> (giving one of their operands), <c>a if condition else b</c>; the variables <c>x</c> (epochs into the curve) and <c>y</c> (length of the
/// curve); <c>pi e tau True False</c>; the built-in functions <c>abs float int max min pow round</c> (of one argument); and of the module math, with or without
/// <c>math.</c>: <c>acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh degrees exp exp2 expm1 fabs floor fmod hypot log log10 log1p log2 pow radians remainder sin
/// sinh sqrt tan tanh trunc</c>. A bare <c>pow</c> is the built-in one. Precedence is Python's: <c>-2 ** 2</c> is -4, <c>2 ** -1</c> is 0.5, <c>7 % -3</c> is -2. Nothing that Python
/// refuses to read is accepted; blanks in front are allowed, as by Python's <c>eval</c>.</para>
/// <para><b>Values</b> are Python's for x and y of type float. Parts without x and y are computed once, ints exactly (<c>2 ** 60 + 1 - 2 ** 60</c> is 1) with at most <see cref="MaxIntegerBits"/>
/// bits; ints that depend on x or y (<c>floor(x)</c>, <c>x &gt; 2</c>) are doubles, exact up to 2^53. Comparing x or y with an int that has no exact double is refused. Arithmetic is exact
/// to the bit; functions come from the platform's mathematical library and are within 2 units in the last place of Python's.</para>
/// <para><b>Where Python raises</b> (division by zero, overflow, outside a domain) or leaves the real numbers (<c>(-1) ** 0.5</c>): a part without x and y is refused by <see cref="Parse"/>, even
/// where no value of x and y reaches it; otherwise <see cref="Evaluate"/> gives not-a-number, whatever stands around that part.</para>
/// <para><b>Limits</b>: <see cref="MaxTextLength"/>, <see cref="MaxParts"/>, <see cref="MaxNesting"/>, <see cref="MaxIntegerBits"/>. Two expressions are equal when their canonical texts are.</para>
/// </remarks>
public sealed class AnnealingExpression : IEquatable<AnnealingExpression>
{
    /// <summary>Most characters, as given and in canonical form.</summary>
    public const int MaxTextLength = 4096;

    /// <summary>Most numbers, names and operators together.</summary>
    public const int MaxParts = 1000;

    /// <summary>Deepest nesting of parentheses, calls, signs, powers to the right, <c>not</c> and <c>else</c>.</summary>
    public const int MaxNesting = 64;

    /// <summary>Most bits of an integer, in the text or on the way to a value.</summary>
    public const int MaxIntegerBits = 4096;

    private readonly ExpressionProgram program;

    private AnnealingExpression(string canonicalText, ExpressionProgram program)
    {
        CanonicalText = canonicalText;
        this.program = program;
    }

    /// <summary>
    /// The expression with the fewest parentheses, one blank around operators, and <c>math.</c> before the names of that module: valid Python, and read by <see cref="Parse"/> to the same program.
    /// </summary>
    public string CanonicalText { get; }

    /// <summary>The steps and numbers it was compiled to.</summary>
    internal ExpressionProgram Program => program;

    /// <summary>Reads and compiles an expression.</summary>
    /// <param name="text">One expression of the language that the remarks of this type describe, without <c>lambda x, y:</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ExpressionException">The text is not in the language, exceeds a limit, or has a part without x and y that is no finite real number.</exception>
    public static AnnealingExpression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxTextLength)
        {
            throw new ExpressionException(text, MaxTextLength + 1, $"Has {text.Length} characters; at most {MaxTextLength} are allowed.");
        }

        var root = ExpressionParser.Parse(text);
        var canonical = CanonicalPrinter.Print(root);
        if (canonical.Length > MaxTextLength)
        {
            throw new ExpressionException(text, 1, $"Has {canonical.Length} characters when it is written out in full; at most {MaxTextLength} are allowed.");
        }

        return new(canonical, ProgramCompiler.Compile(text, ConstantFolder.Fold(text, root)));
    }

    /// <summary>The value for a moment of the curve. Allocates nothing; may run on several threads at once.</summary>
    /// <param name="x">Epochs into the curve.</param>
    /// <param name="y">Length of the curve in epochs.</param>
    /// <returns>The value, which may be negative or infinite; not-a-number where Python raises an exception or leaves the real numbers.</returns>
    public double Evaluate(double x, double y) => program.Run(x, y);

    /// <inheritdoc/>
    public bool Equals(AnnealingExpression? other) => other is not null && string.Equals(CanonicalText, other.CanonicalText, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AnnealingExpression);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(CanonicalText, StringComparison.Ordinal);

    /// <summary>The canonical text.</summary>
    public override string ToString() => CanonicalText;
}
