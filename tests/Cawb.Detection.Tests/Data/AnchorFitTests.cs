using Cawb.Detection.Data;

namespace Cawb.Detection.Tests.Data;

public class AnchorFitTests
{
    // Of YOLOv5, pixels of a 640 image.
    private static readonly (double Width, double Height)[] Usual =
        [(10, 13), (16, 30), (33, 23), (30, 61), (62, 45), (59, 119), (116, 90), (156, 198), (373, 326)];

    [Fact]
    public void Anchors_that_suit_stay_as_they_are()
    {
        using var painted = PaintedDataset.CreateSeven();
        var fit = AnchorFit.Of(painted.Open().Training, Usual, imageSize: 96, maxRatio: 4, seed: 0);
        Assert.Equal((1.0, 1.0, false), (fit.GivenRecall, fit.Recall, fit.IsReplaced));
        Assert.Equal(Usual, fit.Anchors);
    }

    [Fact]
    public void The_recall_alone_is_that_of_the_whole_search()
    {
        using var painted = PaintedDataset.Create([.. Enumerable.Range(0, 12).Select(i => (128, 96, 3, 10, 23 + 8 * i, 12 + i))]);
        var dataset = painted.Open().Training;
        var recall = AnchorFit.RecallOf(dataset, Usual, imageSize: 128, maxRatio: 4, seed: 1);
        Assert.Equal(AnchorFit.Of(dataset, Usual, imageSize: 128, maxRatio: 4, seed: 1).GivenRecall, recall);
        Assert.InRange(recall, 0.01, 0.99);
    }

    [Fact]
    public void Labels_of_unusual_shape_get_anchors_that_match_all_of_them()
    {
        // Twelve strips of 60 to 115 by 2 to 4 pixels: sixteen times and more as wide as high, which no usual anchor is.
        using var painted = PaintedDataset.Create([.. Enumerable.Range(0, 12).Select(i => (128, 96, 3, 10, 63 + 5 * i, 12 + i % 3))]);
        var dataset = painted.Open().Training;
        var fit = AnchorFit.Of(dataset, Usual, imageSize: 128, maxRatio: 4, seed: 1);
        Assert.True(fit.GivenRecall < 0.5);
        Assert.Equal((1.0, true), (fit.Recall, fit.IsReplaced));
        Assert.Equal(fit.Anchors.OrderBy(anchor => anchor.Width * anchor.Height), fit.Anchors);
        Assert.Equal(fit.Anchors, AnchorFit.Of(dataset, Usual, imageSize: 128, maxRatio: 4, seed: 1).Anchors);
    }

    [Fact]
    public void A_search_says_how_far_it_is_and_ends_when_cancelled()
    {
        using var painted = PaintedDataset.Create([.. Enumerable.Range(0, 12).Select(i => (128, 96, 3, 10, 63 + 5 * i, 12 + i % 3))]);
        var dataset = painted.Open().Training;
        using var cancellation = new CancellationTokenSource();
        var listener = new CancelAt(7, cancellation);
        Assert.Throws<OperationCanceledException>(
            () => AnchorFit.Of(dataset, Usual, imageSize: 128, maxRatio: 4, seed: 1, listener, cancellation.Token));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], listener.Heard);
    }

    private sealed class CancelAt(int moment, CancellationTokenSource cancellation) : IProgress<int>
    {
        public List<int> Heard { get; } = [];

        public void Report(int value)
        {
            Heard.Add(value);
            if (value == moment)
            {
                cancellation.Cancel();
            }
        }
    }
}
