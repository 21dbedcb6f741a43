using System.Text.Json.Nodes;
using Cawb.Tests.Reference;

namespace Cawb.Coco.Tests;

/// <summary>Ids that are texts, which COCO's tool takes as it takes numbers: only their order counts.</summary>
public sealed class TextIdTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Cases => [.. ReferenceCases.Names.Where(name => File.Exists(ReferenceFolder.Of("coco", name, "gt.json")))];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Texts_in_the_order_of_the_numbers_give_the_numbers_of_the_reference(string name)
    {
        var truth = CocoDataset.Read(Texts(name, "gt.json"));
        var found = CocoDetections.Read(Texts(name, "dt.json"), truth);
        Assert.True(truth.HasTextIds);
        var evaluation = CocoEvaluator.Evaluate(truth, found);
        var expected = Numbers.Of(ReferenceCases.Expected(name).GetProperty("stats"));
        double[] actual =
        [
            evaluation.AveragePrecision, evaluation.AveragePrecision50, evaluation.AveragePrecision75, evaluation.AveragePrecisionSmall, evaluation.AveragePrecisionMedium, evaluation.AveragePrecisionLarge,
            evaluation.AverageRecall1, evaluation.AverageRecall10, evaluation.AverageRecall100, evaluation.AverageRecallSmall, evaluation.AverageRecallMedium, evaluation.AverageRecallLarge,
        ];
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void Texts_become_numbers_by_their_order_and_classes_get_their_indices_by_it()
    {
        var dataset = CocoDataset.Read(Write("gt.json", """
            {"annotations":[{"id":"x","image_id":"b","category_id":"zebra","bbox":[0,0,5,5]}],
             "images":[{"id":"b","width":10.0,"height":20,"file_name":"b.png"},{"id":"a","width":10,"height":20,"file_name":"a.png"}],
             "categories":[{"id":"zebra","name":"z"},{"id":"ape","name":"a"}]}
            """));
        Assert.Equal([2L, 1], dataset.Images.Select(image => image.Id));
        Assert.Equal(["a", "z"], dataset.ByClassIndex().Select(category => category.Name));
        Assert.Equal(new CocoAnnotation(1, 2, 2, new CocoBox(0, 0, 5, 5), 25), Assert.Single(dataset.Annotations));
    }

    [Theory]
    [InlineData("""[{"image_id":"c","category_id":"x","bbox":[0,0,1,1],"score":1}]""", "Expected the id of an image of the ground truth; got the text \"c\".")]
    [InlineData("""[{"image_id":1,"category_id":"x","bbox":[0,0,1,1],"score":1}]""", "Expected a text, because such are the ids of the ground truth; got the number 1.")]
    public void A_result_that_names_no_picture_of_the_ground_truth_is_refused_with_its_place(string result, string problem)
    {
        var truth = CocoDataset.Read(Write("gt.json", """{"images":[{"id":"a"}],"annotations":[],"categories":[{"id":"x"}]}"""), CocoReading.ForEvaluation);
        var fault = Assert.Throws<CocoFormatException>(() => CocoDetections.Read(Write("dt.json", result), truth));
        Assert.Equal(("$[0].image_id", problem), (fault.JsonPath, fault.Problem));
    }

    [Fact]
    public void Results_of_unknown_classes_are_left_out_as_by_the_reference()
    {
        var truth = CocoDataset.Read(
            Write("gt.json", """{"images":[{"id":"a"}],"annotations":[{"id":1,"image_id":"a","category_id":"x","bbox":[0,0,9,9]}],"categories":[{"id":"x"}]}"""), CocoReading.ForEvaluation);
        var found = CocoDetections.Read(
            Write("dt.json", """[{"image_id":"a","category_id":"y","bbox":[0,0,9,9],"score":0.9},{"image_id":"a","category_id":"x","bbox":[0,0,9,9],"score":0.5}]"""), truth);
        Assert.Equal(1, CocoEvaluator.Evaluate(truth, found).AveragePrecision, 12);
    }

    // Long enough for the numbers of all cases, so that the order of texts is that of the numbers.
    private string Texts(string name, string file)
    {
        var root = JsonNode.Parse(File.ReadAllText(ReferenceFolder.Of("coco", name, file)))!;
        var lists = root is JsonArray results ? [results] : new[] { "images", "annotations", "categories" }.Select(list => root[list]!.AsArray());
        foreach (var item in lists.SelectMany(list => list.OfType<JsonObject>()))
        {
            foreach (var key in new[] { "id", "image_id", "category_id" }.Where(item.ContainsKey))
            {
                item[key] = (item[key]!.GetValue<long>() + (1L << 62)).ToString("D20", System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        return Write(file, root.ToJsonString());
    }

    private string Write(string name, string text)
    {
        var path = _folder.File(name);
        File.WriteAllText(path, text);
        return path;
    }
}
