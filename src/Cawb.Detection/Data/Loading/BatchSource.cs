using System.Collections.Concurrent;

namespace Cawb.Detection.Data.Loading;

/// <summary>What a <see cref="BatchPipeline{TBatch,TWorker}"/> makes: batches of samples that can be filled in any order by any thread with the same result.</summary>
/// <typeparam name="TBatch">Memory of one batch; used again for later ones.</typeparam>
/// <typeparam name="TWorker">Scratch memory of one thread.</typeparam>
internal abstract class BatchSource<TBatch, TWorker> : IDisposable
    where TBatch : class
    where TWorker : class
{
    private readonly ConcurrentBag<TBatch> freeBatches = [];
    private readonly ConcurrentBag<TWorker> freeWorkers = [];

    /// <summary>One after the last batch.</summary>
    internal abstract int BatchCount { get; }

    internal abstract int SamplesIn(int batch);

    /// <summary>Called before the samples of a batch are filled.</summary>
    internal abstract void Begin(TBatch memory, int batch);

    /// <summary>Called by any thread, for several samples at once.</summary>
    internal abstract void Fill(TBatch memory, int batch, int sample, TWorker worker);

    /// <summary>Called by the consumer's thread after all samples are filled.</summary>
    internal abstract void Finish(TBatch memory);

    internal TBatch RentBatch() => freeBatches.TryTake(out var batch) ? batch : NewBatch();

    internal void Return(TBatch batch) => freeBatches.Add(batch);

    internal TWorker RentWorker() => freeWorkers.TryTake(out var worker) ? worker : NewWorker();

    internal void Return(TWorker worker) => freeWorkers.Add(worker);

    public void Dispose()
    {
        freeBatches.Clear();
        freeWorkers.Clear();
    }

    protected abstract TBatch NewBatch();

    protected abstract TWorker NewWorker();
}
