namespace Cawb;

/// <summary>A moment of a schedule that plots mark and loops act on.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="Epochs">When, in epochs. The batch that starts at this moment is the first one trained after the event.</param>
/// <param name="Index">0-based count among the events of the same kind: boot 0 is the first boot, and trough 0 lies right before it.</param>
public readonly record struct ScheduleEvent(ScheduleEventKind Kind, double Epochs, int Index);
