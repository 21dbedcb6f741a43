namespace Cawb;

/// <summary>A function given as a delegate. Made by <see cref="Annealing.FromFunction"/>; has no text form.</summary>
/// <remarks>Equal to another one with the same name: delegates cannot be compared by what they compute.</remarks>
internal sealed record FunctionAnnealing : Annealing
{
    private readonly Func<double, double, double> function;

    internal FunctionAnnealing(string name, Func<double, double, double> function)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
        this.function = Require.NotNull(function);
    }

    /// <summary>What messages and fingerprints call the function.</summary>
    public string Name { get; }

    internal override ObjectFormat<Annealing>? Format => null;

    internal override bool IsProven => false;

    internal override Annealing Stretched(double factor) =>
        new FunctionAnnealing($"{Name}(x / {Require.Text(factor)}, y / {Require.Text(factor)})", (x, y) => function(x / factor, y / factor));

    /// <inheritdoc/>
    public override double FactorAt(double x, double y) => function(x, y);

    /// <inheritdoc/>
    public bool Equals(FunctionAnnealing? other) => other is not null && Name == other.Name;

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}
