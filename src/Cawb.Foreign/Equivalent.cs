namespace Cawb.Foreign;

/// <summary>Cawb's own schedules with a library's numbers: made where the library's parameters are in our range, and held against the library's values before they are used.</summary>
internal static class Equivalent
{
    // An end that no run reaches: schedules that go on for ever are cut there where ours need an end.
    private const double Endless = 1e9;
    private const int MostCycles = 10_000;

    /// <summary>Relative to the largest value; far above rounding, far below anything that a schedule means.</summary>
    private const double Tolerance = 1e-13;

    /// <summary>Whole steps at which a candidate is held against the library's values.</summary>
    public static IReadOnlyList<double> WholeSteps { get; } = [.. Enumerable.Range(0, 2048).Select(step => (double)step)];

    /// <summary>What <paramref name="make"/> gives; none where ours refuses what the library accepts, such as a rate below 0.</summary>
    public static Schedule? Attempt(Func<Schedule?> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The candidate where it has the library's values at all of these times, else the library's own schedule.</summary>
    public static Schedule Checked(Schedule? candidate, Schedule library, double baseRate, IReadOnlyList<double> times)
    {
        if (candidate is null)
            return library;
        double[] expected = [.. times.Select(time => library.ValueAt(time, baseRate))];
        var allowed = Tolerance * expected.Max(Math.Abs);
        return times.Zip(expected).All(pair => Math.Abs(candidate.ValueAt(pair.First, baseRate) - pair.Second) <= allowed) ? candidate : library;
    }

    /// <summary>A cosine that is not cut off at its end: down in so many steps, up in as many, for ever.</summary>
    public static Schedule EndlessCosine(double steps, Level start, Level end) =>
        new RepeatSchedule(new SequenceSchedule([new CosineSchedule(steps, start, end), new CosineSchedule(steps, end, start)], [steps]), 2 * steps);

    /// <summary>A line in front of a schedule; nothing where it has no steps.</summary>
    public static Schedule Ramped(Schedule schedule, double steps, Level start) => steps > 0 ? new WarmupSchedule(schedule, steps, start) : schedule;

    /// <summary>A schedule that starts later.</summary>
    public static Schedule Delayed(Schedule schedule, double steps) => steps != 0 ? new ShiftSchedule(schedule, steps) : schedule;

    /// <summary>A relative schedule on a base of its own.</summary>
    public static Schedule OnBase(double value, Schedule relative) => new ProductSchedule(new ConstantSchedule(Level.Absolute(value)), relative);

    /// <summary>Cosine cycles that go on for ever.</summary>
    public static Schedule? EndlessRestarts(double firstSteps, double multiplier, Level start, Level end, double peakFactor = 1, double rampSteps = 0)
    {
        if (multiplier == 1 && peakFactor == 1)
            return new RepeatSchedule(Ramped(new CosineSchedule(firstSteps - rampSteps, start, end), rampSteps, end), firstSteps);
        if (multiplier < 1)
            return null;
        var (cycles, length, total) = (1, firstSteps, firstSteps);
        for (; total < Endless && cycles < MostCycles; cycles++)
        {
            length *= multiplier;
            total += length;
        }
        return new CosineRestartsSchedule(CyclePlan.Geometric(firstSteps, multiplier, cycles), start, end, peakFactor, rampSteps);
    }
}
