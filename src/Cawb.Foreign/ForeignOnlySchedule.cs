namespace Cawb.Foreign;

/// <summary>A schedule that only a library has: ours does not do what it does at a boundary or past its end, so it has no text form.</summary>
internal abstract record ForeignOnlySchedule : Schedule;
