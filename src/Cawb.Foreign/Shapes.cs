namespace Cawb.Foreign;

/// <summary>The shapes that several libraries share, made of our own schedules on the request's clock.</summary>
internal static class Shapes
{
    /// <summary>A relative schedule on a base of its own.</summary>
    public static Schedule OnBase(double value, Schedule relative) => new ProductSchedule(new ConstantSchedule(Level.Absolute(value)), relative);

    /// <summary>A line in front of a schedule, which was made for the clock after it; nothing where it has no steps.</summary>
    public static Schedule Ramped(Clock clock, Schedule schedule, double steps, Level start) => steps > 0 ? new WarmupSchedule(schedule, clock.At(steps), start) : schedule;

    /// <summary>Schedules in a row, each made for the clock from its start on; those that start after the run are left out.</summary>
    /// <param name="clock">The clock of the whole.</param>
    /// <param name="starts">Of all parts but the first, rising, in steps.</param>
    /// <param name="part">By index and the clock from its start on.</param>
    public static Schedule InRow(Clock clock, IReadOnlyList<double> starts, Func<int, Clock, Schedule> part)
    {
        var inside = starts.TakeWhile(start => start < clock.RunSteps).ToList();
        List<Schedule> parts = [part(0, inside.Count > 0 ? clock with { RunSteps = Math.Min(clock.RunSteps, inside[0]) } : clock)];
        for (var i = 0; i < inside.Count; i++)
        {
            var after = clock.After(inside[i]);
            parts.Add(part(i + 1, i + 1 < inside.Count ? after with { RunSteps = inside[i + 1] - inside[i] } : after));
        }
        return parts.Count == 1 ? parts[0] : new SequenceSchedule(parts, inside.Select(clock.JumpAt));
    }

    /// <summary>Straight, or along a power of the share that is left, from one level to another, where it stays.</summary>
    public static Schedule Line(Clock clock, double steps, double power, Level start, Level end) =>
        power == 1 ? new LinearSchedule(clock.At(steps), start, end) : new PolynomialSchedule(clock.EndAt(steps, power), power, start, end);

    /// <summary>A cosine that is not cut off at its end: down in so many steps, up in as many, for ever.</summary>
    public static Schedule Wave(Clock clock, double steps, Level start, Level end)
    {
        var (half, down) = (clock.At(steps), new CosineSchedule(clock.At(steps), start, end));
        return clock.RunSteps <= steps ? down : new RepeatSchedule(new SequenceSchedule([down, new CosineSchedule(half, end, start)], [half]), 2 * half);
    }

    /// <summary>A drop at every multiple of an interval, for ever.</summary>
    public static Schedule Drops(ForeignRequest request, double interval, double factor, Clock? on = null)
    {
        var clock = on ?? request.Clock;
        if (factor == 1 || clock.RunSteps <= interval)
            return new ConstantSchedule();
        if (factor is >= 0 and < 1 && clock.IsWhole(interval))
            return new StepSchedule(clock.At(interval), factor);
        return clock.KnowsTheRun && clock.Multiples(interval) is { } multiples
            ? new MultiStepSchedule(multiples.Select(clock.JumpAt), NotNegative(factor))
            : request.Expression($"{Text.Of(NotNegative(factor))} ** floor(x / {Text.Of(interval)})", clock: clock);
    }

    /// <summary><c>factor ** (step / interval)</c>, whole powers only where it is a staircase.</summary>
    public static Schedule Powers(ForeignRequest request, double factor, double interval, bool isStaircase, Clock? on = null)
    {
        var clock = on ?? request.Clock;
        if (clock.RunSteps <= 0)
            return new ConstantSchedule();
        if (factor == 0)
            return new PiecewiseConstantSchedule([clock.JumpAt(isStaircase ? interval : 1)], [Level.Base, Level.Zero]);
        if (isStaircase && !(factor <= 1 && clock.IsWhole(interval)))
            return Drops(request, interval, factor, clock);
        if (NotNegative(factor) <= 1)
            return new ExponentialSchedule(factor, clock.At(interval), isStaircase);
        return clock.KnowsTheRun && Math.Pow(factor, clock.RunSteps / interval) is var last && double.IsFinite(last)
            ? new GeometricSchedule(clock.At(clock.RunSteps), Level.Base, Level.Factor(last))
            : request.Expression($"{Text.Of(factor)} ** (x / {Text.Of(interval)})", clock: clock);
    }

    /// <summary>A factor at each milestone, in any order: one that is listed twice counts twice, one at or before step 0 has come when the schedule begins.</summary>
    public static Schedule Milestones(Clock clock, IEnumerable<double> milestones, double factor)
    {
        double[] sorted = [.. milestones.Where(milestone => milestone < clock.RunSteps || milestone <= 0).Order()];
        var past = sorted.Count(milestone => milestone <= 0);
        // The k-th listing of each milestone goes into list k, so that every list rises.
        var lists = sorted.Skip(past).GroupBy(milestone => milestone).SelectMany(same => same.Select((milestone, k) => (milestone, k))).GroupBy(entry => entry.k, entry => entry.milestone);
        var parts = lists.Select(list => (Schedule)new MultiStepSchedule(list.Select(clock.JumpAt), NotNegative(factor))).ToList();
        var drops = parts.Count switch { 0 => new ConstantSchedule(), 1 => parts[0], _ => new ProductSchedule(parts) };
        return past == 0 ? drops : new ScaleSchedule(drops, Math.Pow(NotNegative(factor), past));
    }

    /// <summary>Levels that change at listed steps; what changes at or before step 0 has changed when the schedule begins.</summary>
    public static Schedule Levels(Clock clock, IReadOnlyList<double> boundaries, IReadOnlyList<Level> levels)
    {
        var past = boundaries.Count(boundary => boundary <= 0);
        var inside = boundaries.Skip(past).TakeWhile(boundary => boundary < clock.RunSteps).ToList();
        return inside.Count == 0 ? new ConstantSchedule(levels[past]) : new PiecewiseConstantSchedule(inside.Select(clock.JumpAt), levels.Skip(past).Take(inside.Count + 1));
    }

    /// <summary>Cosines in a row, for ever: the cycles of our own where they need no end, else those of the run.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="first">Steps of the first cycle.</param>
    /// <param name="multiplier">What each cycle's length is multiplied by.</param>
    /// <param name="start">The first peak.</param>
    /// <param name="end">The bottom.</param>
    /// <param name="peakFactor">What each peak is multiplied by; other than 1 only where the bottom is 0.</param>
    /// <param name="formula">The library's own, for a run that is not known.</param>
    public static Schedule Restarts(Clock clock, double first, double multiplier, Level start, Level end, double peakFactor, Func<Schedule> formula)
    {
        if (!clock.KnowsTheRun && multiplier == 1 && peakFactor is > 0 and <= 1)
        {
            var cycle = new RepeatSchedule(new CosineSchedule(clock.At(first), start, end), clock.At(first));
            return peakFactor == 1 ? cycle : new ProductSchedule(cycle, new StepSchedule(clock.At(first), peakFactor));
        }
        return CycleEnds(clock, first, multiplier) is { } ends ? Cycles(clock, ends, start, end, peakFactor, formula) : formula();
    }

    /// <summary>The ends of growing cycles up to the first one that is not before the end of the run; none where the run is not known, or they are too many or shrink to nothing.</summary>
    public static IReadOnlyList<double>? CycleEnds(Clock clock, double first, double multiplier)
    {
        if (!clock.KnowsTheRun)
            return null;
        var ends = new List<double>();
        for (var (length, sum) = (first, 0.0); ends.Count < Clock.MostBoundaries && length > 0; length *= multiplier)
        {
            // Equal cycles are multiplied and not added up, which would drift for lengths such as 0.1.
            sum = multiplier == 1 ? first * (ends.Count + 1) : sum + length;
            ends.Add(sum);
            if (sum >= clock.RunSteps)
                return ends;
        }
        return null;
    }

    /// <summary>Whether a text form is possible is decided by our ranges; what they leave out stays a formula.</summary>
    public static Schedule Attempt(Func<Schedule> ours, Func<Schedule> formula)
    {
        try
        {
            return ours();
        }
        catch (ArgumentException)
        {
            return formula();
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">Below 0.</exception>
    public static double NotNegative(double factor) => factor >= 0
        ? factor
        : throw new ArgumentOutOfRangeException(nameof(factor), $"the factor {Text.Of(factor)} is below 0, and would make the rate negative.");

    private static Schedule Cycles(Clock clock, IReadOnlyList<double> ends, Level start, Level end, double peakFactor, Func<Schedule> formula) => ends.Count == 1
        ? new CosineSchedule(clock.At(ends[0]), start, end)
        : Attempt(() => new CosineRestartsSchedule(CyclePlan.FromRestarts(ends.SkipLast(1).Select(clock.JumpAt), clock.At(ends[^1])), start, end, peakFactor), formula);
}
