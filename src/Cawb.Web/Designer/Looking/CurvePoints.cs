using System.Buffers;

namespace Cawb.Web.Designer.Looking;

/// <summary>The stairs of a schedule over a run: a value holds until the next moment, the last one until the end.</summary>
/// <param name="Epochs">Rising.</param>
/// <param name="Values">One for each.</param>
public sealed record CurvePoints(double[] Epochs, double[] Values)
{
    // More than any screen has columns; longer runs are drawn from evenly spaced batches.
    private const long MostPoints = 2_000_000;

    /// <summary>What every batch trains with, or the first batch of every epoch.</summary>
    /// <param name="schedule">Any.</param>
    /// <param name="plan">The run.</param>
    /// <param name="baseValue">Of the parameter group.</param>
    /// <param name="isPerEpoch">Whether only first batches count.</param>
    public static CurvePoints Of(Schedule schedule, TrainingPlan plan, double baseValue, bool isPerEpoch)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(plan);
        var stride = isPerEpoch ? plan.BatchesPerEpoch : Math.Max(1, (plan.TotalBatches + MostPoints - 1) / MostPoints);
        var count = (int)((plan.TotalBatches + stride - 1) / stride);
        var values = ArrayPool<double>.Shared.Rent(count);
        try
        {
            var filled = values.AsSpan(0, count);
            if (stride == 1)
            {
                schedule.Fill(plan, firstBatch: 0, baseValue, filled);
            }
            else
            {
                for (var i = 0; i < count; i++)
                {
                    filled[i] = schedule.ValueAt(plan.EpochsFromBatches(i * stride), baseValue);
                }
            }

            return Stairs(filled, plan, stride);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(values);
        }
    }

    // A stair is one point, however many batches stand on it.
    private static CurvePoints Stairs(ReadOnlySpan<double> values, TrainingPlan plan, long stride)
    {
        var count = 1;
        for (var i = 1; i < values.Length; i++)
        {
            count += values[i] != values[i - 1] ? 1 : 0;
        }

        var (epochs, kept, next) = (new double[count + 1], new double[count + 1], 0);
        for (var i = 0; i < values.Length; i++)
        {
            if (i == 0 || values[i] != values[i - 1])
            {
                (epochs[next], kept[next]) = (plan.EpochsFromBatches(i * stride), values[i]);
                next++;
            }
        }

        (epochs[count], kept[count]) = (plan.Epochs, kept[count - 1]);
        return new(epochs, kept);
    }
}
