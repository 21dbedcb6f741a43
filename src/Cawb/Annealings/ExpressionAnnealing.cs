using Cawb.Expressions;

namespace Cawb;

/// <summary>A formula of x and y in Python's syntax. Made by <see cref="Annealing.Expression"/>; the text form writes it as a plain text.</summary>
internal sealed record ExpressionAnnealing : Annealing
{
    internal ExpressionAnnealing(string text) => Formula = AnnealingExpression.Parse(text);

    /// <summary>The compiled formula.</summary>
    public AnnealingExpression Formula { get; }

    internal override ObjectFormat<Annealing>? Format => null;

    internal override bool IsProven => false;

    internal override Annealing Stretched(double factor) => Homogeneity.IsOfRatios(Formula.CanonicalText)
        ? this
        : new ExpressionAnnealing(SymbolText.Replaced(Formula.CanonicalText, name => name is "x" or "y" ? $"({name} / {Require.Text(factor)})" : name));

    /// <inheritdoc/>
    public override double FactorAt(double x, double y) => Formula.Evaluate(x, y);
}
