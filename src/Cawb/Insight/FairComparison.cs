namespace Cawb.Insight;

/// <summary>Schedules with the same mean rate as another one, so that a comparison tells the shape's effect from that of a higher rate.</summary>
/// <remarks>
/// A schedule that stays high trains with more rate in total; what it gains over another may come from that alone. The means are those of
/// <see cref="ScheduleMetrics.Mean"/>: over every batch of the run.
/// </remarks>
public static class FairComparison
{
    // What two means that are equal on paper may differ by.
    private const double Rounding = 1e-12;

    /// <summary>A cosine with the peak, the warm-up and the mean of another schedule; its floor is what makes the means equal.</summary>
    /// <param name="reference">The schedule to be compared with.</param>
    /// <param name="plan">The run that both train.</param>
    /// <param name="baseValue">The group's base value, needed where <paramref name="reference"/> has absolute levels; the result has absolute levels then.</param>
    /// <exception cref="ArgumentException">The mean is lower than that of a cosine down to 0, or there is no such cosine because the warm-up takes the whole run.</exception>
    public static Schedule CosineWithMeanOf(Schedule reference, TrainingPlan plan, double baseValue = 1)
    {
        var (scale, metrics) = Measure(reference, plan, baseValue);
        var warmup = reference.Events(plan.Epochs).FirstOrDefault(scheduleEvent => scheduleEvent.Kind == ScheduleEventKind.WarmupEnd).Epochs;
        if (warmup >= plan.Epochs)
        {
            throw new ArgumentException($"The warm-up takes the whole run of {Counted.Of(Require.Text(plan.Epochs), "epoch")}; there is nothing to anneal.", nameof(reference));
        }

        // The mean is linear in the floor, so that two of them give the third.
        var lowest = Cosine(0).Metrics(plan, scale).Mean;
        var highest = Cosine(metrics.Peak).Metrics(plan, scale).Mean;
        if (metrics.Mean < lowest - (Rounding * metrics.Peak) || highest <= lowest)
        {
            throw new ArgumentException(
                $"Has a mean of {InsightText.Number(metrics.Mean)} at a peak of {InsightText.Number(metrics.Peak)}; even a cosine from that peak down to 0 has {InsightText.Number(lowest)}. "
                + $"Compare it with {nameof(ConstantWithMeanOf)} or {nameof(ScaledToMeanOf)} instead.",
                nameof(reference));
        }

        return Cosine(Math.Clamp(metrics.Peak * (metrics.Mean - lowest) / (highest - lowest), 0, metrics.Peak));

        Schedule Cosine(double floor)
        {
            var curve = new CosineSchedule(plan.Epochs - warmup, LevelOf(reference, metrics.Peak), LevelOf(reference, floor));
            return warmup > 0 ? new WarmupSchedule(curve, warmup, LevelOf(reference, metrics.FirstValue)) : curve;
        }
    }

    /// <summary>The constant with the mean of another schedule.</summary>
    /// <param name="reference">The schedule to be compared with.</param>
    /// <param name="plan">The run that both train.</param>
    /// <param name="baseValue">The group's base value, needed where <paramref name="reference"/> has absolute levels; the result is absolute then.</param>
    public static Schedule ConstantWithMeanOf(Schedule reference, TrainingPlan plan, double baseValue = 1)
    {
        var (_, metrics) = Measure(reference, plan, baseValue);
        return new ConstantSchedule(LevelOf(reference, metrics.Mean));
    }

    /// <summary>A schedule scaled so that its mean is that of another one; its shape stays, its peak changes.</summary>
    /// <param name="schedule">The schedule to be scaled.</param>
    /// <param name="reference">The schedule to be compared with.</param>
    /// <param name="plan">The run that both train.</param>
    /// <param name="baseValue">The group's base value, which matters where one of the two has absolute levels.</param>
    /// <exception cref="ArgumentException"><paramref name="schedule"/> is 0 all along, so that no scale helps.</exception>
    public static Schedule ScaledToMeanOf(Schedule schedule, Schedule reference, TrainingPlan plan, double baseValue = 1)
    {
        var scale = Require.NotNull(schedule).IsRelative && Require.NotNull(reference).IsRelative ? 1 : Require.Positive(baseValue);
        var own = schedule.Metrics(plan, scale).Mean;
        return own > 0
            ? new ScaleSchedule(schedule, reference.Metrics(plan, scale).Mean / own)
            : throw new ArgumentException("Has a mean of 0, which no scale can change.", nameof(schedule));
    }

    // A relative schedule is measured in factors, which hold for every base.
    private static (double BaseValue, ScheduleMetrics Metrics) Measure(Schedule reference, TrainingPlan plan, double baseValue)
    {
        var scale = Require.NotNull(reference).IsRelative ? 1 : Require.Positive(baseValue);
        return (scale, reference.Metrics(plan, scale));
    }

    private static Level LevelOf(Schedule reference, double value) => reference.IsRelative ? Level.Factor(value) : Level.Absolute(value);
}
