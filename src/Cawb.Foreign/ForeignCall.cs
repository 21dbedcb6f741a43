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
        arguments.Has(name) ? [.. arguments.Elements(name).Select((item, i) => Read(arguments, $"{name}[{i}]", item, kind))] : [];

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
