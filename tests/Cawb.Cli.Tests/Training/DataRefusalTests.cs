using System.Text.Json.Nodes;
using Cawb.Detection.Tests.Data;

namespace Cawb.Cli.Tests.Training;

/// <summary>Data sets that <c>train</c> refuses: file, place, way out, and no run directory.</summary>
public sealed class DataRefusalTests : IDisposable
{
    private readonly SmallTraining training = new();

    private PaintedDataset Data => training.Data;

    private string Annotations => Data.File("annotations", "instances_train.json");

    public void Dispose() => training.Dispose();

    [Fact]
    public void A_missing_data_folder_is_named()
    {
        var missing = training.Run("no-data");
        Refusal.Says(Refuse("--data", missing), missing, "There is no such file or folder", "cawb data digits");
    }

    [Fact]
    public void A_folder_without_annotations_is_told_what_it_needs()
    {
        Directory.Delete(Data.File("annotations"), recursive: true);
        Refusal.Says(Refuse(), Data.Folder, "annotations/instances_train*.json", "it has neither");
    }

    [Fact]
    public void A_json_file_that_is_cut_off_is_refused_with_line_and_column()
    {
        var text = File.ReadAllText(Annotations);
        File.WriteAllText(Annotations, text[..(text.Length / 2)]);
        Refusal.Says(Refuse(), Annotations, "line ", "column ", "Correct the file");
    }

    [Fact]
    public void A_json_value_of_the_wrong_type_is_refused_with_line_and_column()
    {
        Edit(root => First(root, "annotations")["bbox"] = "wide");
        Refusal.Says(Refuse(), Annotations, "line ", "column ", "$.annotations[0].bbox", "got", "Correct the file");
    }

    [Fact]
    public void A_text_that_calls_itself_an_image_is_refused()
    {
        var path = Data.File("images", "train", "4.png");
        File.WriteAllText(path, "This is a text and no image, however it is called.");
        Refusal.Says(Refuse(), path, "Is no image", "Replace it or take it out");
    }

    [Fact]
    public void An_image_that_is_cut_off_is_refused()
    {
        var path = Data.File("images", "val", "4.png");
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(bytes.Length / 2)]);
        Refusal.Says(Refuse(), path, "cut off", "Replace it or take it out");
    }

    [Fact]
    public void An_image_that_proves_damaged_in_the_middle_of_the_training_ends_it_and_the_run_goes_on_when_it_is_mended()
    {
        var path = Data.File("images", "val", "4.png");
        var bytes = File.ReadAllBytes(path);
        var damaged = bytes.ToArray();
        // Header and end are as they should be; the pixels between them are not.
        damaged.AsSpan(bytes.Length / 3, bytes.Length / 3).Fill(0x55);
        File.WriteAllBytes(path, damaged);
        var run = training.Run("run");
        Refusal.Says(Refusal.Of(training.Words("run")), path, "Is damaged: the checksum of the block IDAT at byte", "Replace it", "cawb data check", $"Then go on with: ./cawb train --resume {run}");
        File.WriteAllBytes(path, bytes);
        var resumed = CommandRun.OfProgram("train", "--resume", run);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
    }

    [Fact]
    public void A_missing_picture_is_named()
    {
        var path = Data.File("images", "train", "4.png");
        File.Delete(path);
        Refusal.Says(Refuse(), path, "Is not there", "Replace it or take it out");
    }

    [Theory]
    [InlineData(100, 20, 30, 30)]
    [InlineData(-60, 20, 30, 30)]
    [InlineData(40, 20, 40, 30)]
    [InlineData(10, -9, 20, 30)]
    public void A_box_that_leaves_its_picture_by_more_than_rounding_is_refused(double x, double y, double width, double height)
    {
        Edit(root => First(root, "annotations")["bbox"] = new JsonArray(x, y, width, height));
        Refusal.Says(Refuse(), Annotations, "Annotation id 1 of image id 10 (0.png) at line ", "its image has 64 x 64 pixels", "Correct the box or take the image out");
    }

    [Fact]
    public void A_class_that_does_not_exist_is_refused()
    {
        Edit(root => First(root, "annotations")["category_id"] = 77);
        Refusal.Says(Refuse(), Annotations, "Annotation id 1 at line ", "has category id 77, which does not exist", "5, 8, 11", "Correct the id or list the category");
    }

    [Fact]
    public void An_annotation_of_an_unknown_picture_is_refused()
    {
        Edit(root => First(root, "annotations")["image_id"] = 999);
        Refusal.Says(Refuse(), Annotations, "Annotation id 1 at line ", "belongs to image id 999, which is not listed", "List the image or delete the annotation");
    }

    private static JsonNode First(JsonNode root, string list) => root[list]?[0] ?? throw new InvalidOperationException($"No {list}.");

    private void Edit(Action<JsonNode> change)
    {
        var root = JsonNode.Parse(File.ReadAllText(Annotations)) ?? throw new InvalidOperationException("No JSON.");
        change(root);
        File.WriteAllText(Annotations, root.ToJsonString(new() { WriteIndented = true }));
    }

    private string Refuse(params string[] more)
    {
        // The last of two values of an option would be an error: data that the test names stand in the place of the painted ones.
        var words = training.Words("run");
        if (more is ["--data", var other])
        {
            words[2] = other;
        }

        var paragraph = Refusal.Of(words);
        training.AssertNothingWritten();
        return paragraph;
    }
}
