using System.Diagnostics.CodeAnalysis;

namespace Cawb.Training.Ranks;

/// <summary>A process that trains alone: sums and copies are what they are.</summary>
public sealed class OneRank : IRanks
{
    private OneRank()
    {
    }

    /// <summary>The only one.</summary>
    public static IRanks Only { get; } = new OneRank();

    /// <inheritdoc />
    public int Rank => 0;

    /// <inheritdoc />
    public int Size => 1;

    /// <inheritdoc />
    public int LocalRank => 0;

    /// <inheritdoc />
    public void Sum(Span<double> values, string what)
    {
    }

    /// <inheritdoc />
    public void Sum(Span<float> values, bool inAnyOrder, string what)
    {
    }

    /// <inheritdoc />
    public void Broadcast(Span<byte> values, int from, string what)
    {
    }

    /// <inheritdoc />
    [DoesNotReturn]
    public void Abort(int exitCode) => Environment.Exit(exitCode);
}
