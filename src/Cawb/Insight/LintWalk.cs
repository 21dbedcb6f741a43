namespace Cawb.Insight;

/// <summary>What one pass over every batch of a run tells about a schedule.</summary>
internal sealed class LintWalk
{
    public LintWalk(Schedule schedule, TrainingPlan plan, double baseRate)
    {
        var warmupEnd = schedule.Events(plan.Epochs).FirstOrDefault(scheduleEvent => scheduleEvent.Kind == ScheduleEventKind.WarmupEnd).Epochs;
        var warmupBatches = Math.Min(plan.BatchAt(warmupEnd), plan.TotalBatches);
        First = schedule.ValueAt(0, baseRate);
        foreach (var stretch in RateStretch.Of(schedule, plan, baseRate))
        {
            if (!(double.IsFinite(stretch.Value) && stretch.Value >= 0))
            {
                Unusable = stretch;
                return;
            }

            if (stretch.Value > Peak)
            {
                (Peak, PeakBatch) = (stretch.Value, stretch.FirstBatch);
            }

            if (stretch.Value < Lowest)
            {
                (Lowest, FirstLowestBatch, LowestBatches) = (stretch.Value, stretch.FirstBatch, 0);
            }

            LowestBatches += stretch.Value == Lowest ? stretch.Batches : 0;
            if (stretch.FirstBatch >= warmupBatches)
            {
                LowestAfterWarmup = Math.Min(LowestAfterWarmup, stretch.Value);
            }

            // The first batch is a finding of its own.
            var zeros = stretch.Value == 0 ? stretch.Batches - (stretch.FirstBatch == 0 ? 1 : 0) : 0;
            if (zeros > 0 && ZeroBatches == 0)
            {
                FirstZeroBatch = Math.Max(1, stretch.FirstBatch);
            }

            ZeroBatches += zeros;
        }
    }

    /// <summary>The first value that is negative or not finite; null where there is none. The other properties count only without it.</summary>
    public RateStretch? Unusable { get; }

    public double First { get; }

    public double Peak { get; } = double.NegativeInfinity;

    public long PeakBatch { get; }

    public double Lowest { get; } = double.PositiveInfinity;

    public double LowestAfterWarmup { get; } = double.PositiveInfinity;

    public long FirstLowestBatch { get; }

    public long LowestBatches { get; }

    public long ZeroBatches { get; }

    public long FirstZeroBatch { get; }
}
