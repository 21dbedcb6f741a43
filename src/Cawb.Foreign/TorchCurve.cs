namespace Cawb.Foreign;

/// <summary>What one of PyTorch's schedulers does to the rate, alone, in a sequence, in a chain, or under a warm-up.</summary>
/// <param name="Of">The schedule of a group from the scheduler's own step 0 on: request, clock, group and the group's initial rate.</param>
internal sealed record TorchCurve(Func<ForeignRequest, Clock, int, double, Schedule> Of)
{
    /// <summary>The momentum of a group likewise; none where it is left alone.</summary>
    public Func<ForeignRequest, Clock, int, Schedule>? Momentum { get; init; }

    /// <summary>Whether it multiplies whatever rate is there by a factor of the step.</summary>
    public bool Multiplies { get; init; }

    /// <summary>The rate after a step from the one before: group, initial rate, step, rate. Where there is none and it does not multiply, the rate is overwritten.</summary>
    public Func<int, double, double, double, double>? Update { get; init; }

    /// <summary>Whether a constructor that resumes leaves the rate alone instead of making a step.</summary>
    public bool LeavesResumedRate { get; init; }

    /// <summary>The initial rate that the constructor leaves in the optimizer: group, the one that was there, whether another scheduler has set it before.</summary>
    public Func<int, double, bool, double> InitialRate { get; init; } = (_, rate, _) => rate;

    /// <summary>Why the library raises at a step; empty where it does not.</summary>
    public Func<double, string> FaultAt { get; init; } = _ => "";

    /// <summary>What <c>step(epoch)</c> gives where that is another formula: group and initial rate.</summary>
    public Func<ForeignRequest, int, double, Schedule>? Jump { get; init; }

    /// <summary>Whether <c>step(epoch)</c> computes the rate from the epoch alone.</summary>
    public bool TakesPosition { get; init; } = true;

    /// <summary>Why it cannot stand behind another one in a sequence; empty where it can.</summary>
    public string WhyNotLater { get; init; } = "";

    /// <summary>The schedule where it stands behind another one, if that differs.</summary>
    public Schedule? Later { get; init; }

    /// <summary>The run that the arguments name; else 0.</summary>
    public double Run { get; init; }

    /// <summary>The rate right after the constructor, from the one before it.</summary>
    public double First(ForeignRequest request, int group, double initial, double rate) =>
        Multiplies ? rate * Own(request, group, initial).ValueAt(0, 1) : Update is not null ? rate : Own(request, group, initial).ValueAt(0, initial);

    /// <summary>The library's recursion: what a step makes of the rate that is there.</summary>
    public Func<double, double, double> Recursive(ForeignRequest request, int group, double initial)
    {
        if (Update is { } update)
            return (step, rate) => update(group, initial, step, rate);
        var own = Own(request, group, initial);
        if (!Multiplies)
            return (step, _) => own.ValueAt(step, initial);
        return (step, rate) =>
        {
            var (before, now) = (step < 1 ? 1 : own.ValueAt(step - 1, 1), own.ValueAt(step, 1));
            return before == now || before == 0 ? rate : rate * (now / before);
        };
    }

    private Schedule Own(ForeignRequest request, int group, double initial) => Of(request, Clock.OwnSteps, group, initial);
}
