namespace Cawb.Coco;

/// <summary>How an evaluation is carried out. Nothing here changes its numbers.</summary>
public sealed record CocoEvaluationOptions
{
    /// <summary>States how many threads may work.</summary>
    /// <param name="threads">1 or more; the result has the same bits for any number.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one thread.</exception>
    public CocoEvaluationOptions(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
    }

    /// <summary>One thread for each processor.</summary>
    public static CocoEvaluationOptions Default { get; } = new(Environment.ProcessorCount);

    /// <summary>How many threads may work, 1 or more.</summary>
    public int Threads { get; }
}
