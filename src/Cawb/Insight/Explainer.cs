namespace Cawb.Insight;

/// <summary>Writes explanations: CAWB has its own, every other schedule of ours is explained by its <see cref="Formula"/>, types of other assemblies by their parameters and events.</summary>
internal static class Explainer
{
    public static ScheduleExplanation Explain(Schedule schedule, double epochs, double baseValue) => schedule is CawbSchedule warmBoots
        ? WarmBootExplanation.Of(warmBoots, epochs, baseValue)
        : schedule.FormulaAt(epochs, baseValue) is { } formula ? ByFormula(schedule, formula, epochs, baseValue)
        : Make(schedule, epochs, baseValue, BetweenEvents(schedule, epochs), "", "", schedule.Identity);

    /// <summary>An explanation with the value and, after the calculation, what it gives.</summary>
    public static ScheduleExplanation Make(
        Schedule schedule, double epochs, double baseValue, string segment, string formula, string calculation, string reason = "", params IEnumerable<ScheduleExplanation> parts)
    {
        var value = schedule.ValueAt(epochs, baseValue);
        return new ScheduleExplanation
        {
            Schedule = schedule.Format?.Name ?? schedule.GetType().Name,
            Epochs = epochs,
            BaseValue = baseValue,
            Value = value,
            Segment = segment,
            Formula = formula,
            Calculation = calculation.Length == 0 || calculation == InsightText.Number(value) ? calculation : $"{calculation} = {InsightText.Number(value)}",
            Reason = reason,
            Parts = [.. parts],
        };
    }

    private static ScheduleExplanation ByFormula(Schedule schedule, Formula formula, double epochs, double baseValue)
    {
        var parts = formula.Parts.Select(part => Explain(part.Schedule, part.Epochs, part.BaseValue)).ToList();
        var names = Names(schedule, formula, epochs, baseValue, parts);
        var (place, reason) = formula.Place.Length > 0 ? (Filled(formula.Place, names), "") : PlaceAndReason(schedule, formula, epochs, baseValue);
        return Make(
            schedule, epochs, baseValue, place, formula.Text, SymbolText.Replaced(formula.Calculated, name => names.GetValueOrDefault(name, name)),
            epochs < schedule.EndEpochs && formula.Reason.Length > 0 ? Filled(formula.Reason, names) : reason, parts);
    }

    private static Dictionary<string, string> Names(Schedule schedule, Formula formula, double epochs, double baseValue, List<ScheduleExplanation> parts)
    {
        var names = new Dictionary<string, double> { ["base"] = baseValue, ["t"] = Math.Min(epochs, schedule.EndEpochs) };
        foreach (var field in schedule.Format?.Fields ?? [])
        {
            if (field.Get(schedule) is var content && (content is Level level ? level.Of(baseValue) : content as double?) is { } number)
                names[field.Name] = number;
        }

        for (var i = 0; i < parts.Count; i++)
            names[parts.Count == 1 ? "inner" : $"part{i + 1}"] = parts[i].Value;
        foreach (var (name, value) in formula.Values)
            names[name] = value;
        return names.ToDictionary(entry => entry.Key, entry => InsightText.Number(entry.Value));
    }

    private static string Filled(string sentence, Dictionary<string, string> names) =>
        names.Aggregate(sentence, (text, name) => text.Replace($"{{{name.Key}}}", name.Value, StringComparison.Ordinal));

    private static (string Place, string Reason) PlaceAndReason(Schedule schedule, Formula formula, double epochs, double baseValue)
    {
        if (epochs >= schedule.EndEpochs)
            return (schedule.EndEpochs > 0 ? $"Past the end at epoch {InsightText.Number(schedule.EndEpochs)}: the value stays." : "The value never changes.", "");
        var (from, to) = formula.Bounds ?? Bounds(schedule, epochs);
        if (double.IsPositiveInfinity(to))
            return ($"{char.ToUpperInvariant(formula.Stretch[0])}{formula.Stretch[1..]}, from epoch {InsightText.Number(from)} on.", "");
        var place = $"{InsightText.Percent((epochs - from) / (to - from))} of {formula.Stretch}, epoch {InsightText.Number(from)} to {InsightText.Number(to)}.";
        if (schedule.ConstantUntil(epochs) >= to)
            return (place, "The value stays until then.");
        var (first, last) = (schedule.ValueAt(from, baseValue), schedule.ValueAt(Math.BitDecrement(to), baseValue));
        // What a curve has left a moment before it comes to 0 is nothing to show.
        return (place, $"It goes from {InsightText.Number(first)} to {InsightText.Number(Math.Abs(last) < 1e-12 * Math.Abs(first) ? 0 : last)}.");
    }

    private static (double From, double To) Bounds(Schedule schedule, double epochs)
    {
        var (last, next) = Events(schedule, epochs);
        return (last.Epochs, next == default ? double.PositiveInfinity : next.Epochs);
    }

    // A trough is the moment before a boot or restart, which names the place better.
    private static (ScheduleEvent Last, ScheduleEvent Next) Events(Schedule schedule, double epochs)
    {
        var horizon = double.IsFinite(schedule.EndEpochs) ? schedule.EndEpochs : (2 * epochs) + 1000;
        var events = schedule.Events(horizon).Where(scheduleEvent => scheduleEvent.Kind != ScheduleEventKind.Trough);
        return (events.TakeWhile(scheduleEvent => scheduleEvent.Epochs <= epochs).LastOrDefault(), events.FirstOrDefault(scheduleEvent => scheduleEvent.Epochs > epochs));
    }

    private static string BetweenEvents(Schedule schedule, double epochs)
    {
        if (epochs >= schedule.EndEpochs)
            return $"Past the end at epoch {InsightText.Number(schedule.EndEpochs)}: the value stays.";
        var (last, next) = Events(schedule, epochs);
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
}
