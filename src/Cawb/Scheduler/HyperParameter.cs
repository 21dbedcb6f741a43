namespace Cawb;

/// <summary>The current values of one hyper-parameter for every group, kept up to date by a <see cref="LearningRateScheduler"/>.</summary>
public sealed class HyperParameter
{
    private double[] values = [];
    private double[] baseValues = [];
    private Schedule[] schedules = [];

    // For each group the first group with the same schedule, whose factor it shares when the schedule is relative.
    private int[] leaders = [];
    private double[] factors = [];

    internal HyperParameter(string name, ReadOnlySpan<Schedule> schedules, ReadOnlySpan<double> baseValues)
    {
        if (schedules.Length != baseValues.Length)
            throw new ArgumentException($"There are {schedules.Length} schedules for {baseValues.Length} base values of {name}; give one schedule each.", nameof(schedules));
        Name = name;
        for (var i = 0; i < baseValues.Length; i++)
            Add(baseValues[i], schedules[i]);
    }

    /// <summary>Such as <c>learningRate</c> or <c>momentum</c>.</summary>
    public string Name { get; }

    /// <summary>Number of groups that have the parameter.</summary>
    public int Count => values.Length;

    /// <summary>The values that the next batch trains with, one per group.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>What the schedules multiply or ignore, one per group.</summary>
    public ReadOnlySpan<double> BaseValues => baseValues;

    /// <summary>One per group.</summary>
    public IReadOnlyList<Schedule> Schedules => schedules;

    internal void Add(double baseValue, Schedule schedule)
    {
        Require.NotNegative(baseValue);
        Require.NotNull(schedule);
        var leader = Array.FindIndex(schedules, other => other == schedule);
        leaders = [.. leaders, leader < 0 ? schedules.Length : leader];
        baseValues = [.. baseValues, baseValue];
        schedules = [.. schedules, schedule];
        values = new double[schedules.Length];
        factors = new double[schedules.Length];
    }

    internal ParameterState CaptureState() => new(Name, baseValues, [.. schedules.Select(schedule => schedule.Description)]);

    internal void Restore(ParameterState state)
    {
        for (var i = 0; i < baseValues.Length; i++)
            baseValues[i] = state.BaseValues[i];
    }

    /// <summary>Computes the values at a moment and says until when they hold.</summary>
    internal double Refresh(double epochs)
    {
        var held = double.PositiveInfinity;
        for (var i = 0; i < schedules.Length; i++)
        {
            var schedule = schedules[i];
            var leader = leaders[i];
            if (leader == i)
            {
                held = Math.Min(held, schedule.HoldsUntil(epochs));
                factors[i] = schedule.IsRelative ? schedule.ValueAt(epochs, 1) : double.NaN;
            }

            values[i] = schedule.IsRelative ? baseValues[i] * factors[leader] : schedule.ValueAt(epochs, baseValues[i]);
        }

        return held;
    }
}
