using BenchmarkDotNet.Attributes;

namespace Cawb.Bench.Schedules;

/// <summary>Many batches at once, as plots and traces need them, on one thread.</summary>
public class TableBenchmarks
{
    private const int Values = 10_000_000;
    private const int Steps = 1_000_000;
    private const int Cached = 4_000;
    private const int Rounds = 250;

    private static readonly TrainingPlan Plan = TrainingPlan.FromBatches(Values, batchesPerEpoch: 625);
    private static readonly TrainingPlan StepPlan = TrainingPlan.FromBatches(Steps, batchesPerEpoch: 625);

    private readonly double[] table = new double[Values];
    private readonly CosineSchedule cosine = new(Plan.Epochs, 0.01);
    private readonly LearningRateScheduler groups = new(StepPlan, new CosineSchedule(StepPlan.Epochs, 0.01), 0.1, 0.01, 0.2);
    private readonly LearningRateScheduler warmBoots = new(
        StepPlan, new CawbSchedule(StepPlan.Epochs, [400, 1000], Annealing.Cosine(scale: 0.65, offset: 0.35), stepScale: 0.7, epochScale: 4, warmupEpochs: 3), 0.1, 0.01, 0.2);

    [Bar("ns", 2)]
    [Benchmark(Description = "table of 10,000,000 cosine values, a value", OperationsPerInvoke = Values)]
    public void Cosine() => cosine.Fill(Plan, firstBatch: 0, baseValue: 0.1, table);

    [Bar("ns", double.PositiveInfinity)]
    [Benchmark(Description = "beside it: a table that stays in the cache (4,000 values, filled 250 times), a value", OperationsPerInvoke = Cached * Rounds)]
    public void CosineInCache()
    {
        for (var round = 0; round < Rounds; round++)
        {
            cosine.Fill(Plan, firstBatch: round * Cached * 10, baseValue: 0.1, table.AsSpan(0, Cached));
        }
    }

    [Bar("ns", double.PositiveInfinity)]
    [Benchmark(Description = "beside it: the same numbers in a Math.Cos loop, a value", OperationsPerInvoke = Values)]
    public void MathCos()
    {
        for (var i = 0; i < table.Length; i++)
        {
            table[i] = 0.1 * (0.01 + 0.99 * (1 + Math.Cos(Math.PI * i / Values)) / 2);
        }
    }

    [Bar("ns", double.PositiveInfinity)]
    [Benchmark(Description = "beside it: a memory fill, a value", OperationsPerInvoke = Values)]
    public void MemoryFill() => table.AsSpan().Fill(0.1);

    [Bar("ms", 10)]
    [Benchmark(Description = "table of 1,000,000 steps x 3 groups, cosine per batch")]
    public void Groups() => groups.FillLearningRates(firstBatch: 0, Steps, table);

    [Bar("ms", 10)]
    [Benchmark(Description = "table of 1,000,000 steps x 3 groups, CAWB per epoch")]
    public void WarmBootGroups() => warmBoots.FillLearningRates(firstBatch: 0, Steps, table);
}
