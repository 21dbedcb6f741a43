using static Cawb.Insight.InsightText;

namespace Cawb.Insight;

/// <summary>Explains the curves from one level to another.</summary>
internal static class DecayExplanation
{
    public static ScheduleExplanation Of(DecaySchedule schedule, double epochs, double baseValue)
    {
        var start = schedule.Start.Of(baseValue);
        var end = schedule.End.Of(baseValue);
        var segment = Segment(epochs, schedule.DurationEpochs);
        var reason = $"It goes from {Number(start)} to {Number(end)}.";
        if (Share(schedule) is not { } share)
        {
            return Explainer.Make(schedule, epochs, baseValue, segment, "", "", $"{schedule.Format?.Summary} {reason}");
        }

        var t = Number(Math.Min(epochs, schedule.DurationEpochs));
        return Explainer.Make(
            schedule,
            epochs,
            baseValue,
            segment,
            $"end + (start - end) * {share("t", "T")}",
            $"{Number(end)} + ({Number(start)} - {Number(end)}) * {share(t, Number(schedule.DurationEpochs))}",
            reason);
    }

    public static ScheduleExplanation Of(GeometricSchedule schedule, double epochs, double baseValue)
    {
        var start = Number(schedule.Start.Of(baseValue));
        var end = Number(schedule.End.Of(baseValue));
        return Explainer.Make(
            schedule,
            epochs,
            baseValue,
            Segment(epochs, schedule.DurationEpochs),
            "start * (end / start) ** (t / T)",
            $"{start} * ({end} / {start}) ** ({Number(Math.Min(epochs, schedule.DurationEpochs))} / {Number(schedule.DurationEpochs)})",
            $"It goes from {start} to {end}.");
    }

    /// <summary>How a decay phase is written, from its progress between 0 and 1 as a text.</summary>
    public static string Shape(DecayShape shape, string from, string to, string progress) => shape switch
    {
        DecayShape.Linear => $"{to} + ({from} - {to}) * (1 - {progress})",
        DecayShape.Cosine => $"{to} + ({from} - {to}) * (1 + cos(pi * {progress})) / 2",
        DecayShape.MirrorCosine => $"{to} + ({from} - {to}) * (2 * (1 - {progress}) - (1 + cos(pi * {progress})) / 2)",
        DecayShape.SquareRoot => $"{to} + ({from} - {to}) * (1 - sqrt({progress}))",
        DecayShape.Square => $"{to} + ({from} - {to}) * (1 - ({progress}) ** 2)",
        DecayShape.Exponential => $"{from} * ({to} / {from}) ** ({progress})",
        _ => $"1 / ({progress} / {to} + (1 - {progress}) / {from})",
    };

    private static string Segment(double epochs, double durationEpochs) => epochs >= durationEpochs
        ? $"Past the end at epoch {Number(durationEpochs)}: the value stays."
        : $"{Percent(epochs / durationEpochs)} of the curve, epoch 0 to {Number(durationEpochs)}.";

    // What multiplies the height of the curve, from t and T as texts; null for a curve that has no words here.
    private static Func<string, string, string>? Share(DecaySchedule schedule) => schedule switch
    {
        LinearSchedule => (t, length) => $"(1 - {t} / {length})",
        CosineSchedule => (t, length) => $"(1 + cos(pi * {t} / {length})) / 2",
        PolynomialSchedule polynomial => (t, length) => $"(1 - {t} / {length}) ** {Number(polynomial.Power)}",
        RexSchedule => (t, length) => $"(1 - {t} / {length}) / (1 / 2 + (1 - {t} / {length}) / 2)",
        TanhSchedule tanh => (t, length) => $"(1 - tanh({Number(tanh.Lower)} * (1 - {t} / {length}) + {Number(tanh.Upper)} * {t} / {length})) / 2",
        KDecaySchedule { Curve: KDecayCurve.Cosine } bent => (t, length) => $"(1 + cos(pi * ({t} / {length}) ** {Number(bent.K)})) / 2",
        KDecaySchedule bent => (t, length) => $"(1 - ({t} / {length}) ** {Number(bent.K)}) ** {Number(bent.Power)}",
        _ => null,
    };
}
