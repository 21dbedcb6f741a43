using System.Text.Json;

namespace Cawb.Foreign;

/// <summary>Cawb's own schedules with a library's numbers: made where the library's parameters are in our range, and held against the library's values before they are used.</summary>
internal static class Equivalent
{
    /// <summary>An end that no run reaches: growing cycles that go on for ever are cut there, because ours have an end.</summary>
    public const double Endless = 1e7;

    /// <summary>Relative to the largest value: above the rounding that a long recursion adds up, far below anything that a schedule means.</summary>
    private const double Tolerance = 1e-9;

    // Checking a step may mean walking to it; what lies further out follows from the formulas.
    private const int FarthestStep = 20_000;

    private static readonly double[] FirstSteps = [.. Enumerable.Range(0, 2048).Select(step => (double)step)];

    /// <summary>Whole steps at which a candidate is held against the library's values: the first ones, and those around what the arguments name.</summary>
    public static IReadOnlyList<double> StepsToCheck(JsonElement arguments)
    {
        var named = Numbers(arguments).Where(number => number is >= 1024 and <= FarthestStep).Select(Math.Floor).Distinct();
        return [.. FirstSteps, .. named.SelectMany(step => new[] { step - 1, step, step + 1, 2 * step - 1, 2 * step, 2 * step + 1 })];
    }

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
    public static Schedule? EndlessRestarts(double firstSteps, double multiplier, Level start, Level end, double peakFactor = 1)
    {
        if (multiplier == 1)
        {
            var cycles = new RepeatSchedule(new CosineSchedule(firstSteps, start, end), firstSteps);
            if (peakFactor == 1)
                return cycles;
            return end == Level.Zero ? new ProductSchedule(cycles, new StepSchedule(firstSteps, peakFactor)) : null;
        }
        if (multiplier < 1)
            return null;
        var (count, length, total) = (1, firstSteps, firstSteps);
        for (; total < Endless; count++)
        {
            length *= multiplier;
            total += length;
        }
        return new CosineRestartsSchedule(CyclePlan.Geometric(firstSteps, multiplier, count), start, end, peakFactor);
    }

    /// <summary>Drops at milestones in any order: one that is listed twice drops twice, one at or before step 0 has dropped when the schedule begins.</summary>
    public static Schedule Milestones(IEnumerable<double> milestones, double factor)
    {
        double[] sorted = [.. milestones.Order()];
        var past = sorted.Count(milestone => milestone <= 0);
        // The k-th listing of each milestone goes into list k, so that every list rises.
        var lists = sorted.Skip(past).GroupBy(milestone => milestone).SelectMany(same => same.Select((milestone, k) => (milestone, k))).GroupBy(entry => entry.k, entry => entry.milestone);
        var parts = lists.Select(list => (Schedule)new MultiStepSchedule(list, factor)).ToList();
        var drops = parts.Count switch { 0 => new ConstantSchedule(), 1 => parts[0], _ => new ProductSchedule(parts) };
        return past == 0 ? drops : new ScaleSchedule(drops, Math.Pow(factor, past));
    }

    private static IEnumerable<double> Numbers(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => [element.GetDouble()],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Numbers),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Numbers(member.Value)),
        _ => [],
    };
}
