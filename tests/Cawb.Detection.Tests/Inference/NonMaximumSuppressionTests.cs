using Cawb.Detection.Inference;

namespace Cawb.Detection.Tests.Inference;

public sealed class NonMaximumSuppressionTests
{
    [Fact]
    public void Every_case_keeps_the_reference_boxes_in_their_order()
    {
        foreach (var test in ReferenceFile.All("nms.json").SelectMany(file => file.Items("cases")))
        {
            var rows = test.Items("input").Select(row => row.Numbers()).ToArray();
            var classCount = rows.Length == 0 ? 3 : rows[0].Length - 5;
            var options = new SuppressionOptions
            {
                MinConfidence = test.Number("conf"),
                MaxOverlap = test.Number("iou"),
                MaxDetections = test.Integer("max_det"),
                IsMultiLabel = test.GetProperty("multi_label").GetBoolean(),
                IsClassAgnostic = test.GetProperty("agnostic").GetBoolean(),
            };

            var kept = NonMaximumSuppression.Select([.. rows.SelectMany(row => row).Select(value => (float)value)], classCount, options);

            var expected = test.Items("output").Select(row => row.Numbers()).ToArray();
            Assert.Equal(expected.Length, kept.Count);
            foreach (var (want, box) in expected.Zip(kept))
            {
                Assert.Equal((int)want[5], box.Class);
                foreach (var (side, value) in want.Zip([box.Left, box.Top, box.Right, box.Bottom, box.Score]))
                {
                    Digest.Near(side, value, 1e-5 * Math.Max(1, Math.Abs(side)), test.Text("name"));
                }
            }
        }
    }

    [Fact]
    public void No_more_candidates_than_allowed_enter_the_comparison()
    {
        float[] rows = [10, 10, 4, 4, 0.9f, 1, 50, 50, 4, 4, 0.8f, 1, 90, 90, 4, 4, 0.7f, 1];
        var kept = NonMaximumSuppression.Select(rows, classCount: 1, new SuppressionOptions { MaxCandidates = 2 });
        Assert.Equal([0.9f, 0.8f], kept.Select(box => box.Score));
    }

    [Fact]
    public void Among_more_candidates_than_the_list_first_holds_the_best_come_out_in_order_and_equal_scores_in_theirs()
    {
        // 1,000 boxes far apart, their scores in a shuffled order, each score twice.
        var scores = Enumerable.Range(0, 1000).Select(i => (float)(((i * 387) % 500) + 1) / 1000).ToArray();
        float[] rows = [.. scores.SelectMany((score, i) => new[] { 10f * (i % 100), 10f * (i / 100), 4, 4, score, 1 })];

        var kept = NonMaximumSuppression.Select(rows, classCount: 1, new SuppressionOptions { MinConfidence = 0.1, MaxCandidates = 600, MaxDetections = 600 });

        var expected = Enumerable.Range(0, 1000).OrderByDescending(i => scores[i]).Take(600).ToArray();
        Assert.Equal(expected.Select(i => scores[i]), kept.Select(box => box.Score));
        Assert.Equal(expected.Select(i => (10f * (i % 100)) - 2), kept.Select(box => box.Left));
        Assert.Equal(expected.Select(i => (10f * (i / 100)) - 2), kept.Select(box => box.Top));
    }
}
