namespace Cawb;

/// <summary>Where a curve starts or ends: a multiple of the group's base value, or a value of its own that ignores the base.</summary>
/// <remarks>The default value is <see cref="Zero"/>, which is valid.</remarks>
public readonly record struct Level
{
    private Level(double amount, bool isAbsolute) => (Amount, IsAbsolute) = (amount, isAbsolute);

    /// <summary>0 times the base.</summary>
    public static Level Zero => default;

    /// <summary>The base value itself.</summary>
    public static Level Base => new(1, isAbsolute: false);

    /// <summary>The multiple or the value; 0 or above.</summary>
    public double Amount { get; }

    /// <summary>Whether <see cref="Amount"/> is a value in the unit of the hyper-parameter instead of a multiple of the base.</summary>
    public bool IsAbsolute { get; }

    /// <summary><paramref name="factor"/> times the base value.</summary>
    /// <param name="factor">0 or above; 1 is the base itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public static Level Factor(double factor) => new(Require.NotNegative(factor), isAbsolute: false);

    /// <summary>A value that is the same for every group, such as PyTorch's <c>eta_min</c>.</summary>
    /// <param name="value">In the unit of the hyper-parameter; 0 or above.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public static Level Absolute(double value) => new(Require.NotNegative(value), isAbsolute: true);

    /// <summary>The level for a group with this base value.</summary>
    public double Of(double baseValue) => IsAbsolute ? Amount : Amount * baseValue;

    /// <summary>As the text form writes it: a bare factor, or an object with the absolute value.</summary>
    public override string ToString() => IsAbsolute ? $"{{\"absolute\":{Require.Text(Amount)}}}" : Require.Text(Amount);
}
