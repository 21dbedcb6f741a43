namespace Cawb.Foreign;

/// <summary>Which of its calls a library's scheduler gets.</summary>
internal enum ForeignCallKind
{
    /// <summary><c>step()</c>.</summary>
    Step,

    /// <summary><c>step(epoch)</c>.</summary>
    StepTo,

    /// <summary><c>step(metric)</c>.</summary>
    StepWithMetric,
}
