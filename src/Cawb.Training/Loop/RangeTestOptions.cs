namespace Cawb.Training.Loop;

/// <summary>How a learning-rate range test goes.</summary>
public sealed record RangeTestOptions
{
    /// <summary>The first rate, above 0.</summary>
    public double From { get; init; } = 1e-4;

    /// <summary>The last rate, above <see cref="From"/>.</summary>
    public double To { get; init; } = 1;

    /// <summary>Optimizer steps, one at each rate, 10 or more.</summary>
    public int Points { get; init; } = 300;

    /// <summary>Share of the past in the smoothed relative loss, 0 to 1, 1 excluded.</summary>
    public double Smoothing { get; init; } = 0.9;

    /// <summary>The test ends when the smoothed loss is this many times its lowest value, above 1.</summary>
    public double DivergenceFactor { get; init; } = 2;

    /// <summary>The rate of a step: <c>from (to / from)^(index / (points - 1))</c>.</summary>
    /// <param name="index">From 0.</param>
    public double RateOf(int index) => From * Math.Pow(To / From, (double)index / (Points - 1));
}
