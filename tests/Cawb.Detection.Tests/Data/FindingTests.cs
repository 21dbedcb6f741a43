using System.Text.Json.Nodes;
using Cawb.Coco;
using Cawb.Detection.Data;
using Cawb.Detection.Images;
using Cawb.Detection.Tests.Images;

namespace Cawb.Detection.Tests.Data;

/// <summary>What a data set has that training does not use as it is, or not at all: each is said and counted.</summary>
public sealed class FindingTests : IDisposable
{
    private readonly TinyFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Annotation_ids_that_repeat_in_each_image_change_no_figure_and_are_reported()
    {
        Coco(["a.jpg", "b.jpg", "c.jpg"], root => Each(root, (annotation, i) => annotation["id"] = 1 + i % 2));
        var group = folder.Found(ProblemKind.RepeatedId);
        Assert.Equal((8, ProblemSeverity.Warning), (group.Count, group.Severity));
        Assert.StartsWith("Annotation 1 has the id of annotations[0]; ids must differ. It stands at line 1, column ", group.Examples[0].Text, StringComparison.Ordinal);

        // What finds every box has an AP of 1, whatever annotations are called.
        var validation = folder.Open().Validation;
        var found = new CocoDetections();
        foreach (var annotation in validation.GroundTruth.Annotations)
        {
            found.Add(new CocoDetection(annotation.ImageId, annotation.CategoryId, annotation.Box, 0.9));
        }

        Assert.Equal(1, CocoEvaluator.Evaluate(validation.GroundTruth, found).AveragePrecision);
    }

    [Fact]
    public void Without_areas_width_times_height_is_taken_and_said()
    {
        Coco(["a.jpg"], root => Each(root, (annotation, _) => annotation.Remove("area")));
        Assert.Equal((2, ProblemSeverity.Warning), (folder.Found(ProblemKind.MissingArea).Count, folder.Found(ProblemKind.MissingArea).Severity));
        Assert.Equal([480.0, 560.0], folder.Open().Training.GroundTruth.Annotations.Select(annotation => annotation.Area));
    }

    [Fact]
    public void Crowds_are_counted()
    {
        Coco(["a.jpg"], root => Annotations(root)[1]["iscrowd"] = 1);
        var group = folder.Found(ProblemKind.CrowdLeftOut);
        Assert.Equal((1, ProblemSeverity.Note), (group.Count, group.Severity));
        Assert.Contains(folder.Open().Findings, finding => finding.Kind == ProblemKind.CrowdLeftOut);
        Assert.StartsWith($"Crowd left out (1): {folder.At("annotations/instances_train.json")}: Annotation id 2 of image id 1 (a.jpg) at line 1, column ", group.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "all 2 annotations are crowds (iscrowd 1), which training leaves out")]
    [InlineData(false, "its list `annotations` is empty")]
    public void A_coco_file_without_a_box_to_learn_from_is_refused(bool isCrowd, string why)
    {
        Coco(["a.jpg"], root =>
        {
            Each(root, (annotation, _) => annotation["iscrowd"] = 1);
            root["annotations"] = isCrowd ? root["annotations"]!.DeepClone() : new JsonArray();
        });
        Assert.Equal($"No label for the 1 image of the part `train`: {why}. Nothing can be learned from them.", Assert.Throws<DatasetException>(() => folder.Open()).Problem);
    }

    [Fact]
    public void Labels_that_are_not_where_they_are_looked_for_are_an_error_that_says_where()
    {
        folder.Yolo();
        File.Move(folder.At("train/labels/a.txt"), folder.At("train/images/a.txt"));
        Assert.Equal(
            $"No label for the 1 image of the part `train`: there is no label file; that of the first image would be {folder.At("train/labels/a.txt")}. {folder.At("train/images/a.txt")} is beside the image: label files "
            + "belong into a folder `labels` beside `images`, with the same folders in it. Nothing can be learned from them.",
            Assert.Throws<DatasetException>(() => folder.Open()).Problem);
    }

    [Fact]
    public void Label_files_that_are_all_empty_are_an_error()
    {
        folder.Yolo(train: "\n");
        Assert.Contains("1 label file is there, without a box that can be used; that of the first image is ", Assert.Throws<DatasetException>(() => folder.Open()).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_validation_part_without_labels_is_a_warning()
    {
        folder.Yolo(valid: "");
        var group = folder.Found(ProblemKind.NoValidationLabels);
        Assert.Equal(ProblemSeverity.Warning, group.Severity);
        Assert.EndsWith("AP is not defined without labels, and the weights of the last epoch count as the best.", group.Examples[0].Text, StringComparison.Ordinal);
        Assert.Single(folder.Open().Training.Images);
    }

    [Fact]
    public void Files_that_are_passed_over_are_named_and_what_is_obviously_no_image_is_not()
    {
        folder.Yolo();
        folder.Bytes("train/images/._a.jpg", [0, 5, 22, 7]);
        folder.Text("train/images/.DS_Store", "x");
        folder.Text("train/images/Thumbs.db", "x");
        folder.Text("train/images/classes.txt", "car\ndog\n");
        folder.Text("train/images/README", "x");
        folder.Picture("train/images/.ipynb_checkpoints/a-checkpoint.jpg");
        folder.Picture("train/images/__MACOSX/z.jpg");
        folder.Bytes("train/images/phone.HEIC", [0, 0, 0, 24, .. "ftypheic"u8]);
        folder.Bytes("train/images/moving.gif", [.. "GIF89a"u8]);
        folder.Text("train/images/a.jpg.part", "x");
        Assert.Equal((1, 1), (folder.Open().Training.Images.Count, folder.Open().Validation.Images.Count));
        var unread = folder.Found(ProblemKind.UnreadFormat);
        Assert.Equal(ProblemSeverity.Warning, unread.Severity);
        Assert.Equal([folder.At("train/images/moving.gif"), folder.At("train/images/phone.HEIC")], unread.Examples.Select(example => example.Path));
        Assert.Equal([folder.At("train/images/a.jpg.part")], folder.Found(ProblemKind.UnknownFile).Examples.Select(example => example.Path));
    }

    [Fact]
    public void A_folder_that_leads_back_to_itself_ends()
    {
        folder.Yolo();
        Directory.CreateSymbolicLink(folder.At("train/images/again"), folder.At("train/images"));
        folder.RequireWhole("data.yaml");
    }

    [Fact]
    public void Endings_in_capitals_are_endings()
    {
        folder.Yolo();
        File.Move(folder.At("train/images/a.jpg"), folder.At("train/images/a.JPG"));
        File.Move(folder.At("train/labels/a.txt"), folder.At("train/labels/a.TXT"));
        folder.RequireWhole("data.yaml");
    }

    [Fact]
    public void Label_files_without_an_image_are_named()
    {
        folder.Yolo();
        folder.Text("train/labels/lost.txt", TinyFolder.Labels);
        folder.Text("train/labels/classes.txt", "car\ndog\n");
        var group = folder.Found(ProblemKind.LabelsWithoutImage);
        Assert.Equal((1, ProblemSeverity.Warning, folder.At("train/labels/lost.txt")), (group.Count, group.Severity, group.Examples[0].Path));
    }

    [Fact]
    public void Two_images_with_one_label_file_are_reported()
    {
        folder.Yolo();
        folder.Picture("train/images/a.png");
        var group = folder.Found(ProblemKind.SharedLabels);
        Assert.Equal($"Has the label file of {folder.At("train/images/a.jpg")}, {folder.At("train/labels/a.txt")}: both get its boxes. Rename one of the images, and give it labels of its own.", group.Examples[0].Text);
    }

    [Fact]
    public void One_image_under_two_entries_is_refused()
    {
        Coco(["a.jpg", "b.jpg"], root => root["images"]![1]!["file_name"] = "./a.jpg");
        var error = Assert.Throws<DatasetException>(() => folder.Open());
        Assert.Matches(@"^Image id 2 \(\./a\.jpg\) at line 1, column \d+ is the file of image id 1; each would count the other's boxes as background\. Make one entry of them\.", error.Problem);
    }

    [Fact]
    public void The_same_pixels_in_both_parts_are_found_whatever_the_files_are_called()
    {
        folder.Yolo();
        var image = ImageFile.Read(folder.At("train/images/a.jpg"));
        folder.Bytes("valid/images/copy.png", ImageFile.EncodePng(image));
        folder.Bytes("train/images/twice.png", ImageFile.EncodePng(image));
        Assert.Equal($"Has the same pixels as {folder.At("train/images/a.jpg")} of the training part: validation is then too optimistic. Take one of them out.", folder.Found(ProblemKind.SharedImage).Examples[0].Text);
        Assert.Equal((1, folder.At("train/images/twice.png")), (folder.Found(ProblemKind.RepeatedImage).Count, folder.Found(ProblemKind.RepeatedImage).Examples[0].Path));
    }

    [Fact]
    public void A_label_that_leaves_its_image_by_rounding_is_cut_with_a_warning()
    {
        folder.Yolo(train: "0 0.5 0.5 1.000001 0.5\n", valid: "0 0.75 0.5 0.501 0.5\n");
        Assert.Equal((2, ProblemSeverity.Warning), (folder.Found(ProblemKind.BoxCut).Count, folder.Found(ProblemKind.BoxCut).Severity));
        Assert.Equal(new LabelBox(0, 0.5, 0.5, 1, 0.5), folder.Open().Training.Images[0].Boxes[0]);
    }

    [Fact]
    public void A_polygon_becomes_the_box_around_it_and_is_counted()
    {
        folder.Yolo(train: "0 0.1 0.2 0.5 0.2 0.3 0.9\n");
        Assert.Equal("Line 1 is a polygon of 3 points; the box around it is taken.", folder.Found(ProblemKind.PolygonAsBox).Examples[0].Text);
    }

    [Fact]
    public void Labels_with_keypoints_are_refused()
    {
        folder.Yolo("train: train/images\nval: valid/images\nkpt_shape: [17, 3]\nnames: [car, dog]\n");
        Assert.Equal("Line 3, column 12: `kpt_shape` says that the labels have keypoints; boxes alone are read. Export the data set for detection.", Assert.Throws<DatasetException>(() => folder.Open()).Problem);
    }

    [Fact]
    public void Keys_that_nothing_is_done_with_are_named()
    {
        folder.Yolo("train: train/images\nval: valid/images\nname: x\nnames: [car, dog]\n");
        Assert.Equal("Nothing is done with the key `name`. Did you mean 'names'?", folder.Found(ProblemKind.UnusedKey).Examples[0].Text);
    }

    [Fact]
    public void A_key_without_a_value_is_as_if_left_out()
    {
        folder.Yolo("path:\ntrain: train/images\nval: valid/images\ntest:\nnc: 2\nnames: [car, dog]\n");
        folder.RequireWhole("data.yaml");
    }

    [Fact]
    public void Classes_of_one_name_and_of_one_id_are_told_apart()
    {
        Coco(["a.jpg"], root => root["categories"]![1]!["name"] = "car");
        Assert.Equal(ProblemSeverity.Warning, folder.Found(ProblemKind.RepeatedClassName).Severity);
        Coco(["a.jpg"], root => root["categories"]!.AsArray().Add(root["categories"]![0]!.DeepClone()));
        Assert.Equal(ProblemSeverity.Error, folder.Found(ProblemKind.DuplicateClass).Severity);
    }

    [Fact]
    public void A_photo_turned_by_exif_whose_size_is_listed_unturned_says_so()
    {
        Coco(["a.jpg"], _ => { });
        folder.Bytes("images/train/a.jpg", JpegFiles.WithOrientation(ImageFile.EncodeJpeg(new Image(64, 48)), 6));
        var error = Assert.Throws<DatasetException>(() => folder.Open());
        Assert.Contains(
            "is listed with 64 x 48 pixels and has 48 x 64, because its EXIF data turn it by a quarter and the list was made without them, as the boxes were. Turn the pixels and delete the EXIF orientation, or export",
            error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Sixteen_bits_are_cut_to_eight_with_a_warning()
    {
        folder.Yolo();
        OpenCvSharp.Cv2.ImEncode(".png", new OpenCvSharp.Mat(48, 64, OpenCvSharp.MatType.CV_16UC1, new OpenCvSharp.Scalar(4095)), out var deep);
        folder.Bytes("train/images/deep.png", deep);
        Assert.Equal((1, ProblemSeverity.Warning), (folder.Found(ProblemKind.DeepImage).Count, folder.Found(ProblemKind.DeepImage).Severity));
    }

    [Fact]
    public void A_text_that_is_not_in_utf8_is_refused()
    {
        folder.Yolo();
        folder.Bytes("data.yaml", [.. "train: train/images\nval: valid/images\nnames: [M"u8, 0xFC, .. "ll, dog]\n"u8]);
        Assert.Equal("Is no text in UTF-8. Save it as UTF-8.", Assert.Throws<DatasetException>(() => folder.Open()).Problem);
    }

    [Fact]
    public void A_character_that_no_path_can_have_is_refused()
    {
        folder.Yolo("path: \"a\\0b\"\ntrain: train/images\nval: valid/images\nnames: [car, dog]\n");
        Assert.Equal("Line 1, column 7: `path` must be a text here.", Assert.Throws<DatasetException>(() => folder.Open("data.yaml")).Problem);
        Coco(["a.jpg", "b.jpg"], root => root["images"]![1]!["file_name"] = "b\0.jpg");
        Assert.StartsWith("Is not there.", Assert.Throws<DatasetException>(() => folder.Open()).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[", 5_000)]
    [InlineData("{a: ", 5_000)]
    [InlineData("- ", 5_000)]
    public void A_description_that_nests_without_end_is_refused(string opening, int times)
    {
        folder.Text("data.yaml", string.Concat(Enumerable.Repeat(opening, times)));
        Assert.Contains("brackets and indents go deeper than 32 at line 1", Assert.Throws<DatasetException>(() => folder.Open()).Problem, StringComparison.Ordinal);
    }

    private static List<JsonObject> Annotations(JsonObject root) => [.. root["annotations"]!.AsArray().OfType<JsonObject>()];

    private static void Each(JsonObject root, Action<JsonObject, int> change)
    {
        foreach (var (i, annotation) in Annotations(root).Index())
        {
            change(annotation, i);
        }
    }

    // The training part is as told, the validation part sound but for what is told of ids.
    private void Coco(string[] files, Action<JsonObject> change)
    {
        foreach (var part in new[] { "train", "val" })
        {
            foreach (var file in files)
            {
                folder.Picture($"images/{part}/{file}");
            }

            folder.Coco($"annotations/instances_{part}.json", files, change: part == "train" || files.Length == 3 ? change : root => MakeCategoriesLike(root, change));
        }
    }

    // Both parts need the same classes.
    private static void MakeCategoriesLike(JsonObject root, Action<JsonObject> change)
    {
        var changed = root.DeepClone().AsObject();
        change(changed);
        root["categories"] = changed["categories"]!.DeepClone();
    }
}
