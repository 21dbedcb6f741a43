namespace Cawb;

/// <summary>Every type that the text form knows, in the order in which messages and the schema list them.</summary>
internal static class TextFormats
{
    public static IReadOnlyList<ObjectFormat<Schedule>> Schedules { get; } =
    [
        CawbSchedule.TextFormat,
        ConstantSchedule.TextFormat,
        LinearSchedule.TextFormat,
        CosineSchedule.TextFormat,
        WarmupSchedule.TextFormat,
    ];

    public static IReadOnlyList<ObjectFormat<Annealing>> Annealings { get; } =
    [
        CosineAnnealing.TextFormat,
        LinearAnnealing.TextFormat,
        PolynomialAnnealing.TextFormat,
        ExponentialAnnealing.TextFormat,
    ];
}
