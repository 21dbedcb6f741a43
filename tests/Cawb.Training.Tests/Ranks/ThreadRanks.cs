using System.Diagnostics.CodeAnalysis;
using Cawb.Detection.Tests;
using Cawb.Training.Ranks;

namespace Cawb.Training.Tests.Ranks;

/// <summary>A rank that is a thread of this process.</summary>
internal sealed class ThreadRanks(ThreadTeam team, int rank, int size) : IRanks
{
    public int Rank => rank;

    public int Size => size;

    public int LocalRank => rank;

    /// <summary>Runs a body on each of several ranks.</summary>
    public static void Run(int size, Action<IRanks> body) => ThreadTeam.Run(size, (rank, team) => body(new ThreadRanks(team, rank, size)));

    public void Sum(Span<double> values, string what) => team.Sum(rank, values);

    public void Sum(Span<float> values, bool inAnyOrder, string what) => team.Sum(rank, values);

    public void Broadcast(Span<byte> values, int from, string what) => team.Copy(rank, from, values);

    [DoesNotReturn]
    public void Abort(int exitCode) => throw new InvalidOperationException("Aborted.");
}
