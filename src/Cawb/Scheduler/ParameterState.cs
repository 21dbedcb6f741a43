namespace Cawb;

/// <summary>The part of a <see cref="SchedulerState"/> that belongs to one hyper-parameter.</summary>
public sealed record ParameterState
{
    internal ParameterState(string name, IEnumerable<double> baseValues, IEnumerable<string> schedules, IEnumerable<PlateauState> plateaus)
    {
        Name = name;
        BaseValues = new ValueList<double>(baseValues);
        Schedules = new ValueList<string>(schedules);
        Plateaus = new ValueList<PlateauState>(plateaus);
    }

    /// <summary>Such as <c>learningRate</c>.</summary>
    public string Name { get; }

    /// <summary>One per group.</summary>
    public IReadOnlyList<double> BaseValues { get; }

    /// <summary>The canonical text of each group's schedule, delegates written by name.</summary>
    public IReadOnlyList<string> Schedules { get; }

    /// <summary>How far each group's plateau rule has come; the default for groups without one.</summary>
    public IReadOnlyList<PlateauState> Plateaus { get; }
}
