namespace Cawb;

/// <summary>What the text form expects for a field.</summary>
internal enum FieldKind
{
    Number,

    /// <summary>A length or a moment, in epochs: what is stretched when the clock is another.</summary>
    Time,
    Times,
    Flag,
    Choice,
    Level,
    Levels,
    Annealing,
    Schedule,
    Schedules,
}
