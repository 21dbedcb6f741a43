using System.Text.Json;
using Cawb.Cli.Tests.Detection;
using Cawb.Cli.Tests.Training;
using Cawb.Detection.Tests.Data;

namespace Cawb.Cli.Tests.Data;

/// <summary>Data sets with which trainings were silently worth nothing, as a user meets them.</summary>
public sealed class PracticeTests : IDisposable
{
    private readonly TinyFolder data = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        data.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_training_without_labels_does_not_start_and_says_where_they_were_looked_for()
    {
        data.Yolo();
        File.Delete(data.At("train/labels/a.txt"));
        var run = folder.Path("run");
        Refusal.Says(Refusal.Of(Train(run)), data.At("data.yaml"), "No label for the 1 image of the part `train`", data.At("train/labels/a.txt"));
        Assert.False(Directory.Exists(run));
        Assert.Equal(2, CommandRun.OfProgram("data", "check", data.At("data.yaml")).ExitCode);
    }

    [Fact]
    public void A_validation_part_without_labels_is_warned_of_and_the_last_weights_are_the_best()
    {
        data.Yolo(valid: "");
        var run = folder.Path("run");
        var trained = CommandRun.OfProgram(Train(run));
        Assert.True(trained.ExitCode == 0, trained.Error);
        Assert.Contains("No validation labels (1): ", trained.Output, StringComparison.Ordinal);
        Assert.Contains("AP not defined  AP50 not defined", trained.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("-1.000", trained.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(Path.Combine(run, "last.safetensors")), File.ReadAllBytes(Path.Combine(run, "best.safetensors")));

        var validated = CommandRun.OfProgram("val", Path.Combine(run, "best.safetensors"), data.At("data.yaml"), "--out", folder.Path("val"));
        Assert.True(validated.ExitCode == 0, validated.Error);
        Assert.Contains("AP is not defined: the images have no labels.", validated.Output, StringComparison.Ordinal);
        Assert.Contains("Warning: No validation labels (1): ", validated.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Annotation_ids_that_repeat_change_no_figure_of_a_validation_and_its_files_give_the_same()
    {
        string[] files = ["a.png", "b.png"];
        foreach (var part in new[] { "train", "val" })
        {
            Array.ForEach(files, file => data.Picture($"images/{part}/{file}"));
            data.Coco($"annotations/instances_{part}.json", files);
        }

        var weights = KnownNetwork.Write(folder.Path("known.safetensors"), ["car", "dog"], found: 0);
        var unique = Validate("unique");
        var annotations = data.At("annotations/instances_val.json");
        File.WriteAllText(annotations, File.ReadAllText(annotations).Replace("\"id\":3,\"image_id\"", "\"id\":1,\"image_id\"", StringComparison.Ordinal).Replace("\"id\":4,\"image_id\"", "\"id\":2,\"image_id\"", StringComparison.Ordinal));
        var repeated = Validate("repeated");
        Assert.Equal(unique.GetProperty("coco").GetRawText(), repeated.GetProperty("coco").GetRawText());

        // What is left behind says the same to any tool.
        var again = CommandRun.Of("coco-eval", "--gt", repeated.GetProperty("groundTruth").GetString()!, "--dt", repeated.GetProperty("results").GetString()!, "--json");
        Assert.Equal(unique.GetProperty("coco").GetProperty("averagePrecision").GetDouble(), again.Json().GetProperty("averagePrecision").GetDouble());

        JsonElement Validate(string name)
        {
            var run = CommandRun.OfProgram("val", weights, data.Root, "--image-size", "64", "--out", folder.Path(name), "--json");
            Assert.True(run.ExitCode == 0, run.Error);
            return run.Json();
        }
    }

    [Fact]
    public void A_page_of_the_check_has_the_numbers_of_the_text_and_of_the_json()
    {
        data.Yolo(train: TinyFolder.Labels + "0 0.5 0.5 0.1 0.1\n");
        var page = folder.Path("check.html");
        var text = CommandRun.Of("data", "check", data.At("data.yaml"), "--html", page);
        Assert.Equal(0, text.ExitCode);
        Assert.StartsWith("2 classes; training: 1 image of 64 x 48 pixels, 3 instances; validation: 1 image of 64 x 48 pixels, 2 instances\n", text.Output, StringComparison.Ordinal);
        Assert.Matches(@"\ncar +2 +1 +1 +1\ndog +1 +1 +1 +1\n", text.Output);

        // The root of 24 x 20, 20 x 28 and 6.4 x 4.8 pixels.
        var sizes = CommandRun.Of("data", "check", data.At("data.yaml"), "--json").Json().GetProperty("training").GetProperty("boxSizes");
        Assert.Equal((3, 0, 0), (sizes.GetProperty("small").GetInt32(), sizes.GetProperty("medium").GetInt32(), sizes.GetProperty("large").GetInt32()));
        Assert.Equal(5.543, sizes.GetProperty("sides")[0].GetProperty("pixels").GetDouble(), 3);
        Assert.Equal(21.909, sizes.GetProperty("sides")[3].GetProperty("pixels").GetDouble(), 3);
        var html = File.ReadAllText(page);
        Assert.Contains("The data set is sound. 2 classes; training: 1 image", html, StringComparison.Ordinal);
        Assert.Equal(3, html.Split("<figure").Length - 1);
    }

    [Fact]
    public void Detections_with_text_ids_are_evaluated_and_a_ground_truth_without_areas_is_noted()
    {
        var truth = folder.Write("gt.json", """
            {"images":[{"id":"a"}],"categories":[{"id":"x","name":"cat"}],"annotations":[{"id":"1","image_id":"a","category_id":"x","bbox":[0,0,10,10],"iscrowd":0}]}
            """);
        var found = folder.Write("dt.json", """[{"image_id":"a","category_id":"x","bbox":[0,0,10,8],"score":0.9}]""");
        var run = CommandRun.Of("coco-eval", "--gt", truth, "--dt", found, "--no-curves");
        Assert.EndsWith("= 0.700", run.Lines()[0], StringComparison.Ordinal);
        Assert.Contains("Note: the ground truth has 1 annotation without an area, which changes the numbers.", run.Error, StringComparison.Ordinal);
    }

    private string[] Train(string run) =>
        ["train", "--data", data.At("data.yaml"), "--out", run, "--image-size", "64", "--batch-size", "1", "--epochs", "2", "--threads", "1", "--hyp", folder.Write("hyp.json", """{ "nominal_batch": 1 }""")];
}
