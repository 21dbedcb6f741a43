namespace Cawb.Insight;

/// <summary>What a schedule comes to over a run, in a few figures; every batch of the run counts once.</summary>
/// <remarks>Made by <see cref="ScheduleInsight.Metrics"/>. Values have the unit of the base value: factors for a base of 1, learning rates for a learning rate.</remarks>
public sealed record ScheduleMetrics
{
    internal ScheduleMetrics(Schedule schedule, TrainingPlan plan, double baseValue)
    {
        var sum = default(StretchSum);
        Peak = double.NegativeInfinity;
        Lowest = double.PositiveInfinity;
        foreach (var stretch in RateStretch.Of(schedule, plan, baseValue))
        {
            sum.Add(stretch);
            if (stretch.Value > Peak)
            {
                Peak = stretch.Value;
                PeakEpochs = plan.EpochsFromBatches(stretch.FirstBatch);
            }

            Lowest = Math.Min(Lowest, stretch.Value);
            LastValue = stretch.Value;
        }

        FirstValue = schedule.ValueAt(0, baseValue);
        Mean = sum.Total / plan.TotalBatches;
        Area = sum.Total / plan.BatchesPerEpoch;
        var high = RateStretch.Of(schedule, plan, baseValue).Where(stretch => stretch.Value > Peak / 2).Sum(stretch => stretch.Batches);
        ShareAboveHalfPeak = (double)high / plan.TotalBatches;
        var inside = schedule.Events(plan.Epochs).Where(scheduleEvent => scheduleEvent.Epochs < plan.Epochs).ToList();
        BootCount = inside.Count(scheduleEvent => scheduleEvent.Kind == ScheduleEventKind.Boot);
        RestartCount = inside.Count(scheduleEvent => scheduleEvent.Kind == ScheduleEventKind.Restart);
    }

    /// <summary>Mean over all batches of the run.</summary>
    public double Mean { get; }

    /// <summary>Sum over all batches divided by the batches of an epoch: the area under the curve, value times epochs.</summary>
    public double Area { get; }

    /// <summary>The highest value that a batch trains with.</summary>
    public double Peak { get; }

    /// <summary>Start of the first batch that trains with <see cref="Peak"/>, in epochs.</summary>
    public double PeakEpochs { get; }

    /// <summary>The lowest value that a batch trains with.</summary>
    public double Lowest { get; }

    /// <summary>What the first batch trains with.</summary>
    public double FirstValue { get; }

    /// <summary>What the last batch trains with. Not the value at the end of the run, which no batch trains with.</summary>
    public double LastValue { get; }

    /// <summary>Share of the batches with more than half of <see cref="Peak"/>, 0 to 1.</summary>
    public double ShareAboveHalfPeak { get; }

    /// <summary>Warm boots that take effect before the run is over.</summary>
    public int BootCount { get; }

    /// <summary>Restarts of cycles that take effect before the run is over.</summary>
    public int RestartCount { get; }

    /// <summary><see cref="Mean"/> alone.</summary>
    internal static double MeanOf(Schedule schedule, TrainingPlan plan, double baseValue)
    {
        var sum = default(StretchSum);
        foreach (var stretch in RateStretch.Of(schedule, plan, baseValue))
        {
            sum.Add(stretch);
        }

        return sum.Total / plan.TotalBatches;
    }

    // Neumaier's compensated sum: a mean over millions of batches keeps its last digits.
    private struct StretchSum
    {
        private double sum;
        private double lost;

        public readonly double Total => sum + lost;

        public void Add(RateStretch stretch)
        {
            var part = stretch.Value * stretch.Batches;
            var next = sum + part;
            lost += Math.Abs(sum) >= Math.Abs(part) ? sum - next + part : part - next + sum;
            sum = next;
        }
    }
}
