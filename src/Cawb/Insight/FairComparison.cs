using System.Globalization;

namespace Cawb.Insight;

/// <summary>Schedules with the mean rate or the final rate of another one, or both, so that a comparison tells the shape's effect from that of a higher rate or a lower end.</summary>
/// <remarks>
/// A schedule that stays high trains with more rate in total, and one that ends low settles where another still moves; what it gains over another may come from that alone. The means are those of
/// <see cref="ScheduleMetrics.Mean"/>, over every batch of the run; the end is the value at the end of the run. Numbers that are found have 12 to 14 digits.
/// </remarks>
public static class FairComparison
{
    // What two means that are equal on paper may differ by.
    private const double Rounding = 1e-12;

    private const int LevelDigits = 14;
    private const int ExponentDigits = 12;

    // Exponents e to this and beyond make steps.
    private const double MostLogarithm = 14;

    /// <summary>A smooth curve with the peak and the warm-up of another schedule: a cosine whose floor makes the means equal, or that ends where the other does, or both.</summary>
    /// <param name="what">What is to be equal. For mean and end the cosine's time is bent by a power (<see cref="KDecaySchedule"/>), which makes the means equal.</param>
    /// <param name="reference">The schedule to be compared with.</param>
    /// <param name="plan">The run that both train.</param>
    /// <param name="baseValue">The group's base value, needed where <paramref name="reference"/> has absolute levels; the result has absolute levels then.</param>
    /// <exception cref="ArgumentException">No such curve has that mean, or there is none because the warm-up takes the whole run.</exception>
    public static Schedule Cosine(FairMatch what, Schedule reference, TrainingPlan plan, double baseValue = 1)
    {
        Require.Defined(what);
        var (scale, metrics) = Measure(reference, plan, baseValue);
        var warmup = reference.Events(plan.Epochs).FirstOrDefault(scheduleEvent => scheduleEvent.Kind == ScheduleEventKind.WarmupEnd).Epochs;
        if (warmup >= plan.Epochs)
        {
            throw new ArgumentException($"The warm-up takes the whole run of {Counted.Of(Require.Text(plan.Epochs), "epoch")}; there is nothing to anneal.", nameof(reference));
        }

        var end = Rounded(reference.ValueAt(plan.Epochs, scale), LevelDigits);
        return what switch
        {
            FairMatch.Mean => WarmedUp(Plain(Floor())),
            FairMatch.End => WarmedUp(Plain(end)),
            _ => Solved(exponent => WarmedUp(new KDecaySchedule(plan.Epochs - warmup, exponent, LevelOf(reference, metrics.Peak), LevelOf(reference, end))), metrics.Mean, plan, scale),
        };

        double Floor()
        {
            // The mean is linear in the floor, so that two of them give the third.
            var lowest = WarmedUp(Plain(0)).Metrics(plan, scale).Mean;
            var highest = WarmedUp(Plain(metrics.Peak)).Metrics(plan, scale).Mean;
            return metrics.Mean >= lowest - (Rounding * metrics.Peak) && highest > lowest
                ? Rounded(Math.Clamp(metrics.Peak * (metrics.Mean - lowest) / (highest - lowest), 0, metrics.Peak), LevelDigits)
                : throw new ArgumentException(
                    $"Has a mean of {InsightText.Number(metrics.Mean)} at a peak of {InsightText.Number(metrics.Peak)}; even a cosine from that peak down to 0 has {InsightText.Number(lowest)}. "
                    + $"Compare it with {nameof(ConstantWithMeanOf)} or {nameof(ScaledToMeanOf)} instead.",
                    nameof(reference));
        }

        Schedule Plain(double floor) => new CosineSchedule(plan.Epochs - warmup, LevelOf(reference, metrics.Peak), LevelOf(reference, floor));
        Schedule WarmedUp(Schedule curve) => warmup > 0 ? new WarmupSchedule(curve, warmup, LevelOf(reference, metrics.FirstValue)) : curve;
    }

    /// <summary>The same warm boots with a cosine annealing that takes the mean of another schedule, or ends where it does, or both: boots, step scale, stretch and warm-up stay.</summary>
    /// <param name="what">What is to be equal: the exponent of the half cosine makes it so for the mean, its offset for the end.</param>
    /// <param name="boots">With a cosine annealing, whose start stays.</param>
    /// <param name="reference">The schedule to be compared with.</param>
    /// <param name="plan">The run that both train.</param>
    /// <param name="baseValue">The group's base value, needed where <paramref name="reference"/> has absolute levels.</param>
    /// <exception cref="ArgumentException">The annealing is no cosine, or no such schedule has that mean or end.</exception>
    public static CawbSchedule Boots(FairMatch what, CawbSchedule boots, Schedule reference, TrainingPlan plan, double baseValue = 1)
    {
        Require.Defined(what);
        var (scale, metrics) = Measure(reference, plan, baseValue);
        if (Require.NotNull(boots).Annealing is not CosineAnnealing cosine)
        {
            throw new ArgumentException("Boots are matched by the exponent and the offset of a cosine annealing; give them one.", nameof(boots));
        }

        var (last, top) = (boots.Segments[^1].Scale, cosine.Scale + cosine.Offset);
        var end = reference.ValueAt(plan.Epochs, scale) / scale;
        var offset = what == FairMatch.Mean ? cosine.Offset : Rounded(end / last, LevelDigits);
        if (offset > top)
        {
            throw new ArgumentException($"The last segment starts at {InsightText.Number(last * top)}; it cannot be annealed to {InsightText.Number(end)}, which is higher.", nameof(boots));
        }

        return what == FairMatch.End ? Made(cosine.Power) : Solved(exponent => Made(Rounded(1 / exponent, ExponentDigits)), metrics.Mean / scale, plan, 1);

        CawbSchedule Made(double power) => new(
            boots.Epochs, boots.BootEpochs, Annealing.Cosine(power, top - offset, offset), boots.StepScale, boots.EpochScale, boots.EpochScaleMode, boots.WarmupEpochs, boots.WarmupStartFactor, boots.AnnealingUpdate);
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

    // The schedule with a mean among those that an exponent makes, whose mean rises with it.
    private static T Solved<T>(Func<double, T> make, double mean, TrainingPlan plan, double scale)
        where T : Schedule
    {
        double Excess(double logarithm) => ScheduleMetrics.MeanOf(make(Math.Exp(logarithm)), plan, scale) - mean;
        var (low, high) = (-MostLogarithm, MostLogarithm);
        var (below, above) = (Excess(low), Excess(high));
        if (below > 0 || above < 0)
        {
            throw new ArgumentException($"Has a mean of {InsightText.Number(mean)}; curves with the same peak and end have {InsightText.Number(mean + below)} to {InsightText.Number(mean + above)}.", nameof(mean));
        }

        // Halves until the curve between the ends is nearly straight, then chords: of an end that stays, half the excess counts (the Illinois rule).
        while (high - low > 1e-14 && (below != 0 || above != 0))
        {
            var middle = high - low > 1 ? (low + high) / 2 : high - (above * (high - low) / (above - below));
            var excess = Excess(middle);
            if (middle <= low || middle >= high || Math.Abs(excess) <= Rounding * mean / 100)
            {
                (low, high) = (middle, middle);
            }
            else if (excess < 0)
            {
                (low, below, above) = (middle, excess, above / 2);
            }
            else
            {
                (high, above, below) = (middle, excess, below / 2);
            }
        }

        return make(Rounded(Math.Exp((low + high) / 2), ExponentDigits));
    }

    // Numbers that are found have fewer digits than they could: a text that is short, and the same on every machine.
    private static double Rounded(double value, int digits) => double.Parse(value.ToString($"G{digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    // A relative schedule is measured in factors, which hold for every base.
    private static (double BaseValue, ScheduleMetrics Metrics) Measure(Schedule reference, TrainingPlan plan, double baseValue)
    {
        var scale = Require.NotNull(reference).IsRelative ? 1 : Require.Positive(baseValue);
        return (scale, reference.Metrics(plan, scale));
    }

    private static Level LevelOf(Schedule reference, double value) => reference.IsRelative ? Level.Factor(value) : Level.Absolute(value);
}
