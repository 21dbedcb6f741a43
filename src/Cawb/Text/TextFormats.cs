using Cawb.Yolov5;

namespace Cawb;

/// <summary>Every type that the text form knows, in the order in which messages and the schema list them.</summary>
internal static class TextFormats
{
    public static IReadOnlyList<ObjectFormat<Schedule>> Schedules { get; } =
    [
        CawbSchedule.TextFormat,
        ConstantSchedule.TextFormat,
        LinearSchedule.TextFormat,
        PolynomialSchedule.TextFormat,
        ExponentialSchedule.TextFormat,
        GeometricSchedule.TextFormat,
        StepSchedule.TextFormat,
        MultiStepSchedule.TextFormat,
        InverseTimeSchedule.TextFormat,
        InverseSquareRootSchedule.TextFormat,
        CosineSchedule.TextFormat,
        CosineRestartsSchedule.TextFormat,
        CyclicSchedule.TextFormat,
        OneCycleSchedule.TextFormat,
        TanhSchedule.TextFormat,
        KDecaySchedule.TextFormat,
        RexSchedule.TextFormat,
        WarmupStableDecaySchedule.TextFormat,
        WarmupStableDecaySimplifiedSchedule.TextFormat,
        PiecewiseConstantSchedule.TextFormat,
        InterpolatedSchedule.TextFormat,
        Yolov5Schedule.TextFormat,
        WarmupSchedule.TextFormat,
        SequenceSchedule.TextFormat,
        ProductSchedule.TextFormat,
        SumSchedule.TextFormat,
        ScaleSchedule.TextFormat,
        ClampSchedule.TextFormat,
        RepeatSchedule.TextFormat,
        ShiftSchedule.TextFormat,
        HoldPerEpochSchedule.TextFormat,
        HoldFromSchedule.TextFormat,
        SwitchSchedule.TextFormat,
        PlateauSchedule.TextFormat,
    ];

    public static IReadOnlyList<ObjectFormat<Annealing>> Annealings { get; } =
    [
        CosineAnnealing.TextFormat,
        LinearAnnealing.TextFormat,
        PolynomialAnnealing.TextFormat,
        ExponentialAnnealing.TextFormat,
    ];
}
