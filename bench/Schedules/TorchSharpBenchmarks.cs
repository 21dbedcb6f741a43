using BenchmarkDotNet.Attributes;
using Cawb.TorchSharp;
using TorchSharp;
using TorchSharp.Modules;

namespace Cawb.Bench.Schedules;

/// <summary>One step of a scheduler on a TorchSharp optimizer with three groups; TorchSharp's own beside.</summary>
public class TorchSharpBenchmarks
{
    private const int Epochs = 150;
    private const int BatchesPerEpoch = 625;
    private const int Batches = Epochs * BatchesPerEpoch;

    private static readonly double[] Rates = [0.1, 0.01, 0.2];

    private static readonly TrainingPlan Plan = TrainingPlan.FromEpochs(Epochs, BatchesPerEpoch);

    private readonly torch.optim.lr_scheduler.LRScheduler cosine = Groups().Follow(new CosineSchedule(Epochs, 0.01), Plan);

    private readonly torch.optim.lr_scheduler.LRScheduler warmBoots = Groups().Follow(
        new CawbSchedule(Epochs, [30, 80], Annealing.Cosine(scale: 0.65, offset: 0.35), stepScale: 0.7, epochScale: 4, warmupEpochs: 3), Plan);

    private readonly torch.optim.lr_scheduler.LRScheduler oneCycle = schedulers.OneCycleLR(Groups(), 0.1, total_steps: Batches);

    private readonly torch.optim.lr_scheduler.LRScheduler annealing = schedulers.CosineAnnealingLR(Groups(), Batches);

    private readonly torch.optim.lr_scheduler.LRScheduler theirCosine = torch.optim.lr_scheduler.CosineAnnealingLR(Groups(), Batches);

    private torch.optim.lr_scheduler.LRScheduler theirOneCycle = torch.optim.lr_scheduler.OneCycleLR(Groups(), 0.1, total_steps: 2 * Batches);
    private int theirSteps;

    [Bar("ns", 80)]
    [Benchmark(Description = "TorchSharp optimizer, 3 groups: cosine per batch", OperationsPerInvoke = Batches)]
    public void Cosine() => Walk(cosine);

    [Bar("ns", 30)]
    [Benchmark(Description = "TorchSharp optimizer, 3 groups: CAWB per epoch", OperationsPerInvoke = Batches)]
    public void WarmBoots() => Walk(warmBoots);

    [Bar("ns", 150)]
    [Benchmark(Description = "TorchSharp optimizer, 3 groups: OneCycleLR by name, with momentum", OperationsPerInvoke = Batches)]
    public void OneCycle() => Walk(oneCycle);

    [Benchmark(Description = "beside it: CosineAnnealingLR by name", OperationsPerInvoke = Batches)]
    public void CosineByName() => Walk(annealing);

    [Benchmark(Description = "beside it: TorchSharp's own CosineAnnealingLR", OperationsPerInvoke = Batches)]
    public void TheirCosine() => Walk(theirCosine, isTheirs: true);

    [Benchmark(Description = "beside it: TorchSharp's own OneCycleLR", OperationsPerInvoke = Batches)]
    public void TheirOneCycle()
    {
        // It cannot go back, and fails past its end.
        if ((theirSteps += Batches) > Batches)
        {
            theirOneCycle = torch.optim.lr_scheduler.OneCycleLR(Groups(), 0.1, total_steps: 2 * Batches);
            theirSteps = Batches;
        }

        Walk(theirOneCycle, isTheirs: true);
    }

    private static void Walk(torch.optim.lr_scheduler.LRScheduler scheduler, bool isTheirs = false)
    {
        if (!isTheirs)
        {
            scheduler.step(epoch: 0);
        }

        for (var batch = 0; batch < Batches; batch++)
        {
            scheduler.step();
        }
    }

    private static SGD Groups() => new(Rates.Select(rate => new SGD.ParamGroup([], new SGD.Options { LearningRate = rate })), 0.1, momentum: 0.9);
}
