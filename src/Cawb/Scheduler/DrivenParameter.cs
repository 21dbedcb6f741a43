using System.Numerics;

namespace Cawb;

/// <summary>The current values of one hyper-parameter for every group, kept up to date by a <see cref="LearningRateScheduler"/>.</summary>
public sealed class DrivenParameter
{
    private double[] values = [];
    private double[] baseValues = [];
    private Schedule[] schedules = [];
    private Group[] groups = [];
    private double[] factors = [];

    // Whether all groups follow the first, as in most runs: one value and a product per group.
    private bool isShared;

    // Of the schedules that a metric reduces; the others' stay as they are.
    private PlateauState[] plateaus = [];

    internal DrivenParameter(string name, ReadOnlySpan<Schedule> schedules, ReadOnlySpan<double> baseValues)
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
    public IReadOnlyList<Schedule> Schedules { get; private set; } = new ValueList<Schedule>([]);

    /// <summary>For each group how far its plateau rule has come; the default for groups without one.</summary>
    public IReadOnlyList<PlateauState> Plateaus => new ValueList<PlateauState>(plateaus);

    internal bool HasPlateaus => schedules.Any(schedule => schedule is PlateauSchedule);

    internal void ReportMetric(double metric)
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
        baseValues = [.. baseValues, baseValue];
        schedules = [.. schedules, schedule];
        Schedules = new ValueList<Schedule>(schedules);
        plateaus = [.. plateaus, schedule is PlateauSchedule plateau ? PlateauState.Initial(plateau.Rule) : default];
        values = new double[schedules.Length];
        factors = new double[schedules.Length];
        Arrange();
    }

    internal ParameterState CaptureState() => new(Name, baseValues, schedules.Select(schedule => schedule.Description), Plateaus);

    internal void Restore(ParameterState state)
    {
        for (var i = 0; i < baseValues.Length; i++)
            (baseValues[i], plateaus[i]) = (state.BaseValues[i], state.Plateaus[i]);
        Arrange();
    }

    internal void RestorePlateaus(ParameterState state)
    {
        for (var i = 0; i < plateaus.Length; i++)
            plateaus[i] = schedules[i] is PlateauSchedule ? state.Plateaus[i] : default;
    }

    /// <summary>Writes group after group the values of consecutive batches; the same bits as walking there.</summary>
    internal void Fill(TrainingPlan plan, long firstBatch, int batches, Span<double> destination)
    {
        // Groups that follow another differ from it by a factor alone: the rows are computed once, into the leader's, and multiplied last.
        for (var i = groups.Length - 1; i >= 0; i--)
        {
            if (groups[i].Leader != i)
                continue;
            var rows = destination.Slice(i * batches, batches);
            groups[i].Schedule.Fill(plan, firstBatch, groups[i].Argument, rows);
            for (var j = groups.Length - 1; j >= i; j--)
            {
                if (groups[j].Leader == i && (j > i || groups[j].Multiplier != 1))
                    Multiply(rows, groups[j].Multiplier, destination.Slice(j * batches, batches));
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
        if (isShared)
            return RefreshShared(groups[0], epochs);
        var held = double.PositiveInfinity;
        for (var i = 0; i < groups.Length; i++)
        {
            ref readonly var group = ref groups[i];
            if (group.Leader == i)
            {
                held = Math.Min(held, group.Schedule.ConstantUntil(epochs));
                factors[i] = group.Schedule.ValueAt(epochs, group.Argument);
            }

            var value = group.Multiplier * factors[group.Leader];
            values[i] = group.Plateau is { } plateau ? plateau.Reduced(value, baseValues[i], plateaus[i].Reductions) : value;
        }

        return held;
    }

    private double RefreshShared(in Group leader, double epochs)
    {
        var factor = leader.Schedule.ValueAt(epochs, leader.Argument);
        var (current, followers) = (values, groups);
        for (var i = 0; i < current.Length && i < followers.Length; i++)
            current[i] = followers[i].Multiplier * factor;
        return leader.Schedule.ConstantUntil(epochs);
    }

    // An equal relative schedule is computed once for the base value 1; another once for groups with the same base value.
    private void Arrange()
    {
        groups = new Group[schedules.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            var (schedule, baseValue) = (schedules[i], baseValues[i]);
            var leader = 0;
            while (leader < i && !(schedules[leader] == schedule && (schedule.IsRelative || baseValues[leader] == baseValue)))
                leader++;
            groups[i] = new Group(schedule, leader, schedule.IsRelative ? 1 : baseValue, schedule.IsRelative ? baseValue : 1, schedule as PlateauSchedule);
        }

        isShared = Array.TrueForAll(groups, group => group is { Leader: 0, Plateau: null });
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

    /// <summary>What a batch needs to know of a group, asked once: virtual calls and type checks cost more than the values themselves.</summary>
    /// <param name="Schedule">Of the group.</param>
    /// <param name="Leader">The first group whose value this one's is a multiple of; its own number where there is none before it.</param>
    /// <param name="Argument">The base value that the leader's schedule is asked with.</param>
    /// <param name="Multiplier">What the answer is multiplied by: the base value of a relative schedule, else 1.</param>
    /// <param name="Plateau">The schedule, if a metric reduces it.</param>
    private readonly record struct Group(Schedule Schedule, int Leader, double Argument, double Multiplier, PlateauSchedule? Plateau);
}
