namespace Cawb.Foreign;

/// <summary>A library's schedule of the share of the run that is done, over a run of so many epochs.</summary>
internal sealed record SpreadSchedule(Schedule Schedule, double Epochs) : ForeignOnlySchedule
{
    public override bool IsRelative => Schedule.IsRelative;

    public override double EndEpochs => Schedule.EndEpochs * Epochs;

    public override double ValueAt(double epochs, double baseValue) => Schedule.ValueAt(epochs / Epochs, baseValue);

    public override IEnumerable<ScheduleEvent> Events(double endEpochs) =>
        Schedule.Events(endEpochs / Epochs).Select(scheduleEvent => scheduleEvent with { Epochs = scheduleEvent.Epochs * Epochs });
}
