using Cawb.Yolov5;

using static Cawb.Insight.InsightText;

namespace Cawb.Insight;

/// <summary>Explains <see cref="Yolov5Schedule"/>.</summary>
internal static class Yolov5Explanation
{
    public static ScheduleExplanation Of(Yolov5Schedule schedule, double epochs, double baseValue)
    {
        var ended = epochs >= schedule.Epochs;
        var time = ended ? Math.BitDecrement((double)schedule.Epochs) : epochs;
        var epoch = Math.Floor(time);
        var warms = time <= schedule.WarmupEpochs;
        // After the epoch in which the warm-up ends the original's scheduler lags one epoch behind.
        var counted = warms || epoch == Math.Floor(schedule.WarmupEpochs) ? epoch : Math.Max(0, epoch - 1);
        var curve = $"{Number(baseValue)} * ({Curve(schedule, Number(counted))})";
        var formula = $"base * f(e), f(e) = {Curve(schedule, "e")}";
        if (warms && schedule.WarmupEpochs > 0)
        {
            var start = Number(schedule.Start.Of(baseValue));
            return Explainer.Make(
                schedule, epochs, baseValue, $"Warm-up, epoch 0 to {Number(schedule.WarmupEpochs)}, at every batch.", $"start + ({formula.Split(',')[0]} - start) * t / W,{formula.Split(',', 2)[1]}",
                $"{start} + ({curve} - {start}) * {Number(time)} / {Number(schedule.WarmupEpochs)}", "The end of the ramp moves with the epoch.");
        }

        return Explainer.Make(
            schedule, epochs, baseValue,
            ended ? $"Past the end at epoch {schedule.Epochs}: the last epoch's value stays." : $"Epoch {Number(epoch)} of {schedule.Epochs}, one value for all its batches.",
            formula, curve, counted < epoch ? $"The original counts its epochs from one before the first, so that epoch {Number(epoch)} trains with f({Number(counted)})." : "");
    }

    private static string Curve(Yolov5Schedule schedule, string epoch) => schedule.Curve == Yolov5Curve.Linear
        ? $"(1 - {epoch} / {schedule.Epochs}) * (1 - {Number(schedule.FinalFactor)}) + {Number(schedule.FinalFactor)}"
        : $"1 + ({Number(schedule.FinalFactor)} - 1) * ((1 - cos({epoch} * pi / {schedule.Epochs})) / 2)";
}
