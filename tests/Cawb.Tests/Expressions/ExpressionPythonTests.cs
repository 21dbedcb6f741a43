using Cawb.Expressions;

namespace Cawb.Tests.Expressions;

public sealed class ExpressionPythonTests
{
    [Fact]
    public void Gives_the_values_of_Python_bit_for_bit_where_arithmetic_alone_decides_and_within_two_units_of_the_last_place_per_function_elsewhere()
    {
        var exact = 0;
        List<string> faults = [];
        foreach (var (text, x, y, expected, tolerance) in ExpressionReference.Values())
        {
            var actual = AnnealingExpression.Parse(text).Evaluate(x, y);
            exact += tolerance == 0 ? 1 : 0;
            var same = BitConverter.DoubleToInt64Bits(actual) == BitConverter.DoubleToInt64Bits(expected) || (double.IsNaN(actual) && double.IsNaN(expected));
            if (!same && !(tolerance > 0 && Math.Abs(actual - expected) <= tolerance))
            {
                faults.Add($"{text} at x={x:R}, y={y:R}: Python {expected:R}, here {actual:R}, allowed {tolerance:R}");
            }
        }

        Assert.True(exact > 0, "The reference file has no value that must be exact.");
        Assert.True(faults.Count == 0, $"{faults.Count} values differ:\n{string.Join('\n', faults.Take(20))}");
    }

    [Fact]
    public void Accepts_what_the_language_has_and_nothing_else()
    {
        var accepted = 0;
        List<string> faults = [];
        foreach (var (text, verdict) in ExpressionReference.Syntax())
        {
            var refusal = Refusal(text);
            accepted += refusal is null ? 1 : 0;
            if ((refusal is null) != (verdict == 2))
            {
                faults.Add($"{text}: verdict {verdict}, here {refusal ?? "accepted"}");
            }
        }

        Assert.True(accepted > 0, "The reference file has no text to accept.");
        Assert.True(faults.Count == 0, $"{faults.Count} verdicts differ:\n{string.Join('\n', faults.Take(20))}");
    }

    [Fact]
    public void Prints_a_text_that_reads_back_to_the_same_program_and_the_same_text()
    {
        foreach (var text in ExpressionReference.Values().Select(value => value.Text).Distinct())
        {
            var read = AnnealingExpression.Parse(text);
            var again = AnnealingExpression.Parse(read.CanonicalText);
            Assert.Equal(read.CanonicalText, again.CanonicalText);
            Assert.Equal(read.Program.Steps.ToArray(), again.Program.Steps.ToArray());
            Assert.Equal(read.Program.Constants.ToArray(), again.Program.Constants.ToArray());
        }
    }

    [Fact]
    public void Prints_a_text_that_Python_reads_to_the_same_tree()
    {
        Assert.SkipUnless(PythonProcess.IsPresent, "This machine has no /usr/bin/python3.");
        string[] texts = [.. ExpressionReference.Values().Select(value => value.Text).Distinct()];
        var given = PythonProcess.Ask("--tree", texts);
        var printed = PythonProcess.Ask("--tree", texts.Select(text => AnnealingExpression.Parse(text).CanonicalText));
        Assert.Equal(texts.Length, given.Length);
        Assert.Equal(given, printed);
    }

    private static string? Refusal(string text)
    {
        try
        {
            AnnealingExpression.Parse(text);
            return null;
        }
        catch (ExpressionException fault)
        {
            return fault.Message;
        }
    }
}
