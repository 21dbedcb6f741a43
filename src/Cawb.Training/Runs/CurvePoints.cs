namespace Cawb.Training.Runs;

/// <summary>A schedule over a run: a value holds until the next moment, the last one until the end.</summary>
/// <param name="Epochs">Rising; the end of the run is the last.</param>
/// <param name="Values">One for each.</param>
public sealed record CurvePoints(double[] Epochs, double[] Values)
{
    /// <summary>More than any screen has columns; longer runs are drawn from evenly spaced batches, and those at every event.</summary>
    public const int MostPoints = 2_000_000;

    /// <summary>What every batch trains with.</summary>
    /// <param name="schedule">Any.</param>
    /// <param name="plan">The run.</param>
    /// <param name="baseValue">Of the parameter group.</param>
    /// <param name="mostPoints">Batches that are looked at, but for those at events; 1 or more.</param>
    public static CurvePoints Of(Schedule schedule, TrainingPlan plan, double baseValue, int mostPoints = MostPoints)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(plan);
        var stride = (plan.TotalBatches + mostPoints - 1) / mostPoints;
        if (stride > 1)
        {
            return Sampled(schedule, plan, baseValue, stride);
        }

        var count = (int)plan.TotalBatches;
        var points = Empty(count, plan);
        schedule.Fill(plan, firstBatch: 0, baseValue, points.Values.AsSpan(0, count));
        for (var batch = 0; batch < count; batch++)
        {
            points.Epochs[batch] = plan.EpochsFromBatches(batch);
        }

        return points.Ended();
    }

    /// <summary>What the first batch of every epoch trains with.</summary>
    /// <param name="schedule">Any.</param>
    /// <param name="plan">The run.</param>
    /// <param name="baseValue">Of the parameter group.</param>
    public static CurvePoints OfEpochs(Schedule schedule, TrainingPlan plan, double baseValue)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(plan);
        return Looked(schedule, plan, baseValue, [.. Enumerable.Range(0, (int)Math.Ceiling(plan.Epochs)).Select(epoch => (long)epoch * plan.BatchesPerEpoch)]);
    }

    /// <summary>The same curve with one point for a stair, however many batches stand on it.</summary>
    public CurvePoints AsStairs()
    {
        int[] kept = [.. Enumerable.Range(0, Values.Length).Where(i => i == 0 || i == Values.Length - 1 || Values[i] != Values[i - 1])];
        return new CurvePoints([.. kept.Select(i => Epochs[i])], [.. kept.Select(i => Values[i])]);
    }

    private static CurvePoints Sampled(Schedule schedule, TrainingPlan plan, double baseValue, long stride)
    {
        // The last batch before an event and the first one after it stand on either side of its jump.
        var batches = new SortedSet<long>(schedule.Events(plan.Epochs).Select(e => plan.BatchAt(e.Epochs)).SelectMany(b => new[] { b - 1, b }).Where(b => b >= 0 && b < plan.TotalBatches));
        for (var batch = 0L; batch < plan.TotalBatches; batch += stride)
        {
            batches.Add(batch);
        }

        return Looked(schedule, plan, baseValue, [.. batches]);
    }

    private static CurvePoints Looked(Schedule schedule, TrainingPlan plan, double baseValue, long[] batches)
    {
        var points = Empty(batches.Length, plan);
        for (var i = 0; i < batches.Length; i++)
        {
            points.Epochs[i] = plan.EpochsFromBatches(batches[i]);
            points.Values[i] = schedule.ValueAt(points.Epochs[i], baseValue);
        }

        return points.Ended();
    }

    private static CurvePoints Empty(int count, TrainingPlan plan)
    {
        var epochs = new double[count + 1];
        epochs[count] = plan.Epochs;
        return new CurvePoints(epochs, new double[count + 1]);
    }

    private CurvePoints Ended()
    {
        Values[^1] = Values[^2];
        return this;
    }
}
