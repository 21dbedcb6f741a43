using Cawb.Detection.Loss;
using Cawb.Detection.Model;
using Cawb.Training.Loop;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace TrainSpeed;

/// <summary>The product's own training step over batches from memory or from the product's own loader.</summary>
internal sealed class Trainer : IDisposable
{
    private readonly YoloModel model;
    private readonly ParameterGroups groups;
    private readonly WeightAverage average;
    private readonly TrainingStep step;
    private readonly IBatches batches;

    public Trainer(Options options)
    {
        model = new YoloModel(ModelSize.FromName(options.Model), options.Classes, AnchorSet.Coco);
        WeightInitializer.Initialize(model, seed: 0);
        groups = new ParameterGroups(model);
        ((SGD.Options)groups.Groups[ParameterGroups.Kernels].Options).weight_decay = 5e-4;
        foreach (var group in groups.Groups.Cast<SGD.ParamGroup>())
        {
            (group.LearningRate, group.Momentum) = (0.01, 0.937);
        }

        average = new WeightAverage(model);
        step = new TrainingStep(model, groups, average, new DetectionLoss(AnchorSet.Coco, options.Classes, new LossGains().Rescaled(options.Classes, options.Size)), 10);
        batches = options.Data.Length == 0 ? new ReadyMadeBatches(options) : new LoadedBatches(options);
    }

    public long ParameterCount => model.ParameterCount;

    public double Step()
    {
        using var scope = NewDisposeScope();
        var (images, labels) = batches.Next();
        var terms = step.Accumulate(images, labels);
        step.Apply();
        return terms.Total;
    }

    public void Dispose()
    {
        batches.Dispose();
        average.Dispose();
        groups.Dispose();
        model.Dispose();
    }
}
