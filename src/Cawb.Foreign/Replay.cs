namespace Cawb.Foreign;

/// <summary>The states of a foreign scheduler after 0, 1, 2, ... calls, walked once and remembered.</summary>
/// <remarks>Equal requests make equal replays. Safe for use from several threads.</remarks>
internal sealed class Replay : IEquatable<Replay>
{
    // A walk beyond this is no schedule that anybody trains with; the last state holds.
    private const int MaxCalls = 1 << 22;

    private readonly string identity;
    private readonly IReadOnlyList<ForeignCall> calls;
    private readonly ForeignScheduler scheduler;
    private readonly List<double> rates = [];
    private readonly List<double> momenta = [];
    private readonly Lock gate = new();
    private int stateCount;
    private bool hasEnded;

    public Replay(string identity, Func<ForeignScheduler> start, IReadOnlyList<ForeignCall> calls)
    {
        this.identity = identity;
        this.calls = calls;
        scheduler = start();
        Remember();
    }

    /// <summary>The value of a group after so many calls; past the last possible call the last one.</summary>
    public double Value(double callCount, int group, bool isMomentum)
    {
        var index = (int)Math.Clamp(Math.Floor(callCount), 0, MaxCalls);
        lock (gate)
        {
            while (stateCount <= index && !hasEnded)
                Walk();
            return (isMomentum ? momenta : rates)[Math.Min(index, stateCount - 1) * scheduler.Groups.Count + group];
        }
    }

    public bool Equals(Replay? other) => other is not null && identity == other.identity;

    public override bool Equals(object? obj) => Equals(obj as Replay);

    public override int GetHashCode() => identity.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => identity;

    private void Walk()
    {
        if (calls.Count > 0 && scheduler.CallCount == calls.Count)
        {
            hasEnded = true;
            return;
        }
        try
        {
            (calls.Count > 0 ? calls[scheduler.CallCount] : ForeignCall.Step).ApplyTo(scheduler);
            Remember();
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentOutOfRangeException)
        {
            // The library raises here (or waits for a metric that nobody gave): time goes on, the rates do not.
            hasEnded = true;
        }
    }

    private void Remember()
    {
        stateCount++;
        rates.AddRange(scheduler.Groups.Rates);
        momenta.AddRange(scheduler.Momenta);
    }
}
