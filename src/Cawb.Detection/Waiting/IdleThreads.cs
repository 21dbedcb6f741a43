namespace Cawb.Detection.Waiting;

/// <summary>
/// Lets OpenMP's idle threads spin while nobody else wants their processors, and sleep while somebody does. Waking a sleeping thread costs more than many an operator
/// of a small network takes; a spinning one steals from whoever shares the machine, and above all from the thread it waits for. The numbers do not depend on it.
/// </summary>
/// <remarks>See docs/decisions/0005. A user's own <c>OMP_WAIT_POLICY</c> or <c>GOMP_SPINCOUNT</c> says for how long they spin, here too.</remarks>
internal sealed class IdleThreads
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private static readonly TimeProvider Time = TimeProvider.System;
    private static readonly Lock Gate = new();
    private static IdleThreads? watch;
    private static ITimer? timer;

    private readonly Patience patience = new();
    private readonly Crowd crowd;
    private volatile int threads;
    private MachineLoad? last = MachineLoad.Read();
    private long lastTime = Time.GetTimestamp();

    private IdleThreads(int threads, Crowd crowd) => (this.threads, this.crowd) = (threads, crowd);

    /// <summary>
    /// Watches the machine from now on, for computing with that many threads. One thread waits for nobody; where libtorch is not loaded or computes with another OpenMP than libgomp,
    /// nobody watches.
    /// </summary>
    public static void Watch(int threads)
    {
        lock (Gate)
        {
            if (watch is not null)
            {
                watch.threads = threads;
            }
            else if (threads > 1 && Crowd.Find() is { } crowd)
            {
                watch = new IdleThreads(threads, crowd);
                watch.Apply();
                timer ??= Time.CreateTimer(_ => watch.Look(), null, Period, Period);
            }
        }
    }

    // Not re-entered in practice, and harmless if it were: the crowd has a lock of its own.
    private void Look()
    {
        var (now, timestamp) = (MachineLoad.Read(), Time.GetTimestamp());
        var use = now is { } present && last is { } earlier ? present.Since(earlier, Time.GetElapsedTime(lastTime, timestamp)) : null;
        (last, lastTime) = (now, timestamp);
        if (patience.Observe(use, Environment.ProcessorCount, threads))
        {
            Apply();
        }
    }

    private void Apply() => crowd.Resize(patience.Spins ? 0 : Math.Max(1, Environment.ProcessorCount - threads + 1));
}
