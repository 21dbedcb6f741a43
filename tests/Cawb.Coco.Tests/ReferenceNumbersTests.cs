using System.Text.Json;

namespace Cawb.Coco.Tests;

public sealed class ReferenceNumbersTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<string> Cases => [.. ReferenceCases.Names];

    [Fact]
    public void There_is_at_least_one_reference_case() => Assert.NotEmpty(ReferenceCases.Names);

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_twelve_numbers_are_those_of_the_reference_to_the_last_bit(string name)
    {
        var expected = ReferenceCases.Expected(name);
        var (truth, found) = ReferenceCases.Load(name);
        var evaluation = CocoEvaluator.Evaluate(truth, found);
        var actual = new Dictionary<string, double>
        {
            ["AP"] = evaluation.AveragePrecision,
            ["AP50"] = evaluation.AveragePrecision50,
            ["AP75"] = evaluation.AveragePrecision75,
            ["APsmall"] = evaluation.AveragePrecisionSmall,
            ["APmedium"] = evaluation.AveragePrecisionMedium,
            ["APlarge"] = evaluation.AveragePrecisionLarge,
            ["AR1"] = evaluation.AverageRecall1,
            ["AR10"] = evaluation.AverageRecall10,
            ["AR100"] = evaluation.AverageRecall100,
            ["ARsmall"] = evaluation.AverageRecallSmall,
            ["ARmedium"] = evaluation.AverageRecallMedium,
            ["ARlarge"] = evaluation.AverageRecallLarge,
        };
        var names = Numbers.Texts(expected.GetProperty("stats_names"));
        var values = Numbers.Of(expected.GetProperty("stats"));
        Assert.Equal(actual.Count, names.Length);
        for (var i = 0; i < names.Length; i++)
        {
            Numbers.Near(values[i], actual[names[i]], tolerance: 0, $"{name}: {names[i]}");
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_numbers_of_each_category_are_those_of_the_reference(string name)
    {
        var expected = ReferenceCases.Expected(name);
        var (truth, found) = ReferenceCases.Load(name);
        var evaluation = CocoEvaluator.Evaluate(truth, found);
        var categories = expected.GetProperty("per_category").EnumerateArray().ToArray();
        Assert.Equal(categories.Length, evaluation.Categories.Count);
        foreach (var category in categories)
        {
            Compare(name, category, evaluation.Categories.Single(own => own.Category.Id == category.GetProperty("category_id").GetInt64()));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_thresholds_are_those_of_the_reference_bit_for_bit(string name)
    {
        var expected = ReferenceCases.Expected(name);
        Assert.Equal(Numbers.Of(expected.GetProperty("iou_thresholds")), CocoEvaluation.IouThresholds.ToArray());
        if (expected.TryGetProperty("recall_thresholds", out var recalls))
        {
            Assert.Equal(Numbers.Of(recalls), CocoEvaluation.RecallThresholds.ToArray());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_drawn_case_is_the_one_that_the_reference_was_computed_from(string name)
    {
        var expected = ReferenceCases.Expected(name);
        if (!expected.TryGetProperty("counts", out var counts))
        {
            return;
        }

        var (truth, found) = ReferenceCases.Load(name);
        Assert.Equal(counts.GetProperty("images").GetInt32(), truth.Images.Count);
        Assert.Equal(counts.GetProperty("categories").GetInt32(), truth.Categories.Count);
        Assert.Equal(counts.GetProperty("annotations").GetInt32(), truth.Annotations.Count);
        Assert.Equal(counts.GetProperty("detections").GetInt32(), found.Count);
        Assert.Equal(Annotation(expected.GetProperty("first_annotation")), truth.Annotations[0]);
        Assert.Equal(Annotation(expected.GetProperty("last_annotation")), truth.Annotations[^1]);
        Assert.Equal(Detection(expected.GetProperty("first_detection")), found[0]);
        Assert.Equal(Detection(expected.GetProperty("last_detection")), found[found.Count - 1]);
    }

    private static void Compare(string name, JsonElement expected, CocoCategoryEvaluation actual)
    {
        var scalars = new Dictionary<string, double>
        {
            ["ap"] = actual.AveragePrecision,
            ["ap50"] = actual.AveragePrecision50,
            ["ap75"] = actual.AveragePrecision75,
            ["ar100"] = actual.AverageRecall100,
            ["ap_small"] = actual.AveragePrecisionSmall,
            ["ap_medium"] = actual.AveragePrecisionMedium,
            ["ap_large"] = actual.AveragePrecisionLarge,
        };
        var lists = new Dictionary<string, double[]>
        {
            ["recall_per_iou"] = actual.RecallPerIou.ToArray(),
            ["ap_per_iou"] = [.. Enumerable.Range(0, CocoEvaluation.IouThresholds.Length).Select(actual.AveragePrecisionAt)],
            ["precision_at_iou50"] = actual.PrecisionRecallCurve(0).ToArray(),
        };
        foreach (var property in expected.EnumerateObject())
        {
            var what = $"{name}, category {actual.Category.Id}: {property.Name}";
            if (scalars.TryGetValue(property.Name, out var scalar))
            {
                Numbers.Near(property.Value.GetDouble(), scalar, Tolerance, what);
            }
            else if (lists.TryGetValue(property.Name, out var list))
            {
                Numbers.Near(Numbers.Of(property.Value), list, Tolerance, what);
            }
            else
            {
                Assert.Equal("category_id", property.Name);
            }
        }
    }

    private static CocoAnnotation Annotation(JsonElement json) => new(
        json.GetProperty("id").GetInt64(),
        json.GetProperty("image_id").GetInt64(),
        json.GetProperty("category_id").GetInt64(),
        Box(json.GetProperty("bbox")),
        json.GetProperty("area").GetDouble(),
        json.GetProperty("iscrowd").GetInt32() == 1);

    private static CocoDetection Detection(JsonElement json) => new(
        json.GetProperty("image_id").GetInt64(),
        json.GetProperty("category_id").GetInt64(),
        Box(json.GetProperty("bbox")),
        json.GetProperty("score").GetDouble());

    private static CocoBox Box(JsonElement json)
    {
        var values = Numbers.Of(json);
        return new CocoBox(values[0], values[1], values[2], values[3]);
    }
}
