using Cawb.Coco;
using Cawb.Detection.Data.Augmentation;
using Cawb.Detection.Evaluation;
using Cawb.Detection.Tests.Data;

namespace Cawb.Detection.Tests.Evaluation;

public sealed class YoloEvaluationTests
{
    // Numbers in the files have 12 significant digits.
    private const double Tolerance = 1e-10;

    [Fact]
    public void Average_precision_by_samples_and_trapezoids_equals_the_release()
    {
        foreach (var item in GoldenFile.Cases("metrics", "average_precision"))
        {
            var hits = item.Ints("hits");
            var (recall, precision) = (item.GetProperty("recall").Doubles(), item.GetProperty("precision").Doubles());
            Assert.Equal(item.Double("ap"), SampledCurve.AveragePrecision(recall, precision), Tolerance);

            // The same through the evaluator: labels far apart, each detection on one of them or on nothing.
            var labels = Enumerable.Range(0, item.Int("labels")).Select(i => Square(0, 100 * i)).ToArray();
            var boxes = hits.Select((hit, i) => hit == 1 ? labels[hits.Take(i).Sum()] : Square(0, -100 - (100 * i))).ToArray();
            var scores = Enumerable.Range(0, hits.Count).Select(i => 0.9 - (0.01 * i)).ToArray();
            var evaluator = new YoloEvaluator(classCount: 2);
            evaluator.Add(labels, boxes, scores);
            var evaluation = evaluator.Evaluate();
            Assert.Equal(item.Double("ap"), evaluation.Classes[0].AveragePrecision50, Tolerance);
            Assert.Equal(item.Double("ap"), evaluation.AveragePrecision, Tolerance);
            Assert.Equal(-1, evaluation.Classes[1].AveragePrecision);
        }
    }

    [Fact]
    public void Matching_at_ten_overlaps_equals_the_release()
    {
        foreach (var file in GoldenFile.All("metrics"))
        {
            var matching = file.GetProperty("matching");
            Assert.Equal(matching.GetProperty("thresholds").Doubles(), CocoEvaluation.IouThresholds.ToArray().Select(value => Math.Round(value, 10)));
            foreach (var item in matching.GetProperty("cases").EnumerateArray())
            {
                var labels = item.GetProperty("labels").EnumerateArray().Select(row => Box(row.Doubles(), classAt: 0, cornersAt: 1)).ToArray();
                var boxes = item.GetProperty("detections").EnumerateArray().Select(row => Box(row.Doubles(), classAt: 5, cornersAt: 0)).ToArray();
                var matched = YoloMatching.Match(labels, boxes);
                var expected = item.GetProperty("correct").EnumerateArray().Select(row => row.Doubles()).ToArray();
                Assert.Equal(expected.Length, matched.Length);
                for (var i = 0; i < expected.Length; i++)
                {
                    Assert.Equal(expected[i], Enumerable.Range(0, 10).Select(bit => (double)((matched[i] >> bit) & 1)));
                }
            }
        }
    }

    [Fact]
    public void Fitness_equals_the_release()
    {
        foreach (var item in GoldenFile.Cases("metrics", "fitness"))
        {
            Assert.Equal(item.Double("fitness"), Fitness.Of(item.Double("map50"), item.Double("map")), Tolerance);
        }
    }

    [Fact]
    public void Precision_and_recall_hold_where_the_mean_f1_is_highest()
    {
        // Ten labels; eight found at 0.7, none wrong there; forty wrong ones at 0.2. Between the two scores F1 is at its height.
        var labels = Enumerable.Range(0, 10).Select(i => Square(0, 100 * i)).ToArray();
        PixelLabel[] boxes = [.. labels.Take(8), .. Enumerable.Range(0, 40).Select(i => Square(0, -100 - (100 * i)))];
        double[] scores = [.. Enumerable.Repeat(0.7, 8), .. Enumerable.Repeat(0.2, 40)];
        var evaluator = new YoloEvaluator(classCount: 1);
        evaluator.Add(labels, boxes, scores);
        var evaluation = evaluator.Evaluate();
        Assert.InRange(evaluation.Confidence, 0.6, 0.7);
        Assert.Equal(0.8, evaluation.Recall, Tolerance);
        Assert.InRange(evaluation.Precision, 0.9, 1);
    }

    [Fact]
    public void The_curves_of_a_class_are_those_of_its_detections()
    {
        // As above: eight of ten labels at 0.7, then forty wrong ones at 0.2.
        var labels = Enumerable.Range(0, 10).Select(i => Square(0, 100 * i)).ToArray();
        PixelLabel[] boxes = [.. labels.Take(8), .. Enumerable.Range(0, 40).Select(i => Square(0, -100 - (100 * i)))];
        var evaluator = new YoloEvaluator(classCount: 2);
        evaluator.Add(labels, boxes, [.. Enumerable.Repeat(0.7, 8), .. Enumerable.Repeat(0.2, 40)]);
        var curves = evaluator.Evaluate().Classes[0].Curves;

        // Between the last detection at 0.7, up to which nothing is wrong, and the first at 0.2, which makes it 8 of 9.
        var precision = 1 - ((0.7 - YoloCurves.Positions[At(0.45)]) / (0.7 - 0.2) / 9);
        Assert.Equal(precision, curves.Precision[At(0.45)], Tolerance);
        Assert.Equal(0.8, curves.Recall[At(0.45)]);
        Assert.Equal(2 * precision * 0.8 / (precision + 0.8), curves.F1[At(0.45)], Tolerance);
        Assert.Equal((8.0 / 48, 0.8), (curves.Precision[At(0.1)], curves.Recall[At(0.1)]));
        Assert.Equal((1.0, 0.0), (curves.Precision[At(0.8)], curves.Recall[At(0.8)]));

        // Up to recall 0.8 nothing is wrong. From there the envelope falls in a straight line from the last detection, 8 of 48, to 0.
        Assert.Equal(1, curves.PrecisionOverRecall[At(0.79)]);
        Assert.Equal(8.0 / 48 / 2, curves.PrecisionOverRecall[At(0.9)], 1e-3);
        Assert.Equal(0, curves.PrecisionOverRecall[^1]);

        static int At(double position) => (int)Math.Round(position * 999);
    }

    [Fact]
    public void Nothing_found_is_a_result_of_zeros()
    {
        var evaluator = new YoloEvaluator(classCount: 1);
        evaluator.Add([Square(0, 0)], [], []);
        var evaluation = evaluator.Evaluate();
        Assert.Equal((0, 0, 0, 0), (evaluation.Precision, evaluation.Recall, evaluation.AveragePrecision50, evaluation.AveragePrecision));
    }

    private static PixelLabel Square(int classIndex, double left) => new(classIndex, left, 0, left + 10, 10);

    private static PixelLabel Box(double[] row, int classAt, int cornersAt) =>
        new((int)row[classAt], row[cornersAt], row[cornersAt + 1], row[cornersAt + 2], row[cornersAt + 3]);
}
