namespace Cawb.Insight;

/// <summary>Batches in a row that train with the same value.</summary>
/// <param name="FirstBatch">0-based number of the first of them.</param>
/// <param name="Batches">How many, 1 or more.</param>
/// <param name="Value">What they train with.</param>
internal readonly record struct RateStretch(long FirstBatch, long Batches, double Value)
{
    /// <summary>Every batch of a run, in order; a stretch that the schedule knows to be constant costs one evaluation.</summary>
    public static IEnumerable<RateStretch> Of(Schedule schedule, TrainingPlan plan, double baseValue)
    {
        for (long batch = 0; batch < plan.TotalBatches;)
        {
            var epochs = plan.EpochsFromBatches(batch);
            var held = schedule.ConstantUntil(epochs);
            var next = held > epochs ? Math.Clamp(plan.BatchAt(held), batch + 1, plan.TotalBatches) : batch + 1;
            yield return new(batch, next - batch, schedule.ValueAt(epochs, baseValue));
            batch = next;
        }
    }
}
