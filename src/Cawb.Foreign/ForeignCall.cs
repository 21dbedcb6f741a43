using System.Text.Json;

namespace Cawb.Foreign;

/// <summary>One call of a library's scheduler: <c>step()</c>, <c>step(epoch)</c> or <c>step(metric)</c>.</summary>
internal readonly record struct ForeignCall(ForeignCallKind Kind, double Value)
{
    public static ForeignCall Step => new(ForeignCallKind.Step, 0);

    public void ApplyTo(ForeignScheduler scheduler)
    {
        switch (Kind)
        {
            case ForeignCallKind.StepTo:
                scheduler.StepTo(Value);
                break;
            case ForeignCallKind.StepWithMetric:
                scheduler.StepWithMetric(Value);
                break;
            default:
                scheduler.Step();
                break;
        }
    }

    /// <summary>The calls that an argument lists: <c>step_args</c> (null = step()) or <c>metrics</c>; none where it is null.</summary>
    public static IReadOnlyList<ForeignCall> Listed(Arguments arguments, string name, ForeignCallKind kind) =>
        arguments.Knows(name) && arguments.Has(name) ? [.. arguments.Elements(name).Select((item, i) => Read(arguments, $"{name}[{i}]", item, kind))] : [];

    /// <summary>A recipe whose scheduler gets these calls; itself where there are none.</summary>
    public static ForeignRecipe Followed(ForeignRequest request, ForeignRecipe recipe, IReadOnlyList<ForeignCall> calls)
    {
        if (calls.Count == 0)
            return recipe;
        var start = recipe.Start ?? (() => new PositionScheduler(request.Name, recipe, request.BaseRates));
        var states = States(start, calls);
        FormulaSchedule Replayed(int group, bool isMomentum) => request.Formula(
            "follows a list of calls or metrics, and ours follow the time; nearest is the same without the list",
            (call, _) => states[(int)Math.Min(call, states.Count - 1)] is var (rates, momenta) && isMomentum ? momenta[group] : rates[group],
            $"{(isMomentum ? "momentum " : "")}{request.Part(group)}",
            endSteps: states.Count - 1);
        return recipe with
        {
            LearningRates = request.PerGroup(group => Replayed(group, isMomentum: false)),
            Momenta = recipe.Momenta.Count > 0 ? request.PerGroup(group => Replayed(group, isMomentum: true)) : [],
            Start = start,
            WaitsForMetric = false,
            Calls = calls,
            Run = 0,
        };
    }

    private static List<(double[] Rates, double[] Momenta)> States(Func<ForeignScheduler> start, IReadOnlyList<ForeignCall> calls)
    {
        var scheduler = start();
        List<(double[], double[])> states = [(scheduler.LearningRates.ToArray(), scheduler.Momenta.ToArray())];
        try
        {
            foreach (var call in calls)
            {
                call.ApplyTo(scheduler);
                states.Add((scheduler.LearningRates.ToArray(), scheduler.Momenta.ToArray()));
            }
        }
        catch (Exception fault) when (fault is InvalidOperationException or ArgumentOutOfRangeException)
        {
            // The library raises here: time goes on, the rates do not.
        }
        return states;
    }

    private static ForeignCall Read(Arguments arguments, string name, JsonElement item, ForeignCallKind kind) => item.ValueKind switch
    {
        JsonValueKind.Null when kind == ForeignCallKind.StepTo => Step,
        JsonValueKind.Number => new ForeignCall(kind, item.GetDouble()),
        JsonValueKind.String when kind == ForeignCallKind.StepWithMetric && item.ValueEquals("NaN") => new ForeignCall(kind, double.NaN),
        JsonValueKind.String when kind == ForeignCallKind.StepWithMetric && item.ValueEquals("Infinity") => new ForeignCall(kind, double.PositiveInfinity),
        JsonValueKind.String when kind == ForeignCallKind.StepWithMetric && item.ValueEquals("-Infinity") => new ForeignCall(kind, double.NegativeInfinity),
        _ => throw arguments.Fault(name, $"must be a number; got {Arguments.Describe(item)}"),
    };
}
