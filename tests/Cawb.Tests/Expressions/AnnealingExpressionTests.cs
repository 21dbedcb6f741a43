using Cawb.Expressions;

namespace Cawb.Tests.Expressions;

public sealed class AnnealingExpressionTests
{
    private const string Published = "(((1 + math.cos(x * math.pi / y)) / 2) ** 1.0) * 0.65 + 0.35";

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(5, 0.675)]
    [InlineData(10, 0.35)]
    public void Reads_the_published_cosine_as_it_stands(double x, double expected) =>
        Assert.Equal(expected, AnnealingExpression.Parse(Published).Evaluate(x, 10), 1e-15);

    [Theory]
    [InlineData(Published, "((1 + math.cos(x * math.pi / y)) / 2) ** 1.0 * 0.65 + 0.35")]
    [InlineData("cos(pi)", "math.cos(math.pi)")]
    [InlineData("math.pow(x,2)+pow(x,2)", "math.pow(x, 2) + pow(x, 2)")]
    [InlineData("x-(y-1)-(2)", "x - (y - 1) - 2")]
    [InlineData("(x**y)**2 ** -(x)", "(x ** y) ** 2 ** -x")]
    [InlineData("(-2)**2", "(-2) ** 2")]
    [InlineData("1_0 if(x<y)<3 else 0x1F", "10 if (x < y) < 3 else 31")]
    [InlineData("not(x)and(y or 1)", "not x and (y or 1)")]
    [InlineData("(not x) == 1", "(not x) == 1")]
    [InlineData("1e5+1e16+1.5e-7+.0001+1e22+123456789012345678.0", "100000.0 + 1e+16 + 1.5e-07 + 0.0001 + 1e+22 + 1.2345678901234568e+17")]
    [InlineData("1e37 + 1e23 + 5e-324 + 1.7976931348623157e308", "1e+37 + 1e+23 + 5e-324 + 1.7976931348623157e+308")]
    [InlineData("(x if y else 1) if x else (y if x else 2)", "(x if y else 1) if x else y if x else 2")]
    public void Prints_the_canonical_form(string text, string canonical) => Assert.Equal(canonical, AnnealingExpression.Parse(text).CanonicalText);

    [Fact]
    public void Is_equal_to_an_expression_that_differs_in_blanks_parentheses_and_prefixes_only()
    {
        var one = AnnealingExpression.Parse("cos( (x) )*2");
        var other = AnnealingExpression.Parse("math.cos(x) * 2");
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, AnnealingExpression.Parse("math.cos(x) * 2.0"));
    }

    [Theory]
    [InlineData("1 - coss(x)", 5, "'coss' is not a known name; did you mean 'cos'? Known are x, y, the constants e, pi, tau, and the functions abs, acos, ")]
    [InlineData("math.sqr(x)", 1, "'math.sqr' is not a known name; did you mean 'math.sqrt'?")]
    [InlineData("math.abs(x)", 1, "'math.abs' is not a known name; did you mean 'abs'?")]
    [InlineData("np.cos(x)", 1, "'np' is not a known name;")]
    [InlineData("X / y", 1, "'X' is not a known name; did you mean 'x'?")]
    [InlineData("x ^ 2", 3, "'^' is not allowed; a power is written with **.")]
    [InlineData("lambda x, y: x", 1, "Expected a number, a name or '('; found 'lambda'. Leave out 'lambda x, y:' and write only what follows the colon.")]
    [InlineData("(x + 1", 7, "Expected ')' or an operator; found the end.")]
    [InlineData("x + 1)", 6, "')' closes a parenthesis that was never opened.")]
    [InlineData("x y", 3, "Expected an operator or the end; found 'y'.")]
    [InlineData("", 1, "The expression is empty; write a factor as a function of x and y, for example 1 - x / y.")]
    [InlineData("007", 1, "An integer does not start with 0; write 7, or 0o7 if octal digits are meant.")]
    [InlineData("2x", 2, "'x' cannot follow the number 2 directly; put an operator or a blank between them.")]
    [InlineData("x(2)", 2, "'x' is a number, not a function; write x * (...) for a product.")]
    [InlineData("cos * 2", 5, "'cos' is a function and needs its argument in parentheses; found '*'.")]
    [InlineData("atan2(x)", 1, "'atan2' takes 2 arguments; got 1.")]
    [InlineData("x + 1 / 0", 7, "Divides by zero wherever it is evaluated.")]
    [InlineData("x + sqrt(-1)", 5, "Is never a finite real number (division by zero, overflow, or outside the function's domain); x and y cannot change that.")]
    [InlineData("9 ** 9 ** 9", 3, "The integer is too large: whole numbers have at most 4096 bits")]
    [InlineData("1e400", 1, "1e400 is too large; the largest number is about 1.8e308.")]
    [InlineData("x if y", 7, "Expected 'else' (a choice is 'a if condition else b'); found the end.")]
    public void Says_where_it_fails_what_is_allowed_and_which_name_was_near(string text, int column, string start)
    {
        var refusal = Assert.Throws<ExpressionException>(() => AnnealingExpression.Parse(text));
        Assert.Equal(column, refusal.Column);
        Assert.StartsWith(start, refusal.Problem, StringComparison.Ordinal);
        Assert.Equal($"Column {column}: {refusal.Problem}", refusal.Message);
        Assert.Equal(text, refusal.Text);
    }

    [Theory]
    [InlineData("1 / x", 0, 1)]
    [InlineData("x / 0", 1, 1)]
    [InlineData("(0 - x) ** 0.5", 4, 1)]
    [InlineData("exp(x)", 1000, 1)]
    [InlineData("1 if 1 / x > 0 else 2", 0, 1)]
    [InlineData("max(1, log(x))", 0, 1)]
    public void Gives_not_a_number_where_Python_raises_or_leaves_the_real_numbers(string text, double x, double y) =>
        Assert.Equal(double.NaN, AnnealingExpression.Parse(text).Evaluate(x, y));

    [Fact]
    public void Evaluates_only_the_branch_that_the_condition_takes() =>
        Assert.Equal(7, AnnealingExpression.Parse("7 if x == 0 else 1 / x").Evaluate(0, 1));

    [Fact]
    public void Evaluates_without_allocating()
    {
        var expression = AnnealingExpression.Parse(Published);
        var sum = expression.Evaluate(1, 2);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            sum += expression.Evaluate(i, 1000);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(double.IsFinite(sum));
    }

    [Fact]
    public void Refuses_more_than_its_limits()
    {
        Assert.Throws<ExpressionException>(() => AnnealingExpression.Parse(new string(' ', AnnealingExpression.MaxTextLength) + "x"));
        Assert.Throws<ExpressionException>(() => AnnealingExpression.Parse(string.Join('+', Enumerable.Repeat("pi", AnnealingExpression.MaxParts / 2 + 1))));
        Assert.Throws<ExpressionException>(() => AnnealingExpression.Parse(new string('(', AnnealingExpression.MaxNesting) + "x" + new string(')', AnnealingExpression.MaxNesting)));
        AnnealingExpression.Parse(new string('(', AnnealingExpression.MaxNesting - 1) + "x" + new string(')', AnnealingExpression.MaxNesting - 1));
    }

    [Fact]
    public void Refuses_null() => Assert.Throws<ArgumentNullException>(() => AnnealingExpression.Parse(null!));
}
