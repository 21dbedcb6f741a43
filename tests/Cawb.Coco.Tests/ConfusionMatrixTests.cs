namespace Cawb.Coco.Tests;

public sealed class ConfusionMatrixTests
{
    private static readonly CocoBox Here = new(0, 0, 10, 10);
    private static readonly CocoBox NearlyHere = new(1, 0, 10, 10);
    private static readonly CocoBox Elsewhere = new(50, 50, 10, 10);

    [Fact]
    public void Hits_confusions_misses_and_false_alarms_are_counted_in_their_cells()
    {
        var truth = Truth(Label(1, category: 10, Here), Label(2, category: 20, Elsewhere), Label(3, category: 20, new CocoBox(80, 0, 5, 5)));
        var found = Found((10, Here, 0.9), (10, Elsewhere, 0.8), (20, new CocoBox(30, 30, 4, 4), 0.7), (20, new CocoBox(80, 0, 5, 5), 0.2));
        var matrix = CocoConfusionMatrix.Count(truth, found);
        Assert.Equal(1, matrix[0, 0]);
        Assert.Equal(1, matrix[1, 0]);
        Assert.Equal(1, matrix[1, matrix.Background]);
        Assert.Equal(1, matrix[matrix.Background, 1]);
        Assert.Equal(0, matrix[1, 1]);
        Assert.Equal(0, matrix[matrix.Background, matrix.Background]);
    }

    [Fact]
    public void The_higher_overlap_wins_whatever_the_scores_and_classes()
    {
        var matrix = CocoConfusionMatrix.Count(Truth(Label(1, category: 10, Here)), Found((10, NearlyHere, 0.9), (20, Here, 0.5)));
        Assert.Equal(1, matrix[0, 1]);
        Assert.Equal(1, matrix[matrix.Background, 0]);
    }

    [Fact]
    public void Crowds_are_no_misses_and_detections_in_them_no_false_alarms()
    {
        var crowd = new CocoAnnotation(1, 1, 10, new CocoBox(0, 0, 40, 40), 1600, isCrowd: true);
        var matrix = CocoConfusionMatrix.Count(Truth(crowd), Found((20, Here, 0.9), (20, Elsewhere, 0.9)));
        Assert.Equal(1, matrix[matrix.Background, 1]);
        Assert.Equal(0, matrix[0, matrix.Background]);
    }

    [Theory]
    [InlineData(double.NaN, 0.5)]
    [InlineData(0.25, double.NaN)]
    [InlineData(0.25, 0)]
    [InlineData(0.25, 1.5)]
    public void Limits_out_of_range_are_refused(double minScore, double minIou) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CocoConfusionMatrix.Count(Truth(), Found(), minScore, minIou));

    private static CocoAnnotation Label(long id, long category, CocoBox box) => new(id, 1, category, box, box.Area);

    private static CocoDataset Truth(params CocoAnnotation[] annotations) =>
        new([new CocoImage(1, 100, 100, "1.png")], annotations, [new CocoCategory(10, "a"), new CocoCategory(20, "b")]);

    private static CocoDetections Found(params (long Category, CocoBox Box, double Score)[] boxes)
    {
        var found = new CocoDetections();
        foreach (var (category, box, score) in boxes)
        {
            found.Add(new CocoDetection(1, category, box, score));
        }

        return found;
    }
}
