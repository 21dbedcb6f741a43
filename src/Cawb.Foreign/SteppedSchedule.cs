namespace Cawb.Foreign;

/// <summary>A library's schedule on a clock of epochs with so many of its steps in each, where it has no text form there.</summary>
internal sealed record SteppedSchedule(Schedule Schedule, int StepsPerEpoch) : Schedule
{
    // A batch's moment is a rounded quotient; its product with the divisor is this close to the whole number that it came from.
    private const double Rounding = 1e-12;

    public override bool IsRelative => Schedule.IsRelative;

    public override double EndEpochs => Schedule.EndEpochs / StepsPerEpoch;

    public override double ValueAt(double epochs, double baseValue) => Schedule.ValueAt(StepAt(epochs), baseValue);

    public override double ConstantUntil(double epochs) => (StepAt(epochs) + 1) / StepsPerEpoch;

    public override IEnumerable<ScheduleEvent> Events(double endEpochs) =>
        Schedule.Events(endEpochs * StepsPerEpoch).Select(scheduleEvent => scheduleEvent with { Epochs = scheduleEvent.Epochs / StepsPerEpoch });

    private double StepAt(double epochs)
    {
        var steps = Math.Max(epochs, 0) * StepsPerEpoch;
        var nearest = Math.Round(steps);
        return Math.Abs(steps - nearest) <= Rounding * Math.Max(1, nearest) ? nearest : Math.Floor(steps);
    }
}
