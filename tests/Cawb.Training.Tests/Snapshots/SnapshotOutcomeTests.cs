using Cawb.Coco;
using Cawb.Detection.Data.Loading;
using Cawb.Detection.Evaluation;
using Cawb.Detection.Inference;
using Cawb.Detection.Model;
using Cawb.Detection.Tests.Data;
using Cawb.Detection.Weights;
using Cawb.Training.Loop;
using Cawb.Training.Options;
using Cawb.Training.Snapshots;
using static TorchSharp.torch;

namespace Cawb.Training.Tests.Snapshots;

public sealed class SnapshotOutcomeTests : IDisposable
{
    private const int ImageSize = 64;

    private readonly PaintedDataset pictures = PaintedDataset.CreateSeven();

    public void Dispose() => pictures.Dispose();

    [Fact]
    public void An_ensemble_of_two_equal_networks_finds_what_one_finds()
    {
        using var model = NewModel(seed: 3);
        using var twin = NewModel(seed: 3);
        using var images = Noise(2);
        Assert.Equal(
            new Detector(model, SuppressionOptions.Validation).Detect(images),
            new Detector([model, twin], SuppressionOptions.Validation).Detect(images));
    }

    [Fact]
    public void An_ensemble_of_different_networks_finds_the_best_box_of_either_first()
    {
        using var model = NewModel(seed: 3);
        using var other = NewModel(seed: 4);
        using var images = Noise(1);
        var alone = new[] { model, other }.Select(member => new Detector(member, SuppressionOptions.Validation).Detect(images)[0][0]).MaxBy(box => box.Score);
        var together = new Detector([model, other], SuppressionOptions.Validation).Detect(images)[0];
        Assert.Equal(alone, together[0]);
    }

    [Fact]
    public void Averaged_weights_are_the_mean_of_the_members()
    {
        using var first = NewModel(seed: 3);
        using var second = NewModel(seed: 4);
        using var third = NewModel(seed: 5);
        float[][] before = [.. new[] { first, second, third }.Select(Numbers)];
        SnapshotWeights.AverageIntoFirst([first, second, third]);
        var after = Numbers(first);
        for (var i = 0; i < after.Length; i += 997)
        {
            Assert.Equal((before[0][i] + (double)before[1][i] + before[2][i]) / 3, after[i], 1e-6);
        }
    }

    /// <summary>
    /// With one batch in the epoch, evaluation mode on that batch must give what training mode gives, but for the n / (n - 1) of running variances; n is 175 in the deepest layers.
    /// </summary>
    [Fact]
    public void Statistics_taken_anew_make_evaluation_agree_with_training_on_the_same_pictures()
    {
        const int Side = 160;
        using var model = NewModel(seed: 3);
        var data = pictures.Open();
        using var loader = new TrainingLoader(data.Training, new TrainingLoaderOptions { ImageSize = Side, BatchSize = data.Training.Images.Count, Seed = 1 });
        NormStatistics.Recompute(model, loader, CancellationToken.None);

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var batch = loader.Read(0, 0, CancellationToken.None).Single();
        var images = tensor(batch.Pixels.ToArray(), [batch.Count, 3, Side, Side]).to(ScalarType.Float32).div_(255);
        var evaluated = model.Forward(images, training: false)[0].data<float>().ToArray();
        var trained = model.Forward(images, training: true)[0].data<float>().ToArray();
        var spread = trained.Max() - trained.Min();
        Assert.All(evaluated.Zip(trained), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 0.05 * spread));
    }

    [Fact]
    public void Snapshots_of_a_session_that_are_all_the_same_are_worth_what_one_is_worth()
    {
        using var folder = new FileFolder();
        using var session = NewSession();
        using (var file = File.Create(folder.Path("a.safetensors")))
        {
            session.WriteWeights(file);
        }

        var outcome = session.EvaluateSnapshots([folder.Path("a.safetensors"), folder.Path("a.safetensors")], CancellationToken.None);
        Assert.Equal(Evaluate(session.AveragedModel).AveragePrecision, outcome.Ensemble.AveragePrecision);
        var again = session.EvaluateSnapshots([folder.Path("a.safetensors"), folder.Path("a.safetensors")], CancellationToken.None);
        Assert.Equal(outcome.AveragedWeights.AveragePrecision, again.AveragedWeights.AveragePrecision);
    }

    [Fact]
    public void A_snapshot_of_another_network_is_refused()
    {
        using var folder = new FileFolder();
        using var session = NewSession();
        using var small = new YoloModel(ModelSize.FromName("s"), session.AveragedModel.ClassCount, AnchorSet.Coco);
        using (var file = File.Create(folder.Path("s.safetensors")))
        {
            WeightFile.Write(file, small, pictures.Open().ClassNames, ImageSize);
        }

        Assert.Throws<WeightFileException>(() => session.EvaluateSnapshots([folder.Path("s.safetensors"), folder.Path("s.safetensors")], CancellationToken.None));
    }

    private CocoEvaluation Evaluate(YoloModel model)
    {
        var data = pictures.Open();
        using var loader = new ValidationLoader(data.Validation, new ValidationLoaderOptions { ImageSize = ImageSize, BatchSize = 6 });
        return Validation.Run(new Detector(model, SuppressionOptions.Validation), loader, data.Validation, CancellationToken.None);
    }

    private TrainingSession NewSession() => new(
        new TrainOptions { Data = "", Epochs = 2, BatchSize = 3, ImageSize = ImageSize, Seed = 3 },
        new CawbSchedule(2, [1], Annealing.CosineTo(0)),
        pictures.Open());

    private static YoloModel NewModel(ulong seed)
    {
        var model = new YoloModel(ModelSize.FromName("n"), 7, AnchorSet.Coco);
        using var noGrad = no_grad();
        WeightInitializer.Initialize(model, seed);

        // Raised objectness: an untrained network would find nothing.
        foreach (var tensor in model.Tensors.Where(tensor => tensor.Role == ParameterRole.HeadBias))
        {
            tensor.Value.add_(5);
        }

        return model;
    }

    private static float[] Numbers(YoloModel model) => [.. model.Tensors.Where(tensor => tensor.IsTrained).SelectMany(tensor => tensor.Value.data<float>().ToArray())];

    private static Tensor Noise(int count)
    {
        var values = Enumerable.Range(0, count * 3 * ImageSize * ImageSize).Select(i => (float)((Math.Sin(i * 12.9898) * 43758.5453) - Math.Floor(Math.Sin(i * 12.9898) * 43758.5453))).ToArray();
        return tensor(values, [count, 3, ImageSize, ImageSize]);
    }

    private sealed class FileFolder : IDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("cawb-snapshots-").FullName;

        public string Path(string name) => System.IO.Path.Combine(folder, name);

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }
}
