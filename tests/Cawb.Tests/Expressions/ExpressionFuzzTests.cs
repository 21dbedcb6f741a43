using Cawb.Expressions;

namespace Cawb.Tests.Expressions;

public sealed class ExpressionFuzzTests
{
    private const string Letters = "()()()+-*/%<>=!.,_0123456789eExyxyobXifnotadrlsmhc \t\n\r\\:;&|^~@[]{}#'\"\0\u00e9\u00a0\ud83dJj";

    private static readonly string[] Words =
    [
        "x", "y", "(", ")", "(", ")", "+", "-", "*", "/", "//", "%", "**", "<", "<=", "==", "!=", " if ", " else ", " and ", " or ", "not ", "math.", "cos(", "exp(", "max(", "pow(", "pi", "1", "0",
        "2.5", "1e9", "1e308", ".5", "0x1F", "1_0", "99999999999999999999", ",", " ", "lambda ", "None", "True", " is ", " in ", "\n",
    ];

    [Fact]
    public void Neither_crashes_nor_accepts_what_Python_refuses_on_100_000_random_and_mutated_texts()
    {
        string[] sources = [.. ExpressionReference.Values().Select(value => value.Text).Distinct()];
        var draws = new SplitMix(20240607);
        List<string> accepted = [];
        for (var i = 0; i < 100_000; i++)
        {
            var text = (i % 4) switch
            {
                0 => Random(draws),
                1 => string.Concat(Enumerable.Range(0, 1 + draws.Below(14)).Select(_ => Words[draws.Below(Words.Length)])),
                _ => Mutated(sources[draws.Below(sources.Length)], draws),
            };
            try
            {
                var expression = AnnealingExpression.Parse(text);
                _ = expression.Evaluate(draws.Below(100) * 0.37, draws.Below(40) * 1.1);
                Assert.Equal(expression, AnnealingExpression.Parse(expression.CanonicalText));
                accepted.Add(text);
            }
            catch (ExpressionException refusal)
            {
                Assert.InRange(refusal.Column, 1, text.Length + 1);
            }
        }

        Assert.NotEmpty(accepted);
        if (PythonProcess.IsPresent)
        {
            var verdicts = PythonProcess.Ask("--check", accepted);
            Assert.Equal(accepted.Count, verdicts.Length);
            Assert.Empty(accepted.Where((_, i) => verdicts[i] != "1"));
        }
    }

    [Theory]
    [InlineData("(", "x", ")")]
    [InlineData("-", "x", "")]
    [InlineData("not ", "x", "")]
    [InlineData("cos(", "x", ")")]
    [InlineData("x ** ", "x", "")]
    [InlineData("x if y else ", "x", "")]
    [InlineData("x + ", "x", "")]
    [InlineData("x < ", "x", "")]
    [InlineData("max(x, ", "x", ")")]
    public void Refuses_endless_nesting_and_length_instead_of_overflowing_the_stack(string before, string core, string after)
    {
        var deep = string.Concat(Enumerable.Repeat(before, 100_000)) + core + string.Concat(Enumerable.Repeat(after, 100_000));
        Assert.Throws<ExpressionException>(() => AnnealingExpression.Parse(deep));
        var fits = deep[..(AnnealingExpression.MaxTextLength / before.Length * before.Length)];
        Assert.Throws<ExpressionException>(() => AnnealingExpression.Parse(fits));
    }

    private static string Random(SplitMix draws) => string.Concat(Enumerable.Range(0, draws.Below(30)).Select(_ => Letters[draws.Below(Letters.Length)]));

    private static string Mutated(string source, SplitMix draws)
    {
        var text = source;
        for (var edits = 1 + draws.Below(3); edits > 0; edits--)
        {
            var at = draws.Below(text.Length + 1);
            var length = Math.Min(draws.Below(4), text.Length - at);
            var inserted = draws.Below(3) switch { 0 => "", 1 => Words[draws.Below(Words.Length)], _ => Letters[draws.Below(Letters.Length)].ToString() };
            text = string.Concat(text.AsSpan(0, at), inserted, text.AsSpan(at + length));
        }

        return text;
    }

    private sealed class SplitMix(ulong state)
    {
        private ulong _state = state;

        public int Below(int limit)
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)limit);
        }
    }
}
