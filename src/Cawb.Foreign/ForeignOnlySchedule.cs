namespace Cawb.Foreign;

/// <summary>A schedule that only a library has: ours does not do what it does at a boundary or past its end, so it has no text form.</summary>
internal abstract record ForeignOnlySchedule : Schedule
{
    /// <summary>Why the library raises at a position; empty where it does not. <see cref="Schedule.ValueAt"/> goes on all the same.</summary>
    public virtual string FaultAt(double position) => "";

    /// <summary>Cawb's own schedule with the same numbers, as far as the parameters tell; it is checked before it is used.</summary>
    /// <exception cref="ArgumentException">Ours refuses the parameters.</exception>
    public virtual Schedule? Candidate() => null;

    /// <summary>The walk and the schedules of a library whose schedules are functions of the position.</summary>
    public static ForeignRecipe Recipe(ForeignRequest request, Func<int, ForeignOnlySchedule> schedule)
    {
        var schedules = Enumerable.Range(0, request.BaseRates.Count).Select(schedule).ToList();
        var initial = schedules.Select((item, group) => item.ValueAt(0, request.BaseRates[group])).ToList();
        return new ForeignRecipe(() => new FunctionScheduler(request.Name, schedules, request.BaseRates, initial)) { LearningRates = schedules };
    }
}
