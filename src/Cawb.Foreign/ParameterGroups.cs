namespace Cawb.Foreign;

/// <summary>The part of an optimizer that schedulers read and write: per group the rate, the initial rate and the momentum.</summary>
internal sealed class ParameterGroups
{
    private ParameterGroups(double[] rates, double[] initialRates, double[] momenta, bool hasInitialRates)
    {
        Rates = rates;
        InitialRates = initialRates;
        Momenta = momenta;
        HasInitialRates = hasInitialRates;
    }

    public int Count => Rates.Length;

    public double[] Rates { get; }

    /// <summary>What the first scheduler on an optimizer remembers; later ones find it there.</summary>
    public double[] InitialRates { get; }

    public double[] Momenta { get; }

    public bool MomentumIsDriven { get; set; }

    public bool HasInitialRates { get; private set; }

    public static ParameterGroups Fresh(IReadOnlyList<double> rates, double momentum) =>
        new([.. rates], [.. rates], [.. rates.Select(_ => momentum)], hasInitialRates: false);

    public static ParameterGroups Resumed(IReadOnlyList<double> rates, IReadOnlyList<double> initialRates, double momentum) =>
        new([.. rates], [.. initialRates], [.. rates.Select(_ => momentum)], hasInitialRates: true);

    /// <summary>Remembers the present rates as initial ones unless something already did.</summary>
    public void RememberInitialRates()
    {
        if (!HasInitialRates)
            Rates.CopyTo(InitialRates, 0);
        HasInitialRates = true;
    }
}
