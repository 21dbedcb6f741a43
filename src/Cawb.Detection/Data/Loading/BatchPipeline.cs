using System.Runtime.ExceptionServices;

namespace Cawb.Detection.Data.Loading;

/// <summary>Fills batches ahead of their consumer on worker threads, a sample at a time, and gives them in order.</summary>
/// <remarks>
/// Memory is bounded: <c>depth</c> batches exist. A failure is kept with its batch and thrown when the consumer gets there, the first sample's if several failed, so that what
/// the consumer sees never depends on the number of workers.
/// </remarks>
internal sealed class BatchPipeline<TBatch, TWorker>
    where TBatch : class
    where TWorker : class
{
    private readonly BatchSource<TBatch, TWorker> source;
    private readonly Slot[] slots;
    private readonly Lock claim = new();
    private readonly object gate = new();
    private int nextBatch;
    private int nextSample;
    private int consumed;
    private bool stopped;

    private BatchPipeline(BatchSource<TBatch, TWorker> source, int firstBatch, int depth)
    {
        this.source = source;
        slots = new Slot[depth];
        for (var i = 0; i < depth; i++)
        {
            slots[i] = new Slot(source.RentBatch());
        }

        nextBatch = firstBatch;
        consumed = firstBatch;
    }

    /// <param name="source">What is made.</param>
    /// <param name="firstBatch">Where to begin.</param>
    /// <param name="workers">Threads; 0 fills each batch on the consumer's thread when it asks.</param>
    /// <param name="depth">Batches that exist at once, 1 or more.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Each batch is valid until the next one is asked for.</returns>
    internal static IEnumerable<TBatch> Read(BatchSource<TBatch, TWorker> source, int firstBatch, int workers, int depth, CancellationToken cancellation) =>
        workers == 0 ? ReadHere(source, firstBatch, cancellation) : ReadAhead(source, firstBatch, workers, depth, cancellation);

    private static IEnumerable<TBatch> ReadHere(BatchSource<TBatch, TWorker> source, int firstBatch, CancellationToken cancellation)
    {
        var memory = source.RentBatch();
        var worker = source.RentWorker();
        try
        {
            for (var batch = firstBatch; batch < source.BatchCount; batch++)
            {
                source.Begin(memory, batch);
                for (var sample = 0; sample < source.SamplesIn(batch); sample++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    source.Fill(memory, batch, sample, worker);
                }

                source.Finish(memory);
                yield return memory;
            }
        }
        finally
        {
            source.Return(memory);
            source.Return(worker);
        }
    }

    private static IEnumerable<TBatch> ReadAhead(BatchSource<TBatch, TWorker> source, int firstBatch, int workers, int depth, CancellationToken cancellation)
    {
        var pipeline = new BatchPipeline<TBatch, TWorker>(source, firstBatch, depth);
        var threads = new Thread[workers];
        for (var i = 0; i < workers; i++)
        {
            threads[i] = new Thread(pipeline.Work) { IsBackground = true, Name = $"cawb loader {i}" };
            threads[i].Start();
        }

        using var registration = cancellation.Register(pipeline.Stop);
        try
        {
            for (var batch = firstBatch; batch < source.BatchCount; batch++)
            {
                var memory = pipeline.Await(batch, cancellation);
                source.Finish(memory);
                yield return memory;
                pipeline.Release(batch);
            }
        }
        finally
        {
            pipeline.Stop();
            foreach (var thread in threads)
            {
                thread.Join();
            }

            foreach (var slot in pipeline.slots)
            {
                source.Return(slot.Memory);
            }
        }
    }

    private void Work()
    {
        var worker = source.RentWorker();
        while (TryClaim(out var slot, out var batch, out var sample))
        {
            Exception? failure = null;
            try
            {
                source.Fill(slot.Memory, batch, sample, worker);
            }
            catch (Exception e)
            {
                failure = e;
            }

            MarkDone(slot, sample, failure);
        }

        source.Return(worker);
    }

    private bool TryClaim(out Slot slot, out int batch, out int sample)
    {
        lock (claim)
        {
            while (true)
            {
                (batch, sample) = (nextBatch, nextSample);
                slot = slots[batch % slots.Length];
                if (batch >= source.BatchCount || (sample == 0 && !AwaitFree(batch)) || Volatile.Read(ref stopped))
                {
                    return false;
                }

                var samples = source.SamplesIn(batch);
                if (sample == 0)
                {
                    Begin(slot, batch, samples);
                }

                (nextBatch, nextSample) = sample + 1 >= samples ? (batch + 1, 0) : (batch, sample + 1);
                if (samples > 0)
                {
                    return true;
                }
            }
        }
    }

    private void Begin(Slot slot, int batch, int samples)
    {
        source.Begin(slot.Memory, batch);
        lock (gate)
        {
            slot.Remaining = samples;
            if (samples == 0)
            {
                Monitor.PulseAll(gate);
            }
        }
    }

    private bool AwaitFree(int batch)
    {
        lock (gate)
        {
            while (!stopped && batch >= consumed + slots.Length)
            {
                Monitor.Wait(gate);
            }

            return !stopped;
        }
    }

    private TBatch Await(int batch, CancellationToken cancellation)
    {
        var slot = slots[batch % slots.Length];
        lock (gate)
        {
            while (slot.Remaining != 0 && !stopped)
            {
                Monitor.Wait(gate);
            }
        }

        cancellation.ThrowIfCancellationRequested();
        if (slot.Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return slot.Memory;
    }

    private void Release(int batch)
    {
        lock (gate)
        {
            slots[batch % slots.Length].Remaining = Slot.Empty;
            consumed = batch + 1;
            Monitor.PulseAll(gate);
        }
    }

    private void MarkDone(Slot slot, int sample, Exception? failure)
    {
        lock (gate)
        {
            if (failure is not null && sample < slot.FailedSample)
            {
                (slot.Failure, slot.FailedSample) = (failure, sample);
            }

            if (--slot.Remaining == 0)
            {
                Monitor.PulseAll(gate);
            }
        }
    }

    private void Stop()
    {
        lock (gate)
        {
            stopped = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>The memory of one batch; its numbers are read and written under the gate.</summary>
    private sealed class Slot(TBatch memory)
    {
        internal const int Empty = -1;

        internal TBatch Memory { get; } = memory;

        /// <summary>Samples that are not filled yet; <see cref="Empty"/> before the first is claimed.</summary>
        internal int Remaining { get; set; } = Empty;

        internal Exception? Failure { get; set; }

        internal int FailedSample { get; set; } = int.MaxValue;
    }
}
