namespace Cawb.Detection.Tests;

/// <summary>Several ranks in one process: a thread each, whose sums go in the order of the ranks.</summary>
internal sealed class ThreadTeam : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private readonly Barrier barrier;
    private readonly Array[] given;

    private ThreadTeam(int size) => (barrier, given) = (new Barrier(size), new Array[size]);

    /// <summary>Runs a body for each rank; the first exception of any of them is thrown when all have ended.</summary>
    /// <param name="size">Ranks.</param>
    /// <param name="body">Told its rank, and how to sum and copy.</param>
    public static void Run(int size, Action<int, ThreadTeam> body)
    {
        using var team = new ThreadTeam(size);
        var faults = new Exception?[size];
        var threads = Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                ComputeThreads.Set(1);
                body(rank, team);
            }
            catch (Exception fault)
            {
                faults[rank] = fault;
                team.barrier.RemoveParticipant();
            }
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        if (Array.Find(faults, fault => fault is not null) is { } first)
        {
            throw new InvalidOperationException($"A rank failed: {first}", first);
        }
    }

    /// <summary>The sum over the ranks as a rank sees it.</summary>
    public SumOverRanks SumOf(int rank) => values => Sum(rank, values);

    /// <summary>Adds up in the order of the ranks.</summary>
    public void Sum<T>(int rank, Span<T> values)
        where T : System.Numerics.INumber<T>
    {
        given[rank] = values.ToArray();
        Wait();
        var sums = (T[])given[0].Clone();
        for (var other = 1; other < given.Length; other++)
        {
            var addends = (T[])given[other];
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += addends[i];
            }
        }

        sums.CopyTo(values);
        Wait();
    }

    /// <summary>Gives all ranks what one of them has.</summary>
    public void Copy(int rank, int from, Span<byte> values)
    {
        given[rank] = values.ToArray();
        Wait();
        ((byte[])given[from]).CopyTo(values);
        Wait();
    }

    public void Dispose() => barrier.Dispose();

    private void Wait()
    {
        if (!barrier.SignalAndWait(Deadline))
        {
            throw new TimeoutException("The other ranks did not come.");
        }
    }
}
