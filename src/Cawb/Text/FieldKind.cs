namespace Cawb;

/// <summary>What the text form expects for a field.</summary>
internal enum FieldKind
{
    Number,
    Numbers,
    Flag,
    Choice,
    Level,
    Levels,
    Annealing,
    Schedule,
    Schedules,
}
