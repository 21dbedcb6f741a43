using Cawb.Expressions;

namespace Cawb.Foreign;

/// <summary>A function of the step that somebody gave a library: an expression, or a function of .NET.</summary>
/// <param name="Text">The expression of <c>x</c>; of a function of .NET its name and some of its values, so that two with other captured numbers differ.</param>
/// <param name="Function">What it computes.</param>
/// <param name="IsExpression">Whether the text says it all.</param>
/// <param name="HasVariable">Whether it depends on the step at all, as far as that is known.</param>
internal sealed record StepFunction(string Text, Func<double, double> Function, bool IsExpression, bool HasVariable)
{
    private static readonly double[] Samples = [0, 1, 2, 5, 10, 100, 1000];

    public static StepFunction Of(AnnealingExpression expression, bool hasVariable) =>
        new(expression.CanonicalText, step => expression.Evaluate(step, 0), IsExpression: true, hasVariable);

    public static StepFunction Of(string name, Func<double, double> function) =>
        new($"{name}({Foreign.Text.List(Samples.Select(function))})", function, IsExpression: false, HasVariable: true);

    /// <summary>The value; 0 where it is not finite.</summary>
    public double At(double step) => Function(step) is var value && double.IsFinite(value) ? value : 0;

    /// <summary>That there is no finite value at a step; empty where there is one.</summary>
    public string FaultAt(string argument, double step) => double.IsFinite(Function(step)) ? "" : $"'{argument}' has no finite value at epoch {Foreign.Text.Of(step)}; {(IsExpression ? "the expression" : "the function")} is {Text}.";
}
