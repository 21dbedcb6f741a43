using Cawb.Detection.Data.Loading;
using Cawb.Detection.Model;
using Cawb.Training.Loop;
using static TorchSharp.torch;

namespace Cawb.Training.Options;

/// <summary>Everything that decides what a training computes, apart from the data and the number of threads.</summary>
public sealed record TrainingSettings
{
    /// <summary>Size of the network.</summary>
    public required ModelSize Size { get; init; }

    /// <summary>Passes over the training pictures, 1 or more.</summary>
    public required int Epochs { get; init; }

    /// <summary>Pictures per batch, 1 or more; the last batch of an epoch may be smaller.</summary>
    public required int BatchSize { get; init; }

    /// <summary>Side of the network's input in pixels, a multiple of 32.</summary>
    public required int ImageSize { get; init; }

    /// <summary>Decides initial weights, order of the pictures and augmentation.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The learning rate over the run.</summary>
    public required Schedule Schedule { get; init; }

    /// <summary>What warms up.</summary>
    public WarmupSource Warmup { get; init; }

    /// <summary>Momentum over the run; null for that of the hyper-parameters, with the warm-up that <see cref="Warmup"/> says.</summary>
    public Schedule? MomentumSchedule { get; init; }

    /// <summary>Weight decay of kernels over the run; null for that of the hyper-parameters throughout.</summary>
    public Schedule? WeightDecaySchedule { get; init; }

    /// <summary>Rates, gains and augmentation.</summary>
    public required HyperParameters HyperParameters { get; init; }

    /// <summary>Whether every batch has a size of its own, see <see cref="VaryingSize"/>.</summary>
    public bool MultiScale { get; init; }

    /// <summary>Epochs without a higher <see cref="Fitness"/> after which the training ends, 1 or more; 0 for never.</summary>
    public int Patience { get; init; }

    /// <summary>Layers from the start on whose weights stay as they are, 0 to 24. Their normalisations go on following the batches, as in the release.</summary>
    public int FrozenLayers { get; init; }

    /// <summary>The reference boxes.</summary>
    public AnchorSet Anchors { get; init; } = AnchorSet.Coco;

    /// <summary>Where the network computes.</summary>
    public Device Device { get; init; } = CPU;

    /// <summary>Whether batches are only as large as their pictures need, in a fixed order and without mosaics.</summary>
    public bool Rectangular { get; init; }

    /// <summary>Where decoded pictures are kept; the result does not depend on it.</summary>
    public ImageCache ImageCache { get; init; } = ImageCache.Usual;

    /// <summary>Threads that load pictures; the result does not depend on it.</summary>
    public int LoaderWorkers { get; init; } = 1;
}
