namespace Cawb.Web.Tests.Folder;

/// <summary>A clock that a test moves: its timers ring when their time comes, on the test's own thread.</summary>
internal sealed class HandClock : TimeProvider
{
    private readonly List<Alarm> alarms = [];
    private DateTimeOffset now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public int Timers => alarms.Count;

    public override DateTimeOffset GetUtcNow() => now;

    public override long GetTimestamp() => now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, () => callback(state), now + dueTime, period);
        alarms.Add(alarm);
        return alarm;
    }

    /// <summary>Moves to a moment that has real files' times in its past.</summary>
    public void Set(DateTimeOffset time) => now = time;

    public void Pass(double seconds)
    {
        now += TimeSpan.FromSeconds(seconds);
        foreach (var alarm in alarms.Where(one => one.Due <= now).ToArray())
        {
            alarm.Ring(now);
        }
    }

    private sealed class Alarm(HandClock clock, Action ring, DateTimeOffset due, TimeSpan period) : ITimer
    {
        public DateTimeOffset Due { get; private set; } = due;

        public void Ring(DateTimeOffset at)
        {
            Due = at + period;
            ring();
        }

        public bool Change(TimeSpan dueTime, TimeSpan next) => throw new NotSupportedException();

        public void Dispose() => clock.alarms.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
