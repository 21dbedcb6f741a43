namespace Cawb.Coco.Tests;

public sealed class EvaluationTests
{
    [Fact]
    public void Every_array_element_is_what_the_rules_give_when_they_are_followed_one_by_one()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var (truth, found) = DrawnCase.Draw(seed);
            var plain = new PlainEvaluation(truth, found);
            var evaluation = CocoEvaluator.Evaluate(truth, found, new CocoEvaluationOptions(threads: 1));
            for (var k = 0; k < evaluation.Categories.Count; k++)
            {
                Compare(seed, plain, evaluation, k);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(16)]
    public void The_bits_do_not_depend_on_the_number_of_threads(int threads)
    {
        var (truth, found) = PerformanceCase.Generate(seed: 7);
        var one = CocoEvaluator.Evaluate(truth, found, new CocoEvaluationOptions(threads: 1));
        var several = CocoEvaluator.Evaluate(truth, found, new CocoEvaluationOptions(threads));
        Assert.Equal(one.AveragePrecision, several.AveragePrecision);
        Assert.Equal(one.AverageRecallLarge, several.AverageRecallLarge);
        for (var k = 0; k < one.Categories.Count; k++)
        {
            foreach (var area in Enum.GetValues<CocoArea>())
            {
                for (var cut = 0; cut < CocoEvaluation.MaxDetections.Length; cut++)
                {
                    Assert.True(one.Recall(k, area, cut).SequenceEqual(several.Recall(k, area, cut)));
                    for (var t = 0; t < CocoEvaluation.IouThresholds.Length; t++)
                    {
                        Assert.True(one.Precision(k, t, area, cut).SequenceEqual(several.Precision(k, t, area, cut)));
                        Assert.True(one.Scores(k, t, area, cut).SequenceEqual(several.Scores(k, t, area, cut)));
                    }
                }
            }
        }
    }

    [Fact]
    public void No_detections_at_all_are_a_result_of_zeros()
    {
        var evaluation = CocoEvaluator.Evaluate(OnePicture(new CocoAnnotation(1, 1, 1, new CocoBox(0, 0, 10, 10), 100)), new CocoDetections());
        Assert.Equal(0, evaluation.AveragePrecision);
        Assert.Equal(0, evaluation.AverageRecallSmall);
        Assert.Equal(-1, evaluation.AveragePrecisionLarge);
    }

    [Fact]
    public void Nothing_to_find_gives_minus_one_everywhere()
    {
        var found = new CocoDetections();
        found.Add(new CocoDetection(1, 1, new CocoBox(0, 0, 10, 10), 0.5));
        var evaluation = CocoEvaluator.Evaluate(OnePicture(), found);
        Assert.Equal(-1, evaluation.AveragePrecision);
        Assert.Equal(-1, evaluation.AverageRecall1);
        Assert.False(evaluation.Categories[0].HasTruth);
        Assert.Equal(-1, evaluation.Categories[0].AverageRecall100);
    }

    [Fact]
    public void No_categories_give_minus_one_and_no_rows()
    {
        var evaluation = CocoEvaluator.Evaluate(new CocoDataset([new CocoImage(1, 10, 10, "")], [], []), new CocoDetections());
        Assert.Equal(-1, evaluation.AveragePrecision);
        Assert.Empty(evaluation.Categories);
    }

    [Fact]
    public void Filling_picture_by_picture_is_the_same_as_reading_a_file()
    {
        var (truth, found) = DrawnCase.Draw(seed: 3);
        var arrays = new CocoDetections();
        var flat = Enumerable.Range(0, found.Count).Select(i => found[i]).ToArray();
        foreach (var picture in flat.GroupBy(detection => detection.ImageId))
        {
            arrays.Add(
                picture.Key,
                picture.Select(detection => detection.CategoryId).ToArray(),
                picture.Select(detection => detection.Box).ToArray(),
                picture.Select(detection => detection.Score).ToArray());
        }

        using var folder = new TemporaryFolder();
        truth.Write(folder.File("gt.json"));
        found.Write(folder.File("dt.json"));
        var fromFiles = CocoEvaluator.Evaluate(CocoDataset.Read(folder.File("gt.json"), CocoReading.ForEvaluation), CocoDetections.Read(folder.File("dt.json")));
        var fromArrays = CocoEvaluator.Evaluate(truth, arrays);
        Assert.True(fromFiles.AveragePrecision50 > 0);
        Assert.Equal(fromFiles.AveragePrecision, fromArrays.AveragePrecision);
        Assert.Equal(fromFiles.AverageRecall100, fromArrays.AverageRecall100);
    }

    [Fact]
    public void Of_annotations_with_one_id_the_last_stands_in_for_all()
    {
        var box = new CocoBox(0, 0, 10, 10);
        var truth = OnePicture(new CocoAnnotation(5, 1, 1, new CocoBox(50, 50, 10, 10), 100), new CocoAnnotation(5, 1, 1, box, 100));
        var found = new CocoDetections();
        found.Add(new CocoDetection(1, 1, box, 0.9));
        found.Add(new CocoDetection(1, 1, box, 0.8));
        Assert.Equal(1.0, CocoEvaluator.Evaluate(truth, found).AverageRecall100);
    }

    [Fact]
    public void A_detection_of_an_unknown_picture_is_refused_with_its_number()
    {
        var found = new CocoDetections();
        found.Add(new CocoDetection(2, 1, new CocoBox(0, 0, 10, 10), 0.5));
        var fault = Assert.Throws<ArgumentException>(() => CocoEvaluator.Evaluate(OnePicture(), found));
        Assert.Contains("Detection 0: Expected the id of an image of the ground truth; it has no image 2.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_with_an_unknown_picture_is_refused_with_the_place()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("dt.json");
        File.WriteAllText(path, """
            [
              {"image_id": 1, "category_id": 1, "bbox": [0, 0, 1, 1], "score": 1},
              {"image_id": 2, "category_id": 1, "bbox": [0, 0, 1, 1], "score": 1}
            ]
            """);
        var fault = Assert.Throws<CocoFormatException>(() => CocoEvaluator.Evaluate(OnePicture(), CocoDetections.Read(path)));
        Assert.Equal(new CocoPlace(3, 3), fault.Place);
        Assert.Equal($"{path}, line 3, column 3 ($[1].image_id): Expected the id of an image of the ground truth; it has no image 2.", fault.Message);
    }

    [Fact]
    public void Cleared_detections_start_over()
    {
        var found = new CocoDetections();
        found.Add(new CocoDetection(99, 1, default, 1));
        found.Clear();
        Assert.Equal(0, found.Count);
        Assert.Throws<IndexOutOfRangeException>(() => found[0]);
        Assert.Equal(-1, CocoEvaluator.Evaluate(OnePicture(), found).AveragePrecision);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Scores_and_boxes_that_are_no_numbers_are_refused_at_birth(double value)
    {
        Assert.Throws<ArgumentException>(() => new CocoDetection(1, 1, default, value));
        Assert.Throws<ArgumentException>(() => new CocoBox(0, 0, value, 1));
        Assert.Throws<ArgumentException>(() => new CocoAnnotation(1, 1, 1, default, value));
    }

    private static CocoDataset OnePicture(params CocoAnnotation[] annotations) =>
        new([new CocoImage(1, 100, 100, "1.png")], annotations, [new CocoCategory(1, "thing")]);

    private static void Compare(int seed, PlainEvaluation plain, CocoEvaluation evaluation, int k)
    {
        for (var area = 0; area < 4; area++)
        {
            for (var cut = 0; cut < 3; cut++)
            {
                for (var t = 0; t < CocoEvaluation.IouThresholds.Length; t++)
                {
                    var (precision, scores, recall) = plain.Measure(evaluation.Categories[k].Category.Id, CocoEvaluation.IouThresholds[t], area, cut);
                    var where = $"seed {seed}, class {k}, area {area}, cut {cut}, threshold {t}";
                    Assert.True(precision.AsSpan().SequenceEqual(evaluation.Precision(k, t, (CocoArea)area, cut)), where);
                    Assert.True(scores.AsSpan().SequenceEqual(evaluation.Scores(k, t, (CocoArea)area, cut)), where);
                    Assert.True(recall == evaluation.Recall(k, (CocoArea)area, cut)[t], where);
                }
            }
        }
    }
}
