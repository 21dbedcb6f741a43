using System.Text.Json;
using System.Text.Json.Nodes;
using Cawb.Detection.Tests.Data;
using Cawb.Training;

namespace Cawb.Cli.Tests.Detection;

public sealed class ValCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    // The cell around (12, 12) finds 7 to 17 by 5.5 to 18.5: it overlaps the first label by 130 / 140.
    private readonly PaintedDataset data = PaintedDataset.Create((64, 64, 7, 5, 17, 19), (64, 64, 30, 30, 60, 60));
    private readonly string weights;

    public ValCommandTests() => weights = KnownNetwork.Write(folder.Path("w.safetensors"), ["thing 0", "thing 1"], found: 0);

    public void Dispose()
    {
        data.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void The_result_file_gives_coco_eval_the_same_numbers()
    {
        var run = Val(data.Folder);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.StartsWith(" Average Precision  (AP) @[ IoU=0.50:0.95 | area=   all | maxDets=100 ] = ", run.Lines()[2], StringComparison.Ordinal);
        foreach (var word in new[] { "By YOLOv5's own rule", "loading", "forward", "nms", "evaluation", "True class (rows)" })
        {
            Assert.Contains(word, run.Output, StringComparison.Ordinal);
        }

        Assert.Equal(["confusion.csv", "curves.svg", "results.json", "val.json"], Files());
        AssertCocoEvalAgrees(data.File("annotations", "instances_val.json"), averagePrecisionIsAbove: 0);
    }

    [Fact]
    public void The_pictures_of_a_validation_lie_beside_its_numbers()
    {
        Assert.Equal(ExitCode.Done, CommandRun.Of("val", weights, data.Folder, "--out", folder.Path("out"), "--threads", "1").ExitCode);
        Assert.Equal(
            [
                "F1_curve.png", "PR_curve.png", "P_curve.png", "R_curve.png", "confusion.csv", "confusion_matrix.png", "curves.svg", "results.json", "val.json",
                "val_batch0_labels.jpg", "val_batch0_pred.jpg",
            ],
            Files());
    }

    [Fact]
    public void Labels_of_a_yolo_data_set_are_left_as_an_instances_file_for_coco_eval()
    {
        var yaml = Yolo();
        var json = CommandRun.Of("val", weights, yaml, "--image-size", "64", "--out", folder.Path("out"), "--no-plots", "--threads", "1", "--json").Json();
        Assert.Equal(folder.Path("out", "instances.json"), json.GetProperty("groundTruth").GetString());
        AssertCocoEvalAgrees(folder.Path("out", "instances.json"), averagePrecisionIsAbove: 0);
    }

    [Fact]
    public void Yolov5_s_own_figures_stand_beside_coco_s()
    {
        var json = JsonNode.Parse(CommandRun.Of("val", weights, data.Folder, "--out", folder.Path("out"), "--no-plots", "--threads", "1", "--json").Output)!;

        // The images are padded to 96 x 96, so of the boxes of equal score that around the cell (3, 3) of 12 x 12, the fortieth, is right. The envelope is 1/40 at every recall
        // but the last, where it falls to 0: 99 whole samples and half of one.
        var first = json["yolov5"]!["classes"]![0]!["averagePrecisionPerIou"]!.AsArray().Select(value => (double)value!).ToArray();
        Assert.Equal((double)json["yolov5"]!["averagePrecision"]!, (first.Average() + 0) / 2, 1e-12);
        Assert.Equal(0.995 / 40, first[0], 1e-12);
        Assert.Equal(first[0], first[8]);
        Assert.Equal(0, first[9]);
        Assert.Equal(4, json["seconds"]!.AsObject().Count(stage => stage.Key != "all"));
    }

    [Fact]
    public void Weights_of_other_classes_are_refused_and_other_names_are_noted()
    {
        var other = KnownNetwork.Write(folder.Path("other.safetensors"), ["thing 0", "horse", "x"], found: 0);
        var fault = Assert.Throws<InputException>(() => CommandRun.Of("val", other, data.Folder, "--out", folder.Path("out"), "--threads", "1"));
        Assert.Contains("was trained on 3 classes", fault.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Path("out")));

        var renamed = KnownNetwork.Write(folder.Path("renamed.safetensors"), ["thing 0", "horse"], found: 0);
        var run = CommandRun.Of("val", renamed, data.Folder, "--out", folder.Path("out"), "--no-plots", "--part", "train", "--threads", "1");
        Assert.Contains("Note: class 1 is 'horse' for the weights and 'thing 1' in the data set.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_training_s_weights_say_at_which_size_they_are_to_be_used()
    {
        Assert.Equal(64, CommandRun.Of("val", weights, data.Folder, "--out", folder.Path("out"), "--no-plots", "--threads", "1", "--json").Json().GetProperty("imageSize").GetInt32());
    }

    private CommandRun Val(string path) => CommandRun.Of("val", weights, path, "--out", folder.Path("out"), "--no-plots", "--threads", "1");

    private IEnumerable<string> Files() => Directory.GetFiles(folder.Path("out")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private void AssertCocoEvalAgrees(string truth, double averagePrecisionIsAbove)
    {
        var expected = CommandRun.Of("coco-eval", "--gt", truth, "--dt", folder.Path("out", "results.json"), "--json").Json();
        using var file = JsonDocument.Parse(File.ReadAllText(folder.Path("out", "val.json")));
        var actual = file.RootElement.GetProperty("coco");
        Assert.True(JsonElement.DeepEquals(expected, actual), "The numbers differ.");
        Assert.True(actual.GetProperty("averagePrecision50").GetDouble() > averagePrecisionIsAbove);
    }

    /// <summary>The same images and labels as a YOLO data set.</summary>
    private string Yolo()
    {
        foreach (var part in new[] { "train", "val" })
        {
            Directory.CreateDirectory(data.File("labels", part));
            File.WriteAllText(data.File("labels", part, "0.txt"), "0 0.1875 0.1875 0.15625 0.21875\n");
            File.WriteAllText(data.File("labels", part, "1.txt"), "1 0.703125 0.703125 0.46875 0.46875\n");
        }

        Directory.Delete(data.File("annotations"), recursive: true);
        return folder.Write("data.yaml", $"path: {data.Folder}\ntrain: images/train\nval: images/val\nnames: [thing 0, thing 1]\n");
    }
}
