using Cawb.Yolov5;

namespace Cawb.Tests.Laws;

/// <summary>Where a schedule may jump, read off its definition: the moments at which the value right before is not the one that follows. Everywhere else it must be continuous.</summary>
internal static class Jumps
{
    /// <summary>Moments after 0 and up to an end, in epochs; some of them more than once.</summary>
    public static IEnumerable<double> Of(Schedule schedule, double end) => All(schedule, end).Where(moment => moment > 0 && moment <= end);

    private static IEnumerable<double> All(Schedule schedule, double end) => schedule switch
    {
        CawbSchedule warmBoots => warmBoots.BootEpochs.Concat(warmBoots.AnnealingUpdate == AnnealingUpdate.PerEpoch ? [.. Wholes(end), warmBoots.Epochs] : []),
        StepSchedule step => Multiples(step.IntervalEpochs, end),
        MultiStepSchedule multiStep => multiStep.MilestoneEpochs,
        ExponentialSchedule exponential => exponential.IsStaircase ? Multiples(exponential.IntervalEpochs, end) : [],
        InverseTimeSchedule inverseTime => inverseTime.IsStaircase ? Multiples(inverseTime.IntervalEpochs, end) : [],
        PiecewiseConstantSchedule pieces => pieces.BoundaryEpochs,
        CosineRestartsSchedule restarts => restarts.Cycles.RestartEpochs,
        // A cycle of the decaying modes starts at the floor, where the one before has ended.
        CyclicSchedule => [],
        WarmupStableDecaySimplifiedSchedule decays => decays.DecayEndEpochs,
        // One value per epoch after the warm-up, whose end moves with the epoch.
        Yolov5Schedule yolov5 => [.. Wholes(end), yolov5.WarmupEpochs, yolov5.Epochs],
        ConstantSchedule or DecaySchedule or GeometricSchedule or InverseSquareRootSchedule or InterpolatedSchedule or OneCycleSchedule or WarmupStableDecaySchedule => [],
        WarmupSchedule warmup => Later(warmup.Schedule, warmup.WarmupEpochs, end),
        SequenceSchedule sequence => sequence.BoundaryEpochs.Concat(sequence.Parts.SelectMany((part, i) => Later(part, i == 0 ? 0 : sequence.BoundaryEpochs[i - 1], end))),
        ProductSchedule product => product.Parts.SelectMany(part => All(part, end)),
        SumSchedule sum => sum.Parts.SelectMany(part => All(part, end)),
        ScaleSchedule scale => All(scale.Schedule, end),
        ClampSchedule clamp => All(clamp.Schedule, end),
        // At the last end the value is that of the period's end, not of its start.
        RepeatSchedule repeat => Multiples(repeat.PeriodEpochs, end).Where(start => start < repeat.EndEpochs)
            .SelectMany(start => Later(repeat.Schedule, start, end).Append(start)).Concat(All(repeat.Schedule, end)),
        ShiftSchedule shift => All(shift.Schedule, end - shift.OffsetEpochs).Select(moment => moment + shift.OffsetEpochs),
        HoldPerEpochSchedule => Wholes(end),
        HoldFromSchedule hold => All(hold.Schedule, end),
        SwitchSchedule change => All(change.Before, end).Concat(All(change.After, end)).Append(change.AtEpochs),
        PlateauSchedule plateau => All(plateau.Schedule, end),
        _ => throw new InvalidOperationException($"The tests do not know where a {schedule.GetType().Name} may jump."),
    };

    private static IEnumerable<double> Later(Schedule schedule, double start, double end) => start > end ? [] : All(schedule, end - start).Select(moment => moment + start);

    private static IEnumerable<double> Wholes(double end) => Multiples(1, end);

    private static IEnumerable<double> Multiples(double interval, double end)
    {
        for (var i = 1; i * interval <= end; i++)
            yield return i * interval;
    }
}
