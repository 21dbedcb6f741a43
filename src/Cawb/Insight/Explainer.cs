using Cawb.Yolov5;

namespace Cawb.Insight;

/// <summary>Finds the words for a schedule at a moment: each kind of schedule has its own, all others are described by their parameters and events.</summary>
internal static class Explainer
{
    public static ScheduleExplanation Explain(Schedule schedule, double epochs, double baseValue) => schedule switch
    {
        CawbSchedule warmBoots => WarmBootExplanation.Of(warmBoots, epochs, baseValue),
        ConstantSchedule constant => Make(constant, epochs, baseValue, "The value never changes.", LevelFormula(constant.Level), LevelCalculation(constant.Level, baseValue)),
        DecaySchedule decay => DecayExplanation.Of(decay, epochs, baseValue),
        GeometricSchedule geometric => DecayExplanation.Of(geometric, epochs, baseValue),
        CosineRestartsSchedule restarts => CycleExplanation.Of(restarts, epochs, baseValue),
        CyclicSchedule cyclic => CycleExplanation.Of(cyclic, epochs, baseValue),
        OneCycleSchedule oneCycle => CycleExplanation.Of(oneCycle, epochs, baseValue),
        WarmupStableDecaySchedule phases => PhaseExplanation.Of(phases, epochs, baseValue),
        WarmupStableDecaySimplifiedSchedule phases => PhaseExplanation.Of(phases, epochs, baseValue),
        Yolov5Schedule yolov5 => Yolov5Explanation.Of(yolov5, epochs, baseValue),
        StepSchedule or MultiStepSchedule or ExponentialSchedule or InverseTimeSchedule or InverseSquareRootSchedule or PiecewiseConstantSchedule or InterpolatedSchedule
            => StepExplanation.Of(schedule, epochs, baseValue),
        WarmupSchedule or SequenceSchedule or ProductSchedule or SumSchedule or ScaleSchedule or ClampSchedule or HoldPerEpochSchedule or RepeatSchedule or ShiftSchedule or PlateauSchedule
            or HoldFromSchedule or SwitchSchedule
            => CompositionExplanation.Of(schedule, epochs, baseValue),
        _ => General(schedule, epochs, baseValue),
    };

    public static string NameOf(Schedule schedule) => schedule.Format?.Name ?? schedule.GetType().Name;

    /// <summary>An explanation with the value and, after the calculation, what it gives.</summary>
    public static ScheduleExplanation Make(
        Schedule schedule, double epochs, double baseValue, string segment, string formula, string calculation, string reason = "", params ScheduleExplanation[] parts)
    {
        var value = schedule.ValueAt(epochs, baseValue);
        return new ScheduleExplanation
        {
            Schedule = NameOf(schedule),
            Epochs = epochs,
            BaseValue = baseValue,
            Value = value,
            Segment = segment,
            Formula = formula,
            Calculation = calculation.Length == 0 || calculation == InsightText.Number(value) ? calculation : $"{calculation} = {InsightText.Number(value)}",
            Reason = reason,
            Parts = new ValueList<ScheduleExplanation>(parts),
        };
    }

    public static string LevelFormula(Level level) => level.IsAbsolute ? InsightText.Number(level.Amount) : level.Amount == 1 ? "base" : $"{InsightText.Number(level.Amount)} * base";

    public static string LevelCalculation(Level level, double baseValue) =>
        level.IsAbsolute ? InsightText.Number(level.Amount) : level.Amount == 1 ? InsightText.Number(baseValue) : $"{InsightText.Number(level.Amount)} * {InsightText.Number(baseValue)}";

    private static ScheduleExplanation General(Schedule schedule, double epochs, double baseValue)
    {
        var parameters = schedule.Format is { } format
            ? string.Join(", ", format.Fields.Where(field => field.Kind is not (FieldKind.Schedule or FieldKind.Schedules)).Select(field => $"{field.Name} {Show(field.Get(schedule))}"))
            : schedule.Identity;
        var reason = schedule.Format is { } named ? $"{named.Summary} Its parameters: {parameters}." : parameters;
        return Make(schedule, epochs, baseValue, SegmentBetweenEvents(schedule, epochs), "", "", reason);
    }

    /// <summary>Between which two events a moment lies.</summary>
    public static string SegmentBetweenEvents(Schedule schedule, double epochs)
    {
        if (epochs >= schedule.EndEpochs)
        {
            return $"Past the end at epoch {InsightText.Number(schedule.EndEpochs)}: the value stays.";
        }

        // A trough is the moment before a boot or restart, which names the place better.
        var last = schedule.Events(epochs).LastOrDefault(scheduleEvent => scheduleEvent.Kind != ScheduleEventKind.Trough);
        var horizon = double.IsFinite(schedule.EndEpochs) ? schedule.EndEpochs : (2 * epochs) + 1000;
        var next = schedule.Events(horizon).FirstOrDefault(scheduleEvent => scheduleEvent.Epochs > epochs && scheduleEvent.Kind != ScheduleEventKind.Trough);
        var from = last == default ? "From the start" : $"After {Name(last)}";
        return next == default ? $"{from}." : $"{from}, before {Name(next)}.";
    }

    private static string Name(ScheduleEvent scheduleEvent) => $"{scheduleEvent.Kind switch
    {
        ScheduleEventKind.WarmupEnd => "the end of the warm-up",
        ScheduleEventKind.Boot => $"boot {scheduleEvent.Index + 1}",
        ScheduleEventKind.Restart => $"restart {scheduleEvent.Index + 1}",
        ScheduleEventKind.Phase => $"phase change {scheduleEvent.Index + 1}",
        ScheduleEventKind.End => "the end",
        _ => $"trough {scheduleEvent.Index + 1}",
    }} at epoch {InsightText.Number(scheduleEvent.Epochs)}";

    private static string Show(object value) => value switch
    {
        double number => InsightText.Number(number),
        IEnumerable<double> numbers => $"[{string.Join(", ", numbers.Select(InsightText.Number))}]",
        IEnumerable<Level> levels => $"[{string.Join(", ", levels)}]",
        bool flag => flag ? "true" : "false",
        Annealing annealing => AnnealingFormula.Symbols(annealing),
        _ => value.ToString() ?? "",
    };
}
