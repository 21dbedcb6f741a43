namespace Cawb.Tests;

public sealed class HalfCosineTests
{
    // One unit in the last place of 1.
    private const double Ulp = 2.220446049250313e-16;

    [Fact]
    public void Is_one_at_the_start_and_nothing_at_the_end()
    {
        Assert.Equal(1, HalfCosine.At(0));
        Assert.Equal(0.5, HalfCosine.At(0.5));
        Assert.Equal(0, HalfCosine.At(1));
    }

    [Fact]
    public void Stays_within_one_unit_in_the_last_place_of_1_of_the_librarys_cosine_and_falls_all_the_way()
    {
        const int Points = 1_000_003;
        var before = 1.0;
        for (var i = 0; i <= Points; i++)
        {
            var u = (double)i / Points;
            var value = HalfCosine.At(u);
            Assert.True(Math.Abs(value - (1 + Math.Cos(Math.PI * u)) / 2) <= Ulp, $"at {u:R}: {value:R}");
            Assert.True(value <= before, $"rises at {u:R}");
            before = value;
        }
    }

    [Theory]
    [InlineData(1_000_000, 625, 0, 1)]
    [InlineData(99_991, 7, 3, 0.1)]
    [InlineData(1001, 1000, 999_999, 0.37)]
    public void Vector_and_plain_path_agree_to_the_bit(int count, int batchesPerEpoch, long firstBatch, double baseValue)
    {
        var plan = TrainingPlan.FromBatches(firstBatch + count, batchesPerEpoch);
        foreach (var schedule in new[] { new CosineSchedule(plan.Epochs * 0.9, 0.05), new CosineSchedule(plan.Epochs, Level.Base, Level.Absolute(0.001)), new CosineSchedule(plan.Epochs * 1.7, Level.Zero, Level.Factor(3)) })
        {
            var values = new double[count];
            schedule.Fill(plan, firstBatch, baseValue, values);
            for (var i = 0; i < count; i++)
            {
                var plain = schedule.ValueAt(plan.EpochsFromBatches(firstBatch + i), baseValue);
                if (BitConverter.DoubleToInt64Bits(plain) != BitConverter.DoubleToInt64Bits(values[i]))
                    Assert.Fail($"{schedule} at batch {firstBatch + i}: plain {plain:R}, vector {values[i]:R}");
            }
        }
    }

    [Fact]
    public void Windows_over_the_ends_of_the_curve_s_parts_agree_with_the_plain_path()
    {
        var values = new double[61];
        foreach (var (duration, batchesPerEpoch) in new[] { (3.7, 100), (100.0, 7), (12345.678, 625), (2e9, 1_000_003) })
        {
            var schedule = new CosineSchedule(duration, 0.05);
            var plan = TrainingPlan.FromBatches((long)(duration * batchesPerEpoch) + 100, batchesPerEpoch);
            foreach (var share in new[] { 0, 1e-7, 0.25, 0.5, 0.75, 1 })
            {
                var centre = (long)(share * duration * batchesPerEpoch);
                for (var first = Math.Max(0, centre - 70); first <= centre + 3; first++)
                {
                    schedule.Fill(plan, first, 0.1, values);
                    for (var i = 0; i < values.Length; i++)
                        Assert.Equal(BitConverter.DoubleToInt64Bits(schedule.ValueAt(plan.EpochsFromBatches(first + i), 0.1)), BitConverter.DoubleToInt64Bits(values[i]));
                }
            }
        }
    }

    [Fact]
    public void Vector_path_places_every_batch_where_a_division_would()
    {
        var random = new Random(1);
        var values = new double[64];
        for (var draw = 0; draw < 20_000; draw++)
        {
            var batchesPerEpoch = draw < 2000 ? draw + 1 : int.MaxValue - random.Next(draw % 2 == 0 ? 1000 : int.MaxValue);
            var firstBatch = random.NextInt64((1L << random.Next(1, 54)) - 1) / 2;
            var plan = TrainingPlan.FromBatches(firstBatch + values.Length, batchesPerEpoch);
            // Just longer than what is filled, so that the curve is steep where the batches are.
            var schedule = new CosineSchedule(plan.Epochs * (1 + random.NextDouble()));
            schedule.Fill(plan, firstBatch, 1, values);
            for (var i = 0; i < values.Length; i++)
            {
                if (schedule.ValueAt(plan.EpochsFromBatches(firstBatch + i), 1) != values[i])
                    Assert.Fail($"batch {firstBatch + i} of {batchesPerEpoch} per epoch, {schedule}: {values[i]:R}");
            }
        }
    }

    [Fact]
    public void Filling_allocates_nothing()
    {
        var plan = TrainingPlan.FromEpochs(20, 100);
        var scheduler = new LearningRateScheduler(plan, [new CosineSchedule(20), new CawbSchedule(20, [8], Annealing.Cosine(), warmupEpochs: 2), new CosineSchedule(20)], [1, 2, 3]);
        var table = new double[6000];
        scheduler.FillLearningRates(0, 2000, table);
        var before = GC.GetAllocatedBytesForCurrentThread();
        scheduler.FillLearningRates(0, 2000, table);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
