using Cawb.Detection;
using Cawb.Detection.Data;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Loss;
using Cawb.Detection.Model;
using Cawb.Training.Loop;
using Cawb.Training.Options;
using static TorchSharp.torch;

namespace Cawb.Cli.Tests.Ranks;

/// <summary>One process that trains the parts of every batch one after another and gathers their gradients: what several ranks are to be equal to, bit for bit.</summary>
internal static class PartsInTurn
{
    private const int Columns = 6;

    /// <summary>Trains to the end.</summary>
    /// <returns>The averaged weights by name, as validation uses them.</returns>
    public static Dictionary<string, float[]> Train(TrainOptions options, Schedule schedule, DetectionData data, int parts)
    {
        ComputeThreads.Set(options.Threads);
        var hyper = options.HyperParameters;
        using var loader = new TrainingLoader(
            data.Training, new TrainingLoaderOptions { ImageSize = options.ImageSize, BatchSize = options.BatchSize, Seed = (ulong)options.Seed, Augmentation = hyper });
        using var model = new YoloModel(ModelSize.FromName(options.Model), data.ClassNames.Count, options.AnchorSet);
        WeightInitializer.Initialize(model, (ulong)options.Seed);
        using var average = new WeightAverage(model);
        using var groups = new ParameterGroups(model);
        var driver = new OptimizerDriver(options, schedule, loader.BatchesPerEpoch, groups.Optimizer);
        double[] counts = [];
        var gains = hyper.ToLossGains(model.ClassCount, options.ImageSize);
        var step = new TrainingStep(model, groups, average, new DetectionLoss(options.AnchorSet, model.ClassCount, gains, values => counts.CopyTo(values)), hyper.MaxGradientNorm);
        for (var epoch = 0; epoch < options.Epochs; epoch++)
        {
            foreach (var batch in loader.Read(epoch, 0, CancellationToken.None))
            {
                using var scope = NewDisposeScope();
                var cut = Enumerable.Range(0, parts).Select(part => Cut(batch, batch.Count * part / parts, batch.Count * (part + 1) / parts)).Where(part => part.Count > 0).ToArray();
                counts = [.. Enumerable.Range(0, 3).Select(level => (double)cut.Sum(part => TargetsOf(part.Labels, level, options, gains))), batch.Count];
                Accumulate(step, model.Memory.Whole(WeightSection.Statistics), cut);
                Assert.True(driver.IsStepDue, "Ranks sum what each of them has gathered over several batches; one process in turn would add in another order.");
                step.Apply();
                driver.MoveOn(stepped: true);
            }
        }

        return average.Model.Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.Value.contiguous().data<float>().ToArray());
    }

    // Every part sees the statistics of before the batch; those after it are the means of what the parts made of them.
    private static void Accumulate(TrainingStep step, Tensor statistics, Part[] parts)
    {
        var before = statistics.clone();
        var means = new double[statistics.numel()];
        foreach (var part in parts)
        {
            statistics.copy_(before);
            step.Accumulate(PixelTensor.From(part.Pixels, part.Count, part.Height, part.Width, CPU), part.Labels);
            var own = statistics.data<float>().ToArray();
            for (var i = 0; i < means.Length; i++)
            {
                means[i] += own[i] * (double)part.Count;
            }
        }

        double pictures = parts.Sum(part => part.Count);
        statistics.copy_(tensor(Array.ConvertAll(means, mean => (float)(mean * (1 / pictures)))));
    }

    private static int TargetsOf(LabelRow[] labels, int level, TrainOptions options, LossGains gains)
    {
        var rows = new List<Assignment>();
        var side = options.ImageSize / AnchorSet.Strides[level];
        TargetAssigner.Assign<float>(labels, options.AnchorSet, level, side, side, gains.AnchorRatio, rows);
        return rows.Count;
    }

    private static Part Cut(TrainingBatch batch, int first, int end)
    {
        var bytes = 3 * batch.Height * batch.Width;
        var labels = new List<LabelRow>();
        for (var i = 0; i < batch.LabelCount; i++)
        {
            var row = batch.Labels.Slice(i * Columns, Columns);
            if (row[0] >= first && row[0] < end)
            {
                labels.Add(new LabelRow((int)row[0] - first, (int)row[1], row[2], row[3], row[4], row[5]));
            }
        }

        return new Part(end - first, batch.Height, batch.Width, batch.Pixels[(first * bytes)..(end * bytes)].ToArray(), [.. labels]);
    }

    private sealed record Part(int Count, int Height, int Width, byte[] Pixels, LabelRow[] Labels);
}
