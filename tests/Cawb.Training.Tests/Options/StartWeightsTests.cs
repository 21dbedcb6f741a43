using Cawb.Detection.Data;
using Cawb.Detection.Model;
using Cawb.Detection.Tests.Data;
using Cawb.Detection.Weights;
using Cawb.Tests;
using Cawb.Training.Options;
using Cawb.Training.Runs;

namespace Cawb.Training.Tests.Options;

/// <summary>What a training takes over from the weights that it starts from, besides the weights.</summary>
public sealed class StartWeightsTests : IDisposable
{
    private static readonly AnchorSet Other = AnchorSet.FromPixels(Enumerable.Range(7, 18).Select(side => (double)side));

    private readonly PaintedDataset pictures = PaintedDataset.CreateSeven();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        pictures.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Anchors_that_are_not_COCO_s_come_with_the_weights_and_are_noted()
    {
        var data = DetectionData.Open(pictures.Folder, CancellationToken.None);
        var options = Options(Other).CompletedFor(data);
        Assert.Equal(Other.ToPixels(), options.AnchorSet.ToPixels());

        using var session = TrainingRun.NewSession(options, new ConstantSchedule(), data);
        var transfer = session.StartFrom(options.Weights);
        Assert.Contains(TrainingNotes.Of(session, data, options, transfer), note => note.StartsWith($"The anchors are those of {options.Weights}, not COCO's (best possible recall ", StringComparison.Ordinal));

        // Better ones were found for the labels.
        var found = options with { Anchors = [.. AnchorSet.Coco.ToPixels().SelectMany(anchor => new[] { anchor.Width + 1, anchor.Height })] };
        Assert.Contains(TrainingNotes.Of(session, data, found, transfer), note => note.Contains("its head has to learn them anew", StringComparison.Ordinal));
    }

    [Fact]
    public void COCO_s_anchors_are_neither_recorded_nor_noted()
    {
        var data = DetectionData.Open(pictures.Folder, CancellationToken.None);
        Assert.Empty(Options(AnchorSet.Coco).CompletedFor(data).Anchors);
    }

    private TrainOptions Options(AnchorSet anchors)
    {
        var path = folder.Of("start.safetensors");
        using var model = new YoloModel(ModelSize.N, 7, anchors);
        using var stream = File.Create(path);
        WeightFile.Write(stream, model, [.. Enumerable.Range(0, 7).Select(i => $"thing {i}")], imageSize: 64);
        return new TrainOptions { Data = pictures.Folder, Weights = path, ImageSize = 64, BatchSize = 3, Epochs = 1, Threads = 1 };
    }
}
