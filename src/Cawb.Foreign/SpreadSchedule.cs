namespace Cawb.Foreign;

/// <summary>A library's schedule of the share of the run that is done, over a run of so many epochs, where it has no text form there.</summary>
internal sealed record SpreadSchedule(Schedule Schedule, double Epochs) : Schedule
{
    public override bool IsRelative => Schedule.IsRelative;

    public override double EndEpochs => Schedule.EndEpochs * Epochs;

    public override double ValueAt(double epochs, double baseValue) => Schedule.ValueAt(epochs / Epochs, baseValue);

    public override IEnumerable<ScheduleEvent> Events(double endEpochs) =>
        Schedule.Events(endEpochs / Epochs).Select(scheduleEvent => scheduleEvent with { Epochs = scheduleEvent.Epochs * Epochs });

    // The share of the run counts, whatever its length.
    protected override Schedule WithEnd(double endEpochs) => this with { Epochs = double.IsFinite(EndEpochs) ? Epochs * endEpochs / EndEpochs : endEpochs };
}
