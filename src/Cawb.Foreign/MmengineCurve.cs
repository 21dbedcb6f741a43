namespace Cawb.Foreign;

/// <summary>What one of mmengine's schedulers does to the rate within its window; outside the rate is left alone, so that several take turns.</summary>
/// <param name="Window">When it steps, and what its steps are.</param>
/// <param name="Of">The schedule of a group, by itself: request, clock of its own steps, and group.</param>
internal sealed record MmengineCurve(MmengineWindow Window, Func<ForeignRequest, Clock, int, Schedule> Of)
{
    /// <summary>The rate after a step of the window from the one before: group, initial rate, step, rate; where there is none it multiplies by a factor of the step.</summary>
    public Func<int, double, double, double, double>? Next { get; init; }

    /// <summary>The steps of the window between which it changes the rate.</summary>
    public (double From, double To) Changes { get; init; }

    /// <summary>Whether it comes back to the group's initial rate, whatever the others have made of it.</summary>
    public bool ReturnsToInitial { get; init; }

    /// <summary>The factor that stays after its last change.</summary>
    public double Left { get; init; } = 1;

    /// <summary>The initial rate that it puts in place of a group's own.</summary>
    public Func<int, double>? InitialRate { get; init; }

    /// <summary>Why the library raises at a step; empty where it does not.</summary>
    public Func<double, string> FaultAt { get; init; } = _ => "";

    /// <summary>The run that the arguments name; else 0.</summary>
    public double Run { get; init; }

    /// <summary>The library's recursion: what a step, counted from the start of the run, makes of the rate that is there.</summary>
    public Func<double, double, double> Recursive(ForeignRequest request, int group, double initial)
    {
        if (Next is { } next)
            return (step, rate) => Window.Holds(step) ? next(group, initial, step - Window.Begin, rate) : rate;
        var own = Of(request, Clock.OwnSteps, group);
        return (step, rate) =>
        {
            var (before, now) = (step < 1 ? 1 : own.ValueAt(step - 1, 1), own.ValueAt(step, 1));
            return before == now || before == 0 ? rate : rate * (now / before);
        };
    }
}
