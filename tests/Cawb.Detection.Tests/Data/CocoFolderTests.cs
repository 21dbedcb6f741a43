using System.Globalization;
using Cawb.Detection.Data;

namespace Cawb.Detection.Tests.Data;

public class CocoFolderTests
{
    [Fact]
    public void Class_indices_follow_ascending_category_ids_and_boxes_are_normalised()
    {
        using var painted = PaintedDataset.CreateSeven();
        var data = painted.Open();
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"thing {i}"), data.ClassNames);
        Assert.Equal([5, 8, 11, 14, 17, 20, 23], data.Training.CategoryIds);
        Assert.Equal([10, 11, 12, 13, 14, 15, 16], data.Training.Images.Select(image => image.Id));
        Assert.Equal(new LabelBox(1, 0.5, 0.5, 0.75, 32 / 48.0), Assert.Single(data.Training.Images[1].Boxes));
    }

    [Fact]
    public void The_fingerprint_is_that_of_the_content_and_not_of_the_place()
    {
        using var first = PaintedDataset.CreateSeven();
        using var second = PaintedDataset.CreateSeven();
        using var other = PaintedDataset.Create((64, 64, 10, 20, 40, 51));
        Assert.Equal(first.Open().Training.Fingerprint, second.Open().Training.Fingerprint);
        Assert.NotEqual(first.Open().Training.Fingerprint, other.Open().Training.Fingerprint);
    }

    [Fact]
    public void Crowds_are_left_out_of_training_and_stay_in_the_ground_truth()
    {
        using var painted = PaintedDataset.CreateSeven();
        Replace(painted, "\"id\":1,\"image_id\":10,\"category_id\":5,\"bbox\":[10,20,30,30],\"area\":900,\"iscrowd\":0", "\"id\":1,\"image_id\":10,\"category_id\":5,\"bbox\":[10,20,30,30],\"area\":900,\"iscrowd\":1");
        var training = painted.Open().Training;
        Assert.Empty(training.Images[0].Boxes);
        Assert.Equal(7, training.GroundTruth.Annotations.Count);
    }

    [Theory]
    [InlineData("\"bbox\":[10,20,30,30]", "\"bbox\":[10,20,300,30]", "Annotation id 1 of image id 10 (0.png) at line 1, column {0} reaches from (10, 20) to (310, 50) and its image has 64 x 64 pixels. Correct the box or take the image out.")]
    [InlineData("\"category_id\":5", "\"category_id\":6", "Annotation id 1 at line 1, column {0} has category id 6, which does not exist; the file has 5, 8, 11, 14, 17, 20, 23. Correct the id or list the category.")]
    [InlineData("\"image_id\":10", "\"image_id\":99", "Annotation id 1 at line 1, column {0} belongs to image id 99, which is not listed. List the image or delete the annotation.")]
    [InlineData("\"id\":11,\"width\":64", "\"id\":10,\"width\":64", "Image id 10 (1.png) at line 1, column {0} is listed twice. Give each image an id of its own.")]
    [InlineData("\"id\":10,\"width\":64", "\"id\":10,\"width\":65", "Image id 10 (0.png) at line 1, column {0} is listed with 65 x 64 pixels and has 64 x 64. Correct the list or the file.")]
    public void A_wrong_entry_is_named_with_what_to_do(string good, string bad, string message)
    {
        using var painted = PaintedDataset.CreateSeven();
        Replace(painted, good, bad);
        var error = Assert.Throws<DatasetException>(painted.Open);
        Assert.Equal(painted.File("annotations", "instances_train.json"), error.Path);
        // The place is the brace with which the object begins, the last one before what is wrong in it.
        var text = File.ReadAllText(error.Path);
        var column = text.LastIndexOf('{', text.LastIndexOf(bad, StringComparison.Ordinal)) + 1;
        Assert.StartsWith(string.Format(CultureInfo.InvariantCulture, message, column), error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_json_is_named_with_line_and_column()
    {
        using var painted = PaintedDataset.CreateSeven();
        Replace(painted, "\"annotations\"", "annotations");
        var error = Assert.Throws<DatasetException>(painted.Open);
        Assert.EndsWith("instances_train.json", error.Path, StringComparison.Ordinal);
        Assert.Contains("line 1, column", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_image_that_is_no_image_is_named()
    {
        using var painted = PaintedDataset.CreateSeven();
        File.WriteAllText(painted.File("images", "val", "3.png"), "not an image at all, only some text");
        var error = Assert.Throws<DatasetException>(painted.Open);
        Assert.Equal(painted.File("images", "val", "3.png"), error.Path);
        Assert.StartsWith("Is no image", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_says_what_a_data_set_is() =>
        Assert.Equal(
            "/nowhere/at/all: There is no such file or folder. Give the folder of a COCO data set or the YAML file of a YOLO one; `cawb data digits` makes a data set to start with.",
            Assert.Throws<DatasetException>(() => DetectionData.Open("/nowhere/at/all", CancellationToken.None)).Message);

    [Fact]
    public void A_missing_image_folder_says_where_it_was_looked_for()
    {
        using var painted = PaintedDataset.CreateSeven();
        Directory.Move(painted.File("images"), painted.File("elsewhere"));
        Assert.Contains(painted.File("images", "train"), Assert.Throws<DatasetException>(painted.Open).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_box_that_leaves_its_picture_by_rounding_is_cut_to_it()
    {
        using var painted = PaintedDataset.CreateSeven();
        Replace(painted, "\"bbox\":[10,20,30,30]", "\"bbox\":[-0.5,20,40.5,30]");
        var box = painted.Open().Training.Images[0].Boxes[0];
        Assert.Equal(0, box.CenterX - box.Width / 2);
        Assert.Equal(40 / 64.0, box.Width);
    }

    [Fact]
    public void The_check_lists_all_problems_with_counts_and_the_worst_severity()
    {
        using var painted = PaintedDataset.CreateSeven();
        Replace(painted, "\"bbox\":[10,20,30,30]", "\"bbox\":[10,20,300,30]");
        Replace(painted, "\"bbox\":[8,8,48,32]", "\"bbox\":[8,8,0,32]");
        var bytes = File.ReadAllBytes(painted.File("images", "train", "5.png"));
        bytes.AsSpan(60, 40).Fill(0xAA);
        File.WriteAllBytes(painted.File("images", "train", "5.png"), bytes);
        var report = DatasetCheck.Run(painted.Folder, null, CancellationToken.None);
        Assert.Equal(
            [(ProblemKind.UnreadableImage, 1), (ProblemKind.BoxOutside, 1), (ProblemKind.EmptyBox, 1), (ProblemKind.NoLabels, 2), (ProblemKind.UnusedClass, 2)],
            report.Problems.Select(group => (group.Kind, group.Count)));
        Assert.Equal(ProblemSeverity.Error, report.Severity);
        Assert.Equal((7, 5, 7, 7), (report.Training.Images, report.Training.Instances, report.Validation.Images, report.Validation.Instances));
    }

    [Fact]
    public void The_check_of_a_sound_set_finds_nothing()
    {
        using var painted = PaintedDataset.CreateSeven();
        Assert.Empty(DatasetCheck.Run(painted.Folder, null, CancellationToken.None).Problems);
    }

    private static void Replace(PaintedDataset painted, string good, string bad)
    {
        var path = painted.File("annotations", "instances_train.json");
        var text = File.ReadAllText(path);
        Assert.Contains(good, text, StringComparison.Ordinal);
        var at = text.IndexOf(good, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + bad + text[(at + good.Length)..]);
    }
}
