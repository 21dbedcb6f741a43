namespace Cawb;

/// <summary>
/// The shape of a segment: the factor at <c>x</c> epochs into a curve that is <c>y</c> epochs long. The author of CAWB calls it <c>lf</c>.
/// </summary>
/// <remarks>Made by the factories here; immutable, compared by parameters.</remarks>
public abstract record Annealing
{
    private protected Annealing()
    {
    }

    internal abstract ObjectFormat<Annealing>? Format { get; }

    /// <summary>Whether the factor is known to be finite and never negative for every 0 &lt;= x &lt;= y, so that samples need not be checked.</summary>
    internal virtual bool IsProven => true;

    /// <summary>The function g with <c>g(x * factor, y * factor) = f(x, y)</c>: itself where it is a function of x / y.</summary>
    internal virtual Annealing Stretched(double factor) => this;

    /// <summary>The factor at <paramref name="x"/> epochs into a curve of <paramref name="y"/> epochs.</summary>
    /// <param name="x">0 at the start of the curve, <paramref name="y"/> at its end.</param>
    /// <param name="y">Length of the curve in epochs, above 0.</param>
    public abstract double FactorAt(double x, double y);

    /// <summary><c>((1 + cos(pi x / y)) / 2)^power * scale + offset</c>: half a cosine from scale + offset down to offset.</summary>
    /// <param name="power">Above 0; 1 is the plain cosine.</param>
    /// <param name="scale">Height of the curve; may be negative for a rise, but not below -<paramref name="offset"/>.</param>
    /// <param name="offset">The floor, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public static Annealing Cosine(double power = 1, double scale = 1, double offset = 0) => new CosineAnnealing(power, scale, offset);

    /// <summary>Half a cosine from 1 down to <paramref name="minFactor"/>, the formula that the author's class uses when it is given no <c>lf</c>.</summary>
    /// <param name="minFactor">The author's <c>eta_min</c>, between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not between 0 and 1.</exception>
    public static Annealing CosineTo(double minFactor) => new CosineAnnealing(1, 1 - Require.Factor(minFactor), minFactor);

    /// <summary><c>(1 - x / y) * scale + offset</c>.</summary>
    /// <param name="scale">Height of the curve; not below -<paramref name="offset"/>.</param>
    /// <param name="offset">The floor, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public static Annealing Linear(double scale = 1, double offset = 0) => new LinearAnnealing(scale, offset);

    /// <summary><c>(1 - x / y)^power * scale + offset</c>.</summary>
    /// <param name="power">Above 0.</param>
    /// <param name="scale">Height of the curve; not below -<paramref name="offset"/>.</param>
    /// <param name="offset">The floor, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public static Annealing Polynomial(double power, double scale = 1, double offset = 0) => new PolynomialAnnealing(power, scale, offset);

    /// <summary><c>ratio^(x / y) * scale + offset</c>.</summary>
    /// <param name="ratio">The factor that the whole curve covers, above 0; 0.1 falls to a tenth.</param>
    /// <param name="scale">Height of the curve at its start, 0 or above.</param>
    /// <param name="offset">What is added, 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    public static Annealing Exponential(double ratio, double scale = 1, double offset = 0) => new ExponentialAnnealing(ratio, scale, offset);

    /// <summary>A formula of x and y in Python's syntax, such as the author's <c>(((1 + math.cos(x * math.pi / y)) / 2) ** 1.0) * 0.65 + 0.35</c>.</summary>
    /// <param name="text">The formula; <see cref="Expressions.AnnealingExpression"/> describes the language.</param>
    /// <exception cref="Expressions.ExpressionException">The text is no formula of x and y; the message has the column.</exception>
    public static Annealing Expression(string text) => new ExpressionAnnealing(Require.NotNull(text));

    /// <summary>A function of one's own. It has no text form: a schedule that is written to a file uses an expression instead.</summary>
    /// <param name="name">What messages and fingerprints call the function; two functions of the same name count as the same.</param>
    /// <param name="function">The factor from x and y, pure, finite and not negative for 0 &lt;= x &lt;= y.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static Annealing FromFunction(string name, Func<double, double, double> function) => new FunctionAnnealing(name, function);
}
