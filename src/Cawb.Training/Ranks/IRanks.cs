using System.Diagnostics.CodeAnalysis;

namespace Cawb.Training.Ranks;

/// <summary>The processes that train one network together. All of them call the same methods in the same order.</summary>
public interface IRanks
{
    /// <summary>This process, from 0. Rank 0 validates, writes and speaks.</summary>
    int Rank { get; }

    /// <summary>How many there are, 1 or more.</summary>
    int Size { get; }

    /// <summary>This process among those of its machine, from 0.</summary>
    int LocalRank { get; }

    /// <summary>Adds up in the order of the ranks, in place: all ranks get the same sums, bit for bit.</summary>
    /// <param name="values">As many on every rank.</param>
    /// <param name="what">What is waited for, in a message if a rank does not come.</param>
    void Sum(Span<double> values, string what);

    /// <summary>Adds up, in place: all ranks get the same sums.</summary>
    /// <param name="values">As many on every rank.</param>
    /// <param name="inAnyOrder">Whether in whatever order is quickest, instead of that of the ranks.</param>
    /// <param name="what">What is waited for, in a message if a rank does not come.</param>
    void Sum(Span<float> values, bool inAnyOrder, string what);

    /// <summary>Gives all ranks what one of them has.</summary>
    /// <param name="values">As many on every rank.</param>
    /// <param name="from">Who has them.</param>
    /// <param name="what">What is waited for, in a message if a rank does not come.</param>
    void Broadcast(Span<byte> values, int from, string what);

    /// <summary>Ends the processes of all ranks at once.</summary>
    /// <param name="exitCode">What the launcher returns.</param>
    [DoesNotReturn]
    void Abort(int exitCode);
}
