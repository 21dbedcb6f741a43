using System.Numerics;

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

    // Of the schedules that a metric reduces; the others' stay as they are.
    private PlateauState[] plateaus = [];

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

    /// <summary>For each group how far its plateau rule has come; the default for groups without one.</summary>
    public IReadOnlyList<PlateauState> Plateaus => new ValueList<PlateauState>(plateaus);

    internal bool HasPlateaus => schedules.Any(schedule => schedule is PlateauSchedule);

    internal void Report(double metric)
    {
        for (var i = 0; i < schedules.Length; i++)
        {
            if (schedules[i] is PlateauSchedule plateau)
                plateaus[i] = plateaus[i].After(plateau.Rule, metric);
        }
    }

    internal void Add(double baseValue, Schedule schedule)
    {
        Require.NotNegative(baseValue);
        Require.NotNull(schedule);
        var leader = Array.FindIndex(schedules, other => other == schedule);
        leaders = [.. leaders, leader < 0 ? schedules.Length : leader];
        baseValues = [.. baseValues, baseValue];
        schedules = [.. schedules, schedule];
        plateaus = [.. plateaus, schedule is PlateauSchedule plateau ? PlateauState.Initial(plateau.Rule) : default];
        values = new double[schedules.Length];
        factors = new double[schedules.Length];
    }

    internal ParameterState CaptureState() => new(Name, baseValues, schedules.Select(schedule => schedule.Description), Plateaus);

    internal void Restore(ParameterState state)
    {
        for (var i = 0; i < baseValues.Length; i++)
            (baseValues[i], plateaus[i]) = (state.BaseValues[i], state.Plateaus[i]);
    }

    /// <summary>Writes group after group the values of consecutive batches; the same bits as walking there.</summary>
    internal void Fill(TrainingPlan plan, long firstBatch, int batches, Span<double> destination)
    {
        // Groups with the same relative schedule differ by their base alone: the factors are computed once, into the leader's rows, and multiplied last.
        for (var i = schedules.Length - 1; i >= 0; i--)
        {
            var rows = destination.Slice(i * batches, batches);
            if (leaders[i] == i && schedules[i].IsRelative)
            {
                schedules[i].Fill(plan, firstBatch, 1, rows);
                for (var j = schedules.Length - 1; j >= i; j--)
                {
                    if (leaders[j] == i)
                        Multiply(rows, baseValues[j], destination.Slice(j * batches, batches));
                }
            }
            else if (leaders[i] == i || !schedules[i].IsRelative)
            {
                schedules[i].Fill(plan, firstBatch, baseValues[i], rows);
            }
        }

        for (var i = 0; i < schedules.Length; i++)
        {
            if (schedules[i] is PlateauSchedule plateau && plateaus[i].Reductions > 0)
                Reduce(plateau, i, destination.Slice(i * batches, batches));
        }
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

            var value = schedule.IsRelative ? baseValues[i] * factors[leader] : schedule.ValueAt(epochs, baseValues[i]);
            values[i] = schedule is PlateauSchedule plateau ? plateau.Reduced(value, baseValues[i], plateaus[i].Reductions) : value;
        }

        return held;
    }

    private static void Multiply(ReadOnlySpan<double> factors, double baseValue, Span<double> destination)
    {
        var vector = new Vector<double>(baseValue);
        var i = 0;
        for (; i <= factors.Length - Vector<double>.Count; i += Vector<double>.Count)
            (vector * new Vector<double>(factors[i..])).CopyTo(destination[i..]);
        for (; i < factors.Length; i++)
            destination[i] = baseValue * factors[i];
    }

    private void Reduce(PlateauSchedule plateau, int group, Span<double> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = plateau.Reduced(values[i], baseValues[group], plateaus[group].Reductions);
    }
}
