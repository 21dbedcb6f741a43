using Cawb.Types;
using Cawb.Yolov5;

namespace Cawb.Code;

/// <summary>Schedules as C#: constructors with the names of their parameters, and methods where one composes.</summary>
internal static class CSharpExpression
{
    public static CodeText Of(Schedule schedule) => schedule switch
    {
        WarmupSchedule warmup => Method(
            warmup.Schedule, "WithWarmup", [CodeText.Number(warmup.WarmupEpochs), .. warmup.Start == Level.Zero ? [] : (CodeText[])[$"start: {Of(warmup.Start)}"]]),
        SequenceSchedule { Parts.Count: > 1 } sequence => sequence.Parts.Skip(1).Zip(sequence.BoundaryEpochs)
            .Aggregate(Of(sequence.Parts[0]), (chain, next) => Method(chain, "Then", [Of(next.First), $"atEpochs: {CodeText.Number(next.Second)}"])),
        ProductSchedule { Parts.Count: > 1 } product => product.Parts.Skip(1).Aggregate(Of(product.Parts[0]), (chain, part) => Method(chain, "Times", [Of(part)])),
        SumSchedule { Parts.Count: > 1 } sum => sum.Parts.Skip(1).Aggregate(Of(sum.Parts[0]), (chain, part) => Method(chain, "Plus", [Of(part)])),
        ScaleSchedule scale => Method(scale.Schedule, "Times", [CodeText.Number(scale.Factor)]),
        ClampSchedule clamp => Method(clamp.Schedule, "Clamped", [Of(clamp.Min), Of(clamp.Max)]),
        RepeatSchedule repeat => Method(
            repeat.Schedule, "Repeated", [CodeText.Number(repeat.PeriodEpochs), .. repeat.Times == int.MaxValue ? [] : (CodeText[])[$"times: {CodeText.Number(repeat.Times)}"]]),
        ShiftSchedule shift => Method(shift.Schedule, "Shifted", [CodeText.Number(shift.OffsetEpochs)]),
        HoldPerEpochSchedule held => Method(held.Schedule, "HeldPerEpoch", []),
        PlateauSchedule plateau => New(plateau, [Of(plateau.Schedule), New(plateau.Rule, Named(plateau, Fields(plateau).Where(field => field.Kind != FieldKind.Schedule && !IsDefault(plateau, field))))]),
        ConstantSchedule constant => New(constant, constant.Level == Level.Base ? [] : [Of(constant.Level)]),
        // Their types are not public: plan changes make them.
        SwitchSchedule or HoldFromSchedule => $"ScheduleText.Parse(\"\"\"{schedule.CanonicalText}\"\"\")",
        _ => Constructed(schedule),
    };

    private static CodeText Constructed(Schedule schedule)
    {
        var required = Fields(schedule).Where(field => IsRequired(schedule, field)).ToList();
        var optional = Fields(schedule).Where(field => !IsRequired(schedule, field) && !IsDefault(schedule, field)).ToList();
        // Where both ends are levels of the base there are short forms, which leave the levels out.
        if (schedule is OneCycleSchedule { TotalEpochs: var total } && schedule.Equals(new OneCycleSchedule(total)))
            required.RemoveAll(field => field.Name != "totalEpochs");
        if (schedule is WarmupStableDecaySchedule wsd && schedule.Equals(new WarmupStableDecaySchedule(wsd.WarmupEpochs, wsd.StableEpochs, wsd.DecayEpochs)))
            required.RemoveAll(field => field.Kind == FieldKind.Level);
        CodeText[] floor = [];
        if (optional.Count == 0 && schedule is DecaySchedule { Start: var start, End: var end } && IsFloor(start, end)
            || (optional.Count == 0 && schedule is CosineRestartsSchedule { Start: var peak, End: var bottom } && IsFloor(peak, bottom)))
        {
            var min = required.First(field => field.Name == "end");
            floor = IsDefault(schedule, min) ? [] : [$"minFactor: {CodeText.Number(((Level)min.Get(schedule)).Amount)}"];
            required.RemoveAll(field => field.Kind == FieldKind.Level);
        }

        CodeText[] cycles = [];
        if (schedule is CosineRestartsSchedule restarts)
        {
            cycles = [Of(restarts.Cycles)];
            required.RemoveAll(field => field.Name is "restarts" or "totalEpochs");
        }

        return New(schedule, [.. cycles, .. Named(schedule, required), .. floor, .. Named(schedule, optional)]);
    }

    private static bool IsFloor(Level start, Level end) => start == Level.Base && end is { IsAbsolute: false, Amount: <= 1 };

    // What constructors have no default for: levels, and lists of times.
    private static bool IsRequired(Schedule schedule, FieldFormat field) =>
        field.Default is null || field.Kind == FieldKind.Times || (field.Kind == FieldKind.Level && schedule is not Yolov5Schedule);

    private static bool IsDefault(object owner, FieldFormat field) => field.Get(owner).Equals(field.Default);

    private static IReadOnlyList<FieldFormat> Fields(Schedule schedule) => schedule.Format?.Fields ?? [];

    private static CodeText New(object owner, IEnumerable<CodeText> arguments) => CodeText.Call($"new {owner.GetType().Name}", arguments);

    private static CodeChain Method(Schedule schedule, string name, IReadOnlyList<CodeText> arguments) => Method(Of(schedule), name, arguments);

    private static CodeChain Method(CodeText head, string name, IReadOnlyList<CodeText> arguments)
    {
        var call = CodeText.Call($".{name}", arguments);
        return head is CodeChain chain ? chain with { Calls = [.. chain.Calls, call] } : new CodeChain(head, [call]);
    }

    // An annealing and a list of schedules say themselves what they are.
    private static IEnumerable<CodeText> Named(object owner, IEnumerable<FieldFormat> fields) => fields.Select(field => field.Get(owner) switch
    {
        Annealing annealing => Of(annealing),
        IReadOnlyList<Schedule> schedules => CodeText.List(schedules.Select(Of)),
        var value => CodeText.Of($"{field.Name}: ", Of(owner, field, value)),
    });

    private static CodeText Of(object owner, FieldFormat field, object value) => value switch
    {
        double number => CodeText.Number(number),
        bool flag => flag ? "true" : "false",
        string word => $"{TypeOf(owner, field)}.{PascalCase(word)}",
        Level level => Of(level),
        IReadOnlyList<double> numbers => CodeText.List(numbers.Select(number => (CodeText)CodeText.Number(number))),
        IReadOnlyList<Level> levels => CodeText.List(levels.Select(level => (CodeText)Of(level))),
        _ => throw new InvalidOperationException($"The field {field.Name} holds a {value.GetType()}, which nothing writes as code."),
    };

    private static string Of(Level level) => level switch
    {
        { IsAbsolute: true } => $"Level.Absolute({CodeText.Number(level.Amount)})",
        { Amount: 0 } => "Level.Zero",
        { Amount: 1 } => "Level.Base",
        _ => $"Level.Factor({CodeText.Number(level.Amount)})",
    };

    private static CodeText Of(CyclePlan cycles)
    {
        var first = cycles.EndOf(0);
        var multiplier = cycles.Count == 1 ? 1 : (cycles.EndOf(1) - first) / first;
        if (cycles.Equals(CyclePlan.Geometric(first, multiplier, cycles.Count)))
        {
            string[] lengths = multiplier == 1 ? [] : [$"lengthMultiplier: {CodeText.Number(multiplier)}"];
            return $"CyclePlan.{(multiplier == 1 ? "Equal(cycleEpochs" : "Geometric(firstCycleEpochs")}: {string.Join(", ", [CodeText.Number(first), .. lengths, $"cycles: {CodeText.Number(cycles.Count)}"])})";
        }

        return CodeText.Call(
            "CyclePlan.FromRestarts",
            [CodeText.List(cycles.RestartEpochs.Select(epoch => (CodeText)CodeText.Number(epoch))), $"totalEpochs: {CodeText.Number(cycles.TotalEpochs)}"]);
    }

    private static CodeText Of(Annealing annealing) => annealing switch
    {
        ExpressionAnnealing expression => $"Annealing.Expression(\"{expression.Formula.CanonicalText}\")",
        CosineAnnealing { Power: 1, Offset: > 0 and <= 1 } cosine when cosine.Scale == 1 - cosine.Offset => $"Annealing.CosineTo({CodeText.Number(cosine.Offset)})",
        { Format: { } format } => CodeText.Call($"Annealing.{PascalCase(format.Name)}", Named(annealing, format.Fields.Where(field => !IsDefault(annealing, field)))),
        _ => throw new InvalidOperationException($"The annealing {annealing} has no text, and so no code."),
    };

    private static string TypeOf(object owner, FieldFormat field) => field.Name switch
    {
        "curve" => owner is Yolov5Schedule ? nameof(Yolov5Curve) : nameof(KDecayCurve),
        "goal" => nameof(MetricGoal),
        "mode" => nameof(CyclicMode),
        "shape" => nameof(DecayShape),
        var name => PascalCase(name),
    };

    private static string PascalCase(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
