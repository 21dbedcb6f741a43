using BenchmarkDotNet.Attributes;

namespace Cawb.Bench.Schedules;

/// <summary>One batch: <see cref="LearningRateScheduler.Step"/>, and the rates of three groups handed to the groups of an optimizer, as a training loop does.</summary>
public class StepBenchmarks
{
    private const int Epochs = 150;
    private const int BatchesPerEpoch = 625;
    private const int Batches = Epochs * BatchesPerEpoch;

    private static readonly TrainingPlan Plan = TrainingPlan.FromEpochs(Epochs, BatchesPerEpoch);

    private readonly Group[] groups = [new(), new(), new()];

    private readonly LearningRateScheduler warmBoots = new(
        Plan, new CawbSchedule(Epochs, [30, 80], Annealing.Cosine(scale: 0.65, offset: 0.35), stepScale: 0.7, epochScale: 4, warmupEpochs: 3), 0.1, 0.01, 0.2);

    private readonly LearningRateScheduler cosine = new(Plan, new CosineSchedule(Epochs, 0.01), 0.1, 0.01, 0.2);

    [Bar("ns", 15)]
    [Benchmark(Description = "one batch step, 3 groups, CAWB per epoch", OperationsPerInvoke = Batches)]
    public void WarmBootsPerEpoch() => Walk(warmBoots);

    [Bar("ns", 40)]
    [Benchmark(Description = "one batch step, 3 groups, cosine per batch", OperationsPerInvoke = Batches)]
    public void CosinePerBatch() => Walk(cosine);

    private void Walk(LearningRateScheduler scheduler)
    {
        scheduler.MoveTo(0);
        for (var batch = 0; batch < Batches; batch++)
        {
            var rates = scheduler.LearningRates;
            for (var i = 0; i < rates.Length; i++)
            {
                groups[i].LearningRate = rates[i];
            }

            scheduler.Step();
        }
    }

    /// <summary>Stands for an optimizer's parameter group.</summary>
    private sealed class Group
    {
        public double LearningRate { get; set; }
    }
}
