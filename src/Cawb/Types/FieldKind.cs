namespace Cawb.Types;

/// <summary>What the text form expects for a field.</summary>
public enum FieldKind
{
    /// <summary>A number that is no time.</summary>
    Number,

    /// <summary>A length or a moment, in epochs: what is stretched when the clock is another.</summary>
    Time,

    /// <summary>A list of moments or lengths, in epochs.</summary>
    Times,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>A factor of the base value, or an object with an absolute one; see <see cref="Cawb.Level"/>.</summary>
    Level,

    /// <summary>A list of levels.</summary>
    Levels,

    /// <summary>A formula of x and y, or an object of a type in <see cref="ScheduleType.Annealings"/>.</summary>
    Annealing,

    /// <summary>An object of a type in <see cref="ScheduleType.All"/>.</summary>
    Schedule,

    /// <summary>A list of such objects.</summary>
    Schedules,
}
