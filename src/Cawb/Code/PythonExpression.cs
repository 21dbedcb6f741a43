using Cawb.Insight;
using Cawb.Types;

namespace Cawb.Code;

/// <summary>Schedules as expressions of Python. Where a schedule is relative its factor is written and then multiplied by the base.</summary>
/// <param name="helpers">Takes up the helpers that the expressions call.</param>
internal sealed class PythonExpression(PythonHelpers helpers)
{
    private const string Unit = "1";

    // How tightly an expression binds, loosest first.
    private enum Binding
    {
        Choice,
        Sum,
        Product,
        Atom,
    }

    /// <summary>The value at a time for a base, both of which are names.</summary>
    public CodeText Of(Schedule schedule, string time, string baseName)
    {
        if (schedule is not PlateauSchedule { Rule: var rule } plateau)
            return Value(schedule, time, baseName).Code;
        helpers.Use("plateau");
        List<CodeText> arguments = [Value(plateau.Schedule, time, baseName).Code, "reductions", $"factor={CodeText.Number(rule.Factor)}"];
        if (rule.Min != Level.Zero)
            arguments.Add($"min_value={At(rule.Min, baseName)}");
        if (rule.MinChange != 0)
            arguments.Add($"min_change={CodeText.Number(rule.MinChange)}");
        return CodeText.Call("plateau", arguments);
    }

    /// <summary>Whether the value is the base times a factor of time alone, reductions included.</summary>
    public static bool IsRelative(Schedule schedule) => schedule.IsRelative && schedule is not PlateauSchedule { Rule: { Min.IsAbsolute: true } or { MinChange: > 0 } };

    /// <param name="schedule">Any but a plateau.</param>
    /// <param name="time">An expression.</param>
    /// <param name="baseValue">An expression, or the unit, for which the factor of a relative schedule is written.</param>
    private (CodeText Code, Binding Binding) Value(Schedule schedule, string time, string baseValue)
    {
        if (schedule.IsRelative && baseValue != Unit && schedule is not ConstantSchedule)
            return Multiplied(baseValue, Value(schedule, time, Unit));
        // Only what uses the time once takes an expression for it.
        if (schedule is ProductSchedule or SumSchedule or SwitchSchedule && !IsName(time))
            return (CodeText.Of("(lambda t: ", Value(schedule, "t", baseValue).Code, $")({time})"), Binding.Atom);
        return schedule switch
        {
            ConstantSchedule constant => (At(constant.Level, baseValue), Binding.Product),
            ScaleSchedule scale => Multiplied(CodeText.Number(scale.Factor), Value(scale.Schedule, time, baseValue)),
            SumSchedule sum => sum.Parts.Skip(1).Aggregate(
                Value(sum.Parts[0], time, baseValue), (before, part) => Joined(before, "+", Value(part, time, baseValue), Binding.Sum)),
            ProductSchedule product => product.Parts.Skip(1).Aggregate(Value(product.Parts[0], time, baseValue), (before, part) => Product(before, part, time)),
            ClampSchedule clamp => (CodeText.Call("min", [CodeText.Call("max", [Value(clamp.Schedule, time, baseValue).Code, At(clamp.Min, baseValue)]), At(clamp.Max, baseValue)]), Binding.Atom),
            ShiftSchedule { OffsetEpochs: var offset } shift => Value(
                shift.Schedule, offset > 0 ? $"max({time} - {CodeText.Number(offset)}, 0)" : $"{time} + {CodeText.Number(-offset)}", baseValue),
            HoldPerEpochSchedule held => Value(held.Schedule, $"math.floor({time})", baseValue),
            HoldFromSchedule held => Value(held.Schedule, $"min({time}, {CodeText.Number(held.FromEpochs)})", baseValue),
            SwitchSchedule change => (new CodeOperation(
                Bound(Value(change.Before, time, baseValue), Binding.Sum),
                [("if", $"{time} < {CodeText.Number(change.AtEpochs)}"), ("else", Value(change.After, time, baseValue).Code)]), Binding.Choice),
            _ => (Call(schedule, time, baseValue), Binding.Atom),
        };
    }

    private (CodeText Code, Binding Binding) Product((CodeText Code, Binding Binding) before, Schedule part, string time) => part.IsRelative
        ? Multiplied(before, Value(part, time, Unit))
        : (CodeText.Of("(lambda base: ", Value(part, time, "base").Code, ")(", before.Code, ")"), Binding.Atom);

    private CodeText Call(Schedule schedule, string time, string baseValue)
    {
        var format = schedule.Format ?? throw new InvalidOperationException($"The schedule {schedule} has no text, and so no code.");
        var name = helpers.Use(format.Name);
        List<CodeText> arguments = [time];
        foreach (var field in PythonHelpers.InOrder(format.Fields))
        {
            var value = field.Get(schedule);
            // A default of the base is 1 in the helpers.
            if (!value.Equals(field.Default) || PythonHelpers.IsCurve(field) || (field.Kind == FieldKind.Level && baseValue != Unit && !value.Equals(Level.Zero)))
                arguments.Add(Argument(field, value, baseValue));
        }

        if (format.Name == PythonSources.WithBase && baseValue != Unit)
            arguments.Add($"base={baseValue}");
        return CodeText.Call(name, arguments);
    }

    private CodeText Argument(FieldFormat field, object value, string baseValue)
    {
        var text = value switch
        {
            double number => (CodeText)CodeText.Number(number),
            bool flag => flag ? "True" : "False",
            string word => PythonHelpers.IsCurve(field) ? helpers.Use(PythonHelpers.Curve(word)) : $"\"{word}\"",
            Level level => At(level, baseValue),
            Annealing annealing => $"lambda x, y: {Formula(annealing)}",
            Schedule part => CodeText.Of("lambda t: ", Value(part, "t", baseValue).Code),
            IReadOnlyList<double> numbers => CodeText.List(numbers.Select(number => (CodeText)CodeText.Number(number))),
            IReadOnlyList<Level> levels => CodeText.List(levels.Select(level => (CodeText)At(level, baseValue))),
            IReadOnlyList<Schedule> parts => CodeText.List(parts.Select(part => CodeText.Of("lambda t: ", Value(part, "t", baseValue).Code))),
            _ => throw new InvalidOperationException($"The field {field.Name} holds a {value.GetType()}, which nothing writes as code."),
        };
        return field.Kind is FieldKind.Schedule or FieldKind.Schedules ? text : CodeText.Of($"{PythonHelpers.SnakeCase(field.Name)}=", text);
    }

    private static string At(Level level, string baseValue) => level switch
    {
        { IsAbsolute: true } or { Amount: 0 } => CodeText.Number(level.Amount),
        { Amount: 1 } => baseValue,
        _ when baseValue == Unit => CodeText.Number(level.Amount),
        _ => $"{CodeText.Number(level.Amount)} * {baseValue}",
    };

    private static string Formula(Annealing annealing) => annealing is ExpressionAnnealing expression
        ? expression.Formula.CanonicalText
        : AnnealingFormula.Symbols(annealing, CodeText.Number).Replace("cos(pi ", "math.cos(math.pi ", StringComparison.Ordinal);

    private static (CodeText Code, Binding Binding) Multiplied(CodeText factor, (CodeText Code, Binding Binding) value) => Multiplied((factor, Binding.Atom), value);

    private static (CodeText Code, Binding Binding) Multiplied((CodeText Code, Binding Binding) factor, (CodeText Code, Binding Binding) value) => factor.Code.OneLine == Unit ? value
        : value.Code.OneLine == Unit ? factor
        : Joined(factor, "*", value, Binding.Product);

    private static (CodeText Code, Binding Binding) Joined((CodeText Code, Binding Binding) before, string word, (CodeText Code, Binding Binding) after, Binding binding)
    {
        // Operations of one kind are one, whichever side they stand on.
        var rest = after.Binding == binding && after.Code is CodeOperation { IsEnclosed: false } following
            ? [(word, following.First), .. following.Rest]
            : (IReadOnlyList<(string, CodeText)>)[(word, Bound(after, Binding.Product))];
        return (before is { Code: CodeOperation { IsEnclosed: false } same } && before.Binding == binding
            ? same with { Rest = [.. same.Rest, .. rest] }
            : new CodeOperation(Bound(before, binding), rest), binding);
    }

    private static CodeText Bound((CodeText Code, Binding Binding) value, Binding atLeast) => value.Binding >= atLeast ? value.Code
        : value.Code is CodeOperation operation ? operation with { IsEnclosed = true }
        : CodeText.Of("(", value.Code, ")");

    private static bool IsName(string text) => text.All(character => char.IsAsciiLetterOrDigit(character) || character is '_');
}
