using static Cawb.Insight.InsightText;

namespace Cawb.Insight;

/// <summary>Explains stairs, listed values, and the declines that never end.</summary>
internal static class StepExplanation
{
    public static ScheduleExplanation Of(Schedule schedule, double epochs, double baseValue) => schedule switch
    {
        StepSchedule step => Step(step, epochs, baseValue),
        MultiStepSchedule step => MultiStep(step, epochs, baseValue),
        ExponentialSchedule exponential => Explainer.Make(
            schedule, epochs, baseValue, Interval(exponential.IntervalEpochs, exponential.IsStaircase, epochs), $"base * factor ** {Intervals(exponential.IsStaircase)}",
            $"{Number(baseValue)} * {Number(exponential.Factor)} ** {Intervals(exponential.IntervalEpochs, exponential.IsStaircase, epochs)}"),
        InverseTimeSchedule inverse => Explainer.Make(
            schedule, epochs, baseValue, Interval(inverse.IntervalEpochs, inverse.IsStaircase, epochs), $"base / (1 + rate * {Intervals(inverse.IsStaircase)})",
            $"{Number(baseValue)} / (1 + {Number(inverse.Rate)} * {Intervals(inverse.IntervalEpochs, inverse.IsStaircase, epochs)})"),
        InverseSquareRootSchedule root => Explainer.Make(
            schedule, epochs, baseValue, "A decline without segments.", "base * sqrt(s / (t + s))",
            $"{Number(baseValue)} * sqrt({Number(root.TimescaleEpochs)} / ({Number(epochs)} + {Number(root.TimescaleEpochs)}))"),
        PiecewiseConstantSchedule listed => Listed(listed, epochs, baseValue),
        InterpolatedSchedule interpolated => Interpolated(interpolated, epochs, baseValue),
        _ => throw new ArgumentException($"{schedule.GetType().Name} is not explained here.", nameof(schedule)),
    };

    private static ScheduleExplanation Step(StepSchedule schedule, double epochs, double baseValue)
    {
        var drops = Boundaries.PeriodsUpTo(schedule.IntervalEpochs, epochs);
        var atFloor = Math.Pow(schedule.Factor, drops) < schedule.MinFactor;
        return Explainer.Make(
            schedule, epochs, baseValue, $"After {Count((long)drops, "drop", "drops")}; the next one is at epoch {Number((drops + 1) * schedule.IntervalEpochs)}.",
            "base * max(minFactor, factor ** floor(t / interval))",
            atFloor ? $"{Number(baseValue)} * {Number(schedule.MinFactor)}" : $"{Number(baseValue)} * {Number(schedule.Factor)} ** {Number(drops)}",
            atFloor ? "The drops have reached the floor." : "");
    }

    private static ScheduleExplanation MultiStep(MultiStepSchedule schedule, double epochs, double baseValue)
    {
        var passed = schedule.MilestoneEpochs.Count(milestone => milestone <= epochs);
        var next = passed < schedule.MilestoneEpochs.Count ? $"; the next one is epoch {Number(schedule.MilestoneEpochs[passed])}" : "";
        return Explainer.Make(
            schedule, epochs, baseValue, $"After {Count(passed, "milestone", "milestones")} of {schedule.MilestoneEpochs.Count}{next}.", "base * factor ** k",
            $"{Number(baseValue)} * {Number(schedule.Factor)} ** {passed}");
    }

    private static ScheduleExplanation Listed(PiecewiseConstantSchedule schedule, double epochs, double baseValue)
    {
        var passed = schedule.BoundaryEpochs.Count(boundary => boundary <= epochs);
        var from = Number(passed == 0 ? 0 : schedule.BoundaryEpochs[passed - 1]);
        var segment = passed < schedule.BoundaryEpochs.Count
            ? $"Level {passed + 1} of {schedule.Levels.Count}, epoch {from} to {Number(schedule.BoundaryEpochs[passed])}."
            : $"Level {passed + 1} of {schedule.Levels.Count}, from epoch {from} on.";
        return Explainer.Make(schedule, epochs, baseValue, segment, Explainer.LevelFormula(schedule.Levels[passed]), Explainer.LevelCalculation(schedule.Levels[passed], baseValue));
    }

    private static ScheduleExplanation Interpolated(InterpolatedSchedule schedule, double epochs, double baseValue)
    {
        var passed = schedule.PointEpochs.Count(point => point <= epochs);
        if (passed == 0 || passed == schedule.PointEpochs.Count)
        {
            var level = schedule.Levels[passed == 0 ? 0 : ^1];
            var segment = passed == 0 ? $"Before the first point at epoch {Number(schedule.PointEpochs[0])}." : $"After the last point at epoch {Number(schedule.PointEpochs[^1])}.";
            return Explainer.Make(schedule, epochs, baseValue, segment, Explainer.LevelFormula(level), Explainer.LevelCalculation(level, baseValue), "The value is flat there.");
        }

        var from = schedule.PointEpochs[passed - 1];
        var to = schedule.PointEpochs[passed];
        var shape = schedule.Interpolation == Interpolation.Linear ? DecayShape.Linear : DecayShape.Cosine;
        return Explainer.Make(
            schedule, epochs, baseValue, $"Between point {passed} at epoch {Number(from)} and point {passed + 1} at epoch {Number(to)}.", DecayExplanation.Shape(shape, "a", "b", "u"),
            DecayExplanation.Shape(
                shape, Number(schedule.Levels[passed - 1].Of(baseValue)), Number(schedule.Levels[passed].Of(baseValue)), $"{Number(epochs - from)} / {Number(to - from)}"));
    }

    private static string Interval(double intervalEpochs, bool isStaircase, double epochs)
    {
        var passed = Boundaries.PeriodsUpTo(intervalEpochs, epochs);
        return isStaircase
            ? $"Stair {Number(passed + 1)}, epoch {Number(passed * intervalEpochs)} to {Number((passed + 1) * intervalEpochs)}."
            : "A decline without segments.";
    }

    private static string Intervals(bool isStaircase) => isStaircase ? "floor(t / interval)" : "(t / interval)";

    private static string Intervals(double intervalEpochs, bool isStaircase, double epochs) =>
        isStaircase ? Number(Boundaries.PeriodsUpTo(intervalEpochs, epochs)) : $"({Number(epochs)} / {Number(intervalEpochs)})";
}
