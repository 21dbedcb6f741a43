namespace Cawb.Training.Ranks;

/// <summary>Lets one rank tell a fault that several have at once: the lowest of them. It ends the others before their turn comes.</summary>
public static class SpeakingOrder
{
    // mpirun takes two seconds to end the others.
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2.5);
    private const int LastTurn = 3;

    /// <summary>How long a rank keeps silent.</summary>
    public static TimeSpan PauseOf(int rank) => Turn * Math.Min(rank, LastTurn);
}
